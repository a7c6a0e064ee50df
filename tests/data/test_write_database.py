"""A table in a database is there whole or not at all."""

import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from segkit.data.write_database import DatabaseWriter, check_table
from segkit.errors import UserError

PART = pd.DataFrame({"id": ["a", "b"], "segment": [0, 1], "outlier": [True, False]})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute("CREATE TABLE old (id TEXT)")
        connection.execute("INSERT INTO old VALUES ('z')")
    return tmp_path / "shop.db"


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def tables(database: Path) -> list[str]:
    return sorted(str(name) for (name,) in rows(database, "SELECT name FROM sqlite_master"))


def test_parts_become_one_table(database: Path) -> None:
    with DatabaseWriter(f"sqlite:///{database}", "new table") as writer:
        writer.add(PART)
        writer.add(PART)
        assert tables(database) == ["old"]
    assert tables(database) == ["new table", "old"]
    assert rows(database, 'SELECT * FROM "new table"') == [("a", 0, 1), ("b", 1, 0)] * 2


def test_what_was_there_is_replaced_in_one_step(database: Path) -> None:
    with DatabaseWriter(f"sqlite:///{database}", "old") as writer:
        writer.add(PART)
        assert rows(database, "SELECT * FROM old") == [("z",)]
    assert len(rows(database, "SELECT id, segment FROM old")) == 2
    assert tables(database) == ["old"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, UserError("no")])
def test_whatever_stops_the_work_leaves_the_old_table(database: Path, stop: BaseException) -> None:
    with pytest.raises((KeyboardInterrupt, UserError)):
        write_and_stop(database, stop)
    assert rows(database, "SELECT * FROM old") == [("z",)]


def write_and_stop(database: Path, stop: BaseException) -> None:
    with DatabaseWriter(f"sqlite:///{database}", "old") as writer:
        writer.add(PART)
        raise stop


def test_a_load_that_fails_leaves_the_old_table(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segkit.data.write_database._take_over", _fails)
    with pytest.raises(RuntimeError), DatabaseWriter(f"sqlite:///{database}", "old") as writer:
        writer.add(PART)
    assert tables(database) == ["old"]
    assert rows(database, "SELECT * FROM old") == [("z",)]


def _fails(*arguments: object) -> None:
    raise RuntimeError


def test_big_whole_numbers_beside_gaps_stay_what_they_are(database: Path) -> None:
    with DatabaseWriter(f"sqlite:///{database}", "new") as writer:
        writer.add(pd.DataFrame({"id": pd.array([2**60 + 1, None], dtype="Int64")}))
    assert rows(database, "SELECT * FROM new") == [(2**60 + 1,), (None,)]


def test_a_table_that_is_there_has_to_be_given_up(database: Path) -> None:
    with pytest.raises(UserError, match="has a table old"):
        check_table(f"sqlite:///{database}", "old", replace=False)
    check_table(f"sqlite:///{database}", "old", replace=True)
    check_table(f"sqlite:///{database}", "new", replace=False)
    with pytest.raises(UserError, match="a table is needed"):
        check_table(f"sqlite:///{database}", "", replace=False)


def test_a_database_that_cannot_be_opened_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        check_table(f"sqlite:///{tmp_path}/gone/shop.db", "t", replace=False)
