"""Reading a query's answer from a database that SQLAlchemy knows."""

import pandas as pd

from segkit.data.delimited import Reading
from segkit.errors import UserError

_SQL = ("sqlite", "postgresql", "mysql", "mariadb", "duckdb", "mssql", "oracle", "snowflake", "bigquery")


def is_database(source: str) -> bool:
    """Whether this is the address of a database.

    >>> is_database("sqlite:///shop.db"), is_database("s3://shop/customers.csv")
    (True, False)
    """
    return source.partition("://")[0].partition("+")[0] in _SQL


def read_database(address: str, query: str) -> Reading:
    """What a query gives; raises UserError, without the password, where there is none or it fails."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

    shown = make_url(address).render_as_string(hide_password=True)
    if not query:
        mend = "data.query='SELECT * FROM customers', say; to score, query='SELECT ...'"
        raise UserError(f"{shown} is a database: a query is needed", mend)
    try:
        with create_engine(address).connect() as connection:
            table = pd.read_sql(text(query), connection)
    except (NoSuchModuleError, ImportError) as error:
        raise UserError(f"{shown}: no driver for this database ({error})", "install its SQLAlchemy driver") from error
    except (SQLAlchemyError, pd.errors.DatabaseError) as error:
        said = str(error.__cause__ or error).strip().partition("\n")[0][:200]
        raise UserError(f"{shown}: {said}", "check the query") from error
    if table.empty:
        raise UserError(f"{shown}: the query gives no rows", "check the query")
    return Reading(table, (f"{len(table):,} rows from {shown}",))
