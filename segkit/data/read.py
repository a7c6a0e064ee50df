"""Reading a table: a file, several files, an address, or a query; with an error that names what is wrong."""

import glob
import io
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from segkit.data.database import is_database, read_database
from segkit.data.delimited import Reading, check_names, read_delimited
from segkit.data.narrow import narrow
from segkit.data.number_styles import COMMAS, POINTS, certain_style
from segkit.data.packed import check_zip, unpacked
from segkit.data.sniff import MENDS, what_is
from segkit.errors import UserError, did_you_mean

TYPES = (".csv", ".tsv", ".txt", ".gz", ".parquet", ".pq", ".xlsx")
_LOOKED_AT = 4096


def read_table(path: str | Path, query: str = "", text: Collection[str] = ()) -> pd.DataFrame:
    """The table behind a path, glob, address or (with `query`) a database; see `read` for what was recognised."""
    return read(path, query, text=text).table


def read(
    path: str | Path, query: str = "", wanted: Callable[[str], bool] = lambda name: True, text: Collection[str] = ()
) -> Reading:
    """Read a table and say what had to be recognised; columns whose name is not `wanted` are left in the file.

    Of a text file, the columns in `text` are not read as numbers. Raises UserError that names the source and the mend.
    """
    source = str(path)
    if is_database(source):
        return read_database(source, query)
    if query:
        raise UserError(f"a query is given, but {source} is no database", "sqlite:///shop.db is one, say")
    contents = _contents(source)
    parts = [_from_content(name, content, wanted, text) for name, content in contents]
    if uneven := _uneven(parts):
        parts = [_from_content(name, content, wanted, {*text, *uneven}) for name, content in contents]
        _check_one_style(source, parts, uneven)
    table = narrow(_stacked(source, parts).rename(columns=str))
    if table.empty and not parts[0].unread:
        raise UserError(f"{source} has no rows", "give a table with a header line and at least one customer")
    return Reading(table, tuple(dict.fromkeys(note for part in parts for note in part.notes)), parts[0].unread)


def check_source(path: str) -> None:
    """Raise UserError at once where a path leads to no table, before anything else is asked of it."""
    if "://" in path:
        return
    with _reading(path):
        file = Path(path).expanduser()
        if not file.exists() and glob.glob(str(file), recursive=True):
            return
        _check_exists(file)
        with file.open("rb") as content:
            _checked_kind(path, content.read(_LOOKED_AT))


def _contents(source: str) -> list[tuple[str, bytes]]:
    """Name and bytes of every file that the source means."""
    if "://" in source:
        return [(source, _fetched(source))]
    with _reading(source):
        path = Path(source).expanduser()
        if not path.exists() and glob.has_magic(source):
            found = sorted(glob.glob(str(path), recursive=True))
            if not found:
                raise UserError(f"no file is called like {source}", "check the pattern")
            return [(name, Path(name).read_bytes()) for name in found]
        _check_exists(path)
        return [(source, path.read_bytes())]


@contextmanager
def _reading(source: str) -> Iterator[None]:
    """What the system says of a path that it does not let us read, in our words."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:  # also: whose home is ~nobody, a path that holds NUL
        reason = getattr(error, "strerror", None) or _first_line(error)
        raise UserError(f"{source[:200]} cannot be read: {reason}", "check the path, and who may read it") from error


def _fetched(address: str) -> bytes:
    import fsspec

    try:
        with fsspec.open(address, "rb") as file:
            return bytes(file.read())
    except ImportError as error:
        raise UserError(f"{address}: {error}", "install what it names") from error
    except Exception as error:
        raise UserError(f"{address} cannot be fetched: {_first_line(error)}", "check the address") from error


def _check_exists(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path} is a folder, not a table", f"name a file in it, or all of them: {path}/*.csv")
    if not path.exists():
        near = [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else []
        what = "no file matches" if set("*?[") & set(path.name) else "there is no file"
        raise UserError(f"{what} {path}", did_you_mean(path.name, near, otherwise=""))
    if path.stat().st_size == 0:
        raise UserError(f"{path} is empty (0 bytes)", "give a table with a header line and at least one customer")


def _from_content(name: str, content: bytes, wanted: Callable[[str], bool], text: Collection[str]) -> Reading:
    kind, suffix = _checked_kind(name, content[:_LOOKED_AT]), Path(name.partition("?")[0]).suffix.lower()
    if kind == "gzip":
        return _from_content(name.removesuffix(".gz"), unpacked(name, content), wanted, text)
    if kind in _BY_LIBRARY:
        table, unread = _by_library(name, kind, content, wanted)
        check_names(name, list(table.columns))
        return Reading(table, () if suffix in TYPES[3:] else (f"the file is {kind}",), unread)
    if suffix in (".parquet", ".pq", ".xlsx"):
        raise UserError(f"{name} cannot be read: it is text, not what its name says", "rename it to .csv")
    if suffix and suffix not in TYPES and "://" not in name and "." in name:
        raise UserError(f"{name}: files of type {suffix} are not read", f"use {', '.join(TYPES)}")
    return read_delimited(content, name, wanted, text)


def _checked_kind(name: str, head: bytes) -> str:
    kind = what_is(head)
    if kind not in ("text", "gzip", *_BY_LIBRARY):
        raise UserError(f"{name} is {kind}, not a table", MENDS.get(kind, f"use {', '.join(TYPES)}"))
    return kind


def _by_library(
    name: str, kind: str, content: bytes, wanted: Callable[[str], bool]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    try:
        if kind == "an Excel workbook":
            check_zip(name, content)
        return _BY_LIBRARY[kind](io.BytesIO(content), wanted)
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"{name} cannot be read as {kind}: {_first_line(error)}") from error


def _parquet(file: io.BytesIO, wanted: Callable[[str], bool]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    import pyarrow.parquet

    names = pyarrow.parquet.read_schema(file).names
    unread = tuple(name for name in names if not wanted(name))
    return pd.read_parquet(file, columns=[name for name in names if name not in unread] if unread else None), unread


def _excel(file: io.BytesIO, wanted: Callable[[str], bool]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    table = pd.read_excel(file)
    unread = tuple(str(name) for name in table if not wanted(str(name)))
    return table[[name for name in table if wanted(str(name))]], unread


_BY_LIBRARY = {"Parquet": _parquet, "an Excel workbook": _excel}


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _uneven(parts: list[Reading]) -> set[str]:
    """Columns that are text in one file and numbers in another: a whole column is read in one way."""
    text = [{str(c) for c in part.table if not pd.api.types.is_numeric_dtype(part.table[c])} for part in parts]
    return {name for names in text for name in names if not all(name in others for others in text)}


def _check_one_style(source: str, parts: list[Reading], columns: Collection[str]) -> None:
    """Several files are one table: what is 1,234 in one of them must not be 1.234 in another."""
    for column in columns:
        if {POINTS, COMMAS} <= {certain_style(part.table[column]) for part in parts if column in part.table}:
            problem = f"the files of {source} write {column} with decimal points and with decimal commas"
            raise UserError(problem, "save them in one way, or make a data set of each")


def _stacked(source: str, parts: list[Reading]) -> pd.DataFrame:
    """Several files as one table; they must have the same columns."""
    first = set(parts[0].table.columns)
    for part in parts[1:]:
        odd = sorted(map(str, first ^ set(part.table.columns)))
        if odd:
            raise UserError(f"the files of {source} differ in columns: {', '.join(odd[:5])}", "name files of one kind")
    return pd.concat([part.table for part in parts], ignore_index=True) if len(parts) > 1 else parts[0].table
