"""Queries, which may be someone else's."""

import sqlite3

import pytest

from segkit.data.database import QueryRows, read_database
from segkit.errors import UserError


@pytest.mark.parametrize("query", ["DROP TABLE shop", "DELETE FROM shop", "INSERT INTO shop VALUES (9) RETURNING a"])
@pytest.mark.parametrize("read", [read_database, QueryRows])
def test_a_query_changes_nothing(tmp_path, query, read):
    with sqlite3.connect(tmp_path / "shop.db") as database:
        database.execute("CREATE TABLE shop AS SELECT 1 AS a")
    with pytest.raises(UserError, match="readonly"):
        read(f"sqlite:///{tmp_path}/shop.db", query)
    assert database.execute("SELECT * FROM shop").fetchall() == [(1,)]
    database.close()
