"""Writing a table into a database so that a reader never sees half of it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from segkit.data.database import engine_of, shown
from segkit.data.write import FileWriter
from segkit.errors import UserError

_ROWS = 50_000


def check_table(address: str, table: str, replace: bool) -> None:
    """Raise UserError before any work is done if the table cannot be written: no name, or there already."""
    if not table:
        raise UserError(f"output={shown(address)} is a database: a table is needed", "output_table=scored, say")
    from sqlalchemy import inspect

    schema, name = _parts_of(table)
    with engine_of(address) as engine, _explained(address, table):
        if inspect(engine).has_table(name, schema=schema) and not replace:
            raise UserError(f"{shown(address)} has a table {table}", "replace=true replaces it; or name another")


class DatabaseWriter:
    """Gathers the rows in a temporary file, and at the end puts them into the database in one transaction.

    They go into a table beside the target that then takes its name, so that even where a database commits each new
    table at once nobody sees half of it. Nothing is locked while rows are still read from the same database.
    """

    def __init__(self, address: str, table: str) -> None:
        self._address, self._table = address, table
        self._folder = tempfile.TemporaryDirectory(prefix="segkit-")
        self._file = Path(self._folder.name) / "rows.parquet"
        self._rows = FileWriter(self._file)

    def __enter__(self) -> Self:
        return self

    def add(self, part: pd.DataFrame) -> None:
        """Write these rows below those before."""
        self._rows.add(part)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._folder:
            self._rows.__exit__(kind, error, trace)
            if error is None:
                self._load()

    def _load(self) -> None:
        schema, name = _parts_of(self._table)
        beside = f"{name}_{os.getpid()}_new"
        with engine_of(self._address) as engine, _explained(self._address, self._table):
            try:
                with engine.begin() as connection:
                    for number, part in enumerate(_parts_in(self._file)):
                        how: Any = "append" if number else "replace"
                        part.to_sql(beside, connection, schema=schema, index=False, if_exists=how)
                    _take_over(connection, schema, beside, name)
            except BaseException:
                with engine.begin() as connection:
                    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_quoted(connection, schema, beside)}")
                raise


def _take_over(connection: Any, schema: str | None, beside: str, name: str) -> None:
    """Give a table the name of another, which goes."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_quoted(connection, schema, name)}")
    if connection.dialect.name == "mssql":
        full = f"{schema}.{beside}" if schema else beside
        connection.exec_driver_sql("EXEC sp_rename ?, ?", (full, name))
        return
    # MySQL wants the schema with the new name, the others want it without.
    new = _quoted(connection, schema if connection.dialect.name in ("mysql", "mariadb") else None, name)
    connection.exec_driver_sql(f"ALTER TABLE {_quoted(connection, schema, beside)} RENAME TO {new}")


def _parts_in(file: Path) -> Iterator[pd.DataFrame]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(file, pre_buffer=False) as rows:
        for batch in rows.iter_batches(_ROWS):
            yield batch.to_pandas(integer_object_nulls=True)


def _parts_of(table: str) -> tuple[str | None, str]:
    schema, _, name = table.rpartition(".")
    return schema or None, name


def _quoted(connection: Any, schema: str | None, name: str) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(schema)}.{quote(name)}" if schema else str(quote(name))


@contextmanager
def _explained(address: str, table: str) -> Iterator[None]:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, pd.errors.DatabaseError) as error:
        said = str(error.__cause__ or error).strip().partition("\n")[0][:200]
        problem = f"{shown(address)}: {table} cannot be written: {said}"
        raise UserError(problem, "check the address and your rights") from error
