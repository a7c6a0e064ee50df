"""Columns in DuckDB are what the pipeline reads: cell by cell, gaps as NULL."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from segkit.activation import expressions
from segkit.activation.columns import by_name
from segkit.data import Dataset, Stated, make_dataset
from segkit.evidence.reading import read_columns

MOMENT = "2025-06-30T12:00"
LEFT = ["2014-01-01", None, "2014-03-05 10:30", "2014-05-06", "2014-06-29 23:00", "2013-01-01"]
TABLE = pd.DataFrame(
    {
        "a": [1.0, None, 3.0, -4.0, 0.0, 7.5] * 8,
        "b": [2.0, None, None, 5.0, 0.0, 1.0] * 8,
        "money": ["1.234,5", "7,25", None, "-3,00", "12.000", "0,5"] * 8,
        "price": ["$1,234.50", "12", None, "1.5", "2,000", "7"] * 8,
        "flag": ["True", "False", None, "true", "FALSE", "True"] * 8,
        "code": [1, 2, 3, 1, 2, 9] * 8,
        "holes": [1, 2, None, 1, 2, 9] * 8,
        "level": ["low", "mid", "high", None, " mid ", "low"] * 8,
        "born": [1960, 1893, 1975, 1980, 1999, 2001] * 8,
        "joined": ["04-09-2012", "21-08-2013", None, "01-01-2014", "28-06-2014", "30-11-2013"] * 8,
        "left": pd.to_datetime(LEFT * 8, format="ISO8601"),
        "pdays": [-1, 999, 3, 4, 5, 6] * 8,
        "blank": ["", "x", "y", " ", "x", None] * 8,
        "who": ["ann", "bob", "eve", "dan", "kim", "lee"] * 8,
    }
)
STATED = Stated(
    kind={"code": "categorical", "holes": "categorical", "born": "date", "blank": "categorical", "who": "categorical"},
    levels={"level": ["low", "mid", "high"]},
    dates={"joined": "%d-%m-%Y"},
    missing={"born": [1893], "pdays": [-1, 999]},
    fill={"b": 11.0, "blank": "none"},
    derive={
        "sum": {"total": ["a", "b", "pdays"]},
        "middle": {"mean": ["a", "b"]},
        "most": {"largest": ["a", "pdays"]},
        "least": {"smallest": ["a", "pdays"]},
        "above": {"count": ["a", "b", "pdays"]},
        "part": {"share": "a", "of": ["b", "pdays"]},
        "less": {"difference": "a", "minus": "b"},
        "logged": {"log": "a"},
        "days": {"days_since": "joined"},
        "age": {"years_since": "born"},
        "full_years": {"age": "born"},
        "waited": {"difference": "left", "minus": "joined"},
        "last": {"largest": ["left", "joined"]},
        "kind": {"map": "code", "to": {1: "one", 2: "two"}, "otherwise": "more"},
        "worth": {"map": "code", "to": {1: 10, 2: 20}},
        "renamed": {"map": "holes", "to": {9: "nine"}},
        "band": {"bands": "a", "at": [0, 3]},
        "rank": {"log": "level"},
        "twice": {"total": ["sum", "days"]},
    },
)
NUMBERS = (
    *("a", "b", "money", "price", "flag", "level", "born", "joined", "left", "pdays", "sum", "middle", "most", "least"),
    *("above", "part", "less", "logged", "days", "age", "full_years", "waited", "last", "worth", "rank", "twice"),
)
TEXTS = ("code", "holes", "blank", "who", "kind", "renamed", "band")


def in_duckdb(table: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    columns, as_of = by_name(dataset.columns), dataset.as_of
    made = {name: expressions.number(name, columns, as_of) for name in NUMBERS}
    made |= {name: expressions.words(name, columns, as_of) for name in TEXTS}
    with duckdb.connect() as connection:
        connection.register("raw", table)
        asked = ", ".join(f'{expression} AS "{name}"' for name, expression in made.items())
        return connection.execute(f"SELECT {asked} FROM raw").df()


@pytest.fixture(scope="module", params=["2014-06-29", MOMENT])
def read(request) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """What the pipeline reads, and what DuckDB does: from the file's text, and where it holds numbers already."""
    dataset = make_dataset("odd", TABLE, stated=STATED, as_of=request.param)
    found = [in_duckdb(table, dataset) for table in (TABLE, dataset.table)]
    return read_columns(dataset, [*NUMBERS, *TEXTS]), found


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_read_as_the_pipeline_reads_them(read, name):
    expected = read[0][name].to_numpy(dtype=float)
    assert np.isfinite(expected).any()
    for found in read[1]:
        np.testing.assert_allclose(found[name].to_numpy(dtype=float), expected, rtol=1e-12)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_read_as_the_pipeline_reads_them(read, name):
    expected = read[0][name].fillna("gap")
    for found in read[1]:
        assert found[name].fillna("gap").str.removesuffix(".0").tolist() == expected.tolist()
