"""A table that is too long to be read at once, as chunks with the very values that it has when it is read whole."""

import glob
import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pandas as pd

from segkit.data.database import QueryRows, is_database
from segkit.data.delimited_chunks import DelimitedFiles
from segkit.data.packed import check_gzip
from segkit.data.parquet_chunks import ParquetFiles
from segkit.data.read import read
from segkit.data.sniff import what_is
from segkit.data.wanted import Wanted
from segkit.errors import UserError
from segkit.secrets import masked

_LOOKED_AT = 4096


class Source(Protocol):
    """A table that can be gone through more than once; `rows` is None while nobody knows how many it has."""

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""

    @property
    def rows(self) -> int | None:
        """How many rows it has."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What had to be recognised to read it, in words."""

    def chunks(self, wanted: Wanted, rows: int) -> Iterator[pd.DataFrame]:
        """What is wanted of it, so many rows at a time."""


class WholeTable:
    """A table in memory as a source."""

    def __init__(self, table: pd.DataFrame, notes: tuple[str, ...] = ()) -> None:
        self._table, self.notes = table.reset_index(drop=True), notes
        self.columns = [str(name) for name in table.columns]
        self.rows: int | None = len(table)

    def chunks(self, wanted: Wanted, rows: int) -> Iterator[pd.DataFrame]:
        """What is wanted of it, so many rows at a time."""
        table = self._table[list(wanted.columns)]
        table = table.assign(**{name: _whole(table[name]) for name in wanted.exact})
        yield from (table.iloc[start : start + rows].reset_index(drop=True) for start in range(0, len(table), rows))


def _whole(ids: pd.Series) -> pd.Series:
    """Ids that a gap beside them made 1.0 as the whole numbers that they are."""
    is_whole = pd.api.types.is_float_dtype(ids) and bool((ids.dropna() % 1 == 0).all())
    return ids.astype("Int64") if is_whole else ids


@contextmanager
def open_source(path: str, query: str = "") -> Iterator[Source]:
    """The table behind a path, glob, address or query; workbooks are read whole, everything else chunk by chunk.

    An address is fetched to a temporary file first. A query runs more than once.
    """
    with tempfile.TemporaryDirectory(prefix="segkit-") as folder:
        yield _source(path, query, Path(folder))


def _source(path: str, query: str, folder: Path) -> Source:
    if is_database(path):
        return QueryRows(path, query)
    if query:
        problem = f"a query is given, but {masked(path)} is no database"
        raise UserError(problem, "sqlite:///shop.db is one, say")
    files = _fetched(path, folder) if "://" in path else {name: Path(name).expanduser() for name in _named(path)}
    kinds = {_kind(file) for file in files.values()}
    if kinds == {"text"}:
        return DelimitedFiles(path, files)
    if kinds == {"Parquet"}:
        return ParquetFiles(path, files)
    found = read(path, query)
    return WholeTable(found.table, found.notes)


def _named(path: str) -> list[str]:
    file = Path(path).expanduser()
    return [path] if file.exists() else sorted(glob.glob(str(file), recursive=True)) or [path]


def _kind(file: Path) -> str:
    """What is in a file; of a compressed one, what is in that. Files with a wrong name are left to `read`."""
    if not file.is_file():
        return "nothing"
    with file.open("rb") as content:
        kind = what_is(content.read(_LOOKED_AT))
    if kind == "gzip":
        with file.open("rb") as content:
            check_gzip(str(file), content, file.stat().st_size)
        with gzip.open(file) as content:
            kind = what_is(content.read(_LOOKED_AT))
    suffix = Path(file.name.removesuffix(".gz")).suffix.lower()
    known = {"text": (".csv", ".tsv", ".txt", ""), "Parquet": (".parquet", ".pq")}
    return kind if suffix in known.get(kind, ()) else "other"


def _fetched(address: str, folder: Path) -> dict[str, Path]:
    """The file behind an address, copied to a folder."""
    import fsspec

    file = folder / (Path(address.partition("?")[0]).name or "table")
    try:
        with fsspec.open(address, "rb") as content, file.open("wb") as copy:
            shutil.copyfileobj(content, copy)
    except ImportError as error:
        raise UserError(f"{address}: {error}", "install what it names") from error
    except Exception as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise UserError(f"{masked(address)} cannot be fetched: {said}", "check the address") from error
    return {address: file}
