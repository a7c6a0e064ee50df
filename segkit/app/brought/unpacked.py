"""How large a table is that comes packed: a small file may hold more than the machine does."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from segkit.app.settings import TooLarge
from segkit.errors import UserError

# What is packed is mostly a fifth of the table or more.
_TIMES = 5
_CELL = 8
_AT_A_TIME = 1_000_000
_GZIP = b"\x1f\x8b"


def check_unpacked(path: Path, largest: int) -> None:
    """Raises TooLarge where a packed file holds more than five times as many bytes as may be brought.

    What is broken is not looked at here: whoever reads it says so.
    """
    with path.open("rb") as file:
        measure = _MEASURED.get(file.read(4)[:2])
    most = _TIMES * largest
    if measure is not None and measure(path, most) > most:
        mend = "start the app with largest_mb=... above it, or use the command line"
        raise TooLarge(f"{path.name} unpacks to more than {most / 1e6:,.0f} MB", mend)


def _of_gzip(path: Path, most: int) -> int:
    """As far as it has to be counted: what its end says may be wrong."""
    size = 0
    try:
        with gzip.open(path) as file:
            while (part := file.read(_AT_A_TIME)) and size <= most:
                if not size and part.startswith(_GZIP):
                    raise UserError(f"{path.name} is packed twice", "unpack it once")
                size += len(part)
    except (OSError, EOFError, zlib.error):
        return 0
    return size


def _of_workbook(path: Path, most: int) -> int:
    try:
        with zipfile.ZipFile(path) as packed:
            return sum(one.file_size for one in packed.infolist())
    except (OSError, zipfile.BadZipFile):
        return 0


def _of_parquet(path: Path, most: int) -> int:
    """By its cells: what is the same in all rows takes no room in the file."""
    import pyarrow
    import pyarrow.parquet

    try:
        known = pyarrow.parquet.read_metadata(path)
    except (OSError, pyarrow.ArrowException):
        return 0
    return int(known.num_rows * known.num_columns * _CELL)


_MEASURED: Mapping[bytes, Callable[[Path, int], int]] = {_GZIP: _of_gzip, b"PK": _of_workbook, b"PA": _of_parquet}
