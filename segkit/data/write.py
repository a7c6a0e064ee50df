"""Writing a table part by part so that a reader never sees half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import pandas as pd

from segkit.data.formulas import harmless_table
from segkit.data.numbers import as_text
from segkit.errors import UserError
from segkit.unfinished import unfinished

_KINDS = (".csv", ".parquet")
_ROWS = 20_000


class Writer(Protocol):
    """Takes a table part by part; what was added is there once the `with` block ends, and only if it ends well."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add(self, part: pd.DataFrame) -> None:
        """Write these rows below those before."""


def check_output(path: str | Path) -> Path:
    """The path, if a table can be written there; raises UserError before any work is done."""
    path = Path(path).expanduser()
    if path.suffix.lower() not in _KINDS:
        raise UserError(
            f"output={path}: files of type {path.suffix or '(none)'} are not written",
            f"use {' or '.join(_KINDS)}, or the address of a database",
        )
    if not path.parent.is_dir():
        raise UserError(f"output={path}: there is no folder {path.parent}", "make it first, or name another")
    if path.is_dir():
        raise UserError(f"output={path} is a folder", "name a file in it")
    return path


def csv_parts(table: pd.DataFrame) -> Iterator[str]:
    """The text of the CSV file that `FileWriter` would write, part by part."""
    for start in range(0, max(len(table), 1), _ROWS):
        yield harmless_table(table.iloc[start : start + _ROWS]).to_csv(index=False, header=not start)


class FileWriter:
    """Writes CSV or Parquet beside the target, and moves it there in one step at the end.

    In CSV, text that a spreadsheet would work out is put behind a quotation mark; see `segkit.data.formulas`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = unfinished(path)
        self._parts = _ParquetParts(self._partial) if path.suffix.lower() == ".parquet" else _CsvParts(self._partial)

    def __enter__(self) -> Self:
        return self

    def add(self, part: pd.DataFrame) -> None:
        """Write these rows below those before."""
        with _explained(self._path):
            self._parts.add(part)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with _explained(self._path):
                self._parts.close()
                if error is None:
                    os.replace(self._partial, self._path)
        finally:
            self._partial.unlink(missing_ok=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, TypeError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise UserError(f"output={path} cannot be written: {reason}", "choose another place or type") from error


class _CsvParts:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._begun = False

    def add(self, part: pd.DataFrame) -> None:
        harmless_table(part).to_csv(self._path, index=False, mode="a" if self._begun else "w", header=not self._begun)
        self._begun = True

    def close(self) -> None:
        """Every part is in the file already."""


class _ParquetParts:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def add(self, part: pd.DataFrame) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, _schema(part))
        texts = [field.name for field in self._writer.schema if pa.types.is_string(field.type)]
        told = {name: as_text(part[name]) for name in texts if pd.api.types.is_numeric_dtype(part[name])}
        self._writer.write_table(pa.Table.from_pandas(part.assign(**told), self._writer.schema, preserve_index=False))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def _schema(part: pd.DataFrame) -> Any:
    """The types of the first part; a column without a value there is text."""
    import pyarrow as pa

    fields = pa.Schema.from_pandas(part, preserve_index=False)
    return pa.schema([field.with_type(pa.string()) if pa.types.is_null(field.type) else field for field in fields])
