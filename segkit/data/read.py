"""Reading a table from a file, with an error that names what is wrong with it."""

from pathlib import Path

import pandas as pd

from segkit.errors import UserError, did_you_mean

_READERS = {".csv": "delimited", ".tsv": "delimited", ".txt": "delimited", ".parquet": "parquet", ".pq": "parquet"}


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a CSV, TSV or Parquet file; raises UserError that names the file and the mend."""
    path = Path(path).expanduser()
    _check_exists(path)
    kind = _READERS.get(path.suffix.lower())
    if kind is None:
        raise UserError(f"{path}: files of type {path.suffix or '(none)'} are not read", f"use {', '.join(_READERS)}")
    try:
        table = pd.read_parquet(path) if kind == "parquet" else _read_delimited(path)
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"{path} cannot be read as {path.suffix[1:]}: {str(error).splitlines()[0]}") from error
    if table.empty:
        raise UserError(f"{path} has no rows", "give a table with a header line and at least one customer")
    return table.rename(columns=str)


def _check_exists(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path} is a folder, not a table", "name a file in it")
    if not path.exists():
        near = [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else []
        raise UserError(f"there is no file {path}", did_you_mean(path.name, near, otherwise=""))
    if path.stat().st_size == 0:
        raise UserError(f"{path} is empty (0 bytes)", "give a table with a header line and at least one customer")


def _read_delimited(path: Path) -> pd.DataFrame:
    for encoding in _encodings(path):
        try:
            return _parse(path, encoding, _separator(path, encoding))
        except UnicodeDecodeError:
            continue
    raise UserError(f"{path} is neither UTF-8 nor Windows-1252 text", "save it as UTF-8 CSV")


def _encodings(path: Path) -> tuple[str, ...]:
    """What to try, in order; a byte-order mark settles it."""
    with path.open("rb") as file:
        start = file.read(2)
    return ("utf-16",) if start in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")


def _parse(path: Path, encoding: str, separator: str) -> pd.DataFrame:
    # index_col=False: with a separator at the end of every row pandas would take the first column for an index.
    return pd.read_csv(path, sep=separator, encoding=encoding, low_memory=False, skipinitialspace=True, index_col=False)


def _separator(path: Path, encoding: str) -> str:
    """The separator that the header line holds most of; a header names columns, so text in it is rare."""
    with path.open(encoding=encoding) as lines:
        header = next((line for line in lines if line.strip()), "")
    return max(",;\t|", key=header.count)
