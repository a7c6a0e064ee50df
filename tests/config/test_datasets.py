"""What a page says comes out as plain words and numbers, which a stored model may hold."""

import json

import pytest

from segkit.config import datasets
from segkit.config.asked import composed
from segkit.config.datasets import load_dataset, read_settings, stated_of
from segkit.data import Stated


def test_what_is_said_of_columns_is_plain():
    said = {"derive": {"age": {"years_since": {"column": "born"}}}, "blocks": {"money": ["a", "b"]}}
    empty = {name: {} for name in Stated.__dataclass_fields__}
    settings = read_settings(json.dumps({"data": {**empty, **said, "said": []}, "brief": {}, "features": {}}))
    stated = stated_of(settings.data)
    assert type(stated.derive["age"]["years_since"]) is dict
    assert stated.blocks == said["blocks"]


@pytest.fixture
def table(own_place):
    """A small file's place; `table(2)` is another one."""

    def write(number: int) -> str:
        path = own_place / f"{number}.csv"
        path.write_text("a,b\n" + "".join(f"{row % 7},{row * number % 11}\n" for row in range(40)))
        return str(path)

    return write


def loaded(path: str):
    return load_dataset(composed("run", ["data=table", f"data.path={path}"]))


def test_a_table_is_read_once(table):
    first, second = table(1), table(2)
    once = loaded(first)
    loaded(second)
    assert loaded(first) is once


def test_of_tables_that_are_large_together_the_latest_is_kept(table, monkeypatch):
    monkeypatch.setattr(datasets, "bytes_of", lambda table: 600_000_000)
    first, second = table(3), table(4)
    once = loaded(first)
    assert loaded(first) is once
    twice = loaded(second)
    assert loaded(second) is twice
    assert loaded(first) is not once


def test_a_table_that_has_changed_is_read_again(table, own_place):
    path = table(5)
    once = loaded(path)
    (own_place / "5.csv").write_text("a,b\n" + "".join(f"{row % 5},{row % 3}\n" for row in range(50)))
    assert len(loaded(path).table) == 50
    assert len(once.table) == 40
