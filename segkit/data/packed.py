"""Packed files: unpacked only as far as a table could be in them."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from segkit.errors import UserError

# No table of customers is packed so tightly; so much may be unpacked in any case.
_TIGHTEST, _ALWAYS = 100, 200_000_000
_BLOCK = 1 << 20


def unpacked(name: str, content: bytes) -> bytes:
    """What is in a gzip file; raises UserError where it is damaged, or would fill the memory with next to nothing."""
    return b"".join(_blocks(name, io.BytesIO(content), len(content)))


def check_gzip(name: str, file: BinaryIO, size: int) -> None:
    """Raise UserError if the beginning of a gzip file of that size is damaged, or packed so tightly."""
    found = 0
    for block in _blocks(name, file, size):
        found += len(block)
        if found > _ALWAYS:
            return


def check_zip(name: str, content: bytes) -> None:
    """Raise UserError if a zip file, such as a workbook, says that it would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > max(_ALWAYS, _TIGHTEST * len(content)):
        raise _too_tight(name, size, len(content))


def _blocks(name: str, file: BinaryIO, size: int) -> Iterator[bytes]:
    found = 0
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            while block := packed.read(_BLOCK):
                found += len(block)
                if found > _ALWAYS and found > _TIGHTEST * max(file.tell(), 1):
                    raise _too_tight(name, found, size)
                yield block
    except (OSError, EOFError, zlib.error) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise UserError(f"{name} cannot be unpacked: {said}", "pack or fetch it again") from error


def _too_tight(name: str, unpacked: int, packed: int) -> UserError:
    problem = (
        f"{name} would unpack to {unpacked / 1e6:,.0f} MB or more from {packed / 1e6:,.1f} MB: no table is packed so"
    )
    return UserError(problem, "if it is one all the same, unpack it yourself and name what is in it")
