"""Reading a query's answer from a database that SQLAlchemy knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.data.delimited import Reading
from segkit.data.wanted import Wanted
from segkit.errors import UserError

_SQL = ("sqlite", "postgresql", "mysql", "mariadb", "duckdb", "mssql", "oracle", "snowflake", "bigquery")


def is_database(source: str) -> bool:
    """Whether this is the address of a database.

    >>> is_database("sqlite:///shop.db"), is_database("s3://shop/customers.csv")
    (True, False)
    """
    return source.partition("://")[0].partition("+")[0] in _SQL


def shown(address: str) -> str:
    """The address without its password."""
    from sqlalchemy.engine import make_url

    return make_url(address).render_as_string(hide_password=True)


def read_database(address: str, query: str) -> Reading:
    """What a query gives; raises UserError, without the password, where there is none or it fails."""
    from sqlalchemy import text

    _check_query(address, query)
    with engine_of(address) as engine, _explained(address), reading(engine) as connection:
        table = pd.read_sql(text(query), connection)
    if table.empty:
        raise _no_rows(address)
    return Reading(table, (f"{len(table):,} rows from {shown(address)}",))


class QueryRows:
    """The rows of a query as a source of chunks: it runs anew each time that they are asked for."""

    rows = None
    notes: tuple[str, ...] = ()

    def __init__(self, address: str, query: str) -> None:
        _check_query(address, query)
        self._address, self._query = address, query
        self.columns = next(iter(self._fetched(1)))[0]

    def chunks(self, wanted: Wanted, rows: int) -> Iterator[pd.DataFrame]:
        """What is wanted of them, so many rows at a time."""
        found = 0
        for names, records in self._fetched(rows):
            found += len(records)
            chunk = pd.DataFrame.from_records(records, columns=names, coerce_float=True)[list(wanted.columns)]
            own = {name: [record[names.index(name)] for record in records] for name in wanted.exact}
            yield chunk.assign(**{name: pd.Series(values, dtype=object) for name, values in own.items()})
        if not found:
            raise _no_rows(self._address)

    def _fetched(self, rows: int) -> Iterator[tuple[list[str], list[Any]]]:
        """Names and records, part by part; the first part may be empty."""
        from sqlalchemy import text

        with engine_of(self._address) as engine, _explained(self._address), reading(engine) as connection:
            answer = connection.execution_options(stream_results=True).execute(text(self._query))
            names = [str(name) for name in answer.keys()]  # noqa: SIM118 (no dict)
            records = answer.fetchmany(rows)
            yield names, [tuple(record) for record in records]
            while records := answer.fetchmany(rows):
                yield names, [tuple(record) for record in records]


def _check_query(address: str, query: str) -> None:
    if not query:
        mend = "data.query='SELECT * FROM customers', say; to score, query='SELECT ...'"
        raise UserError(f"{shown(address)} is a database: a query is needed", mend)
    _check_file(address)


def _check_file(address: str) -> None:
    """SQLite and DuckDB would make an empty database of a name that is mistyped."""
    from sqlalchemy.engine import make_url

    url = make_url(address)
    if not url.drivername.startswith(("sqlite", "duckdb")) or url.database in (None, "", ":memory:"):
        return
    if not (str(url.database).startswith("file:") or Path(str(url.database)).exists()):
        problem = f"there is no database {url.database}"
        raise UserError(problem, "three slashes come before a path from here, four before one from the root")


def _no_rows(address: str) -> UserError:
    return UserError(f"{shown(address)}: the query gives no rows", "check the query")


@contextmanager
def engine_of(address: str) -> Iterator[Any]:
    """What speaks with the database; raises UserError where its driver is missing."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError

    try:
        engine = create_engine(address)
    except (NoSuchModuleError, ImportError) as error:
        problem = f"{shown(address)}: no driver for this database ({error})"
        raise UserError(problem, "install its SQLAlchemy driver") from error
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def reading(engine: Any) -> Iterator[Any]:
    """A connection that changes nothing, where the database can be told so: a query may be someone else's."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(postgresql_readonly=True)
        yield connection


@contextmanager
def _explained(address: str) -> Iterator[None]:
    from sqlalchemy.exc import ResourceClosedError, SQLAlchemyError

    try:
        yield
    except ResourceClosedError as error:
        raise UserError(f"{shown(address)}: what was asked gives no rows", "query='SELECT ...'") from error
    except (SQLAlchemyError, pd.errors.DatabaseError) as error:
        said = str(error.__cause__ or error).strip().partition("\n")[0][:200]
        raise UserError(f"{shown(address)}: {said}", "check the query") from error
