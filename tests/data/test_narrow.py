"""Long tables in half the memory."""

import warnings

import numpy as np
import pandas as pd
import pytest

from segkit.data.narrow import narrow

ROWS = 100_000
LONG = np.zeros(ROWS)


@pytest.mark.parametrize(
    ("value", "dtype", "narrowed"),
    [
        (1, "int64", "int32"),
        (2**31 - 1, "int64", "int32"),
        (-(2**31), "int64", "int32"),
        (2**31, "int64", "int64"),
        (-(2**31) - 1, "int64", "int64"),
        (0.5, "float64", "float32"),
        (2.0**24, "float64", "float32"),
        (np.nan, "float64", "float32"),
        (np.inf, "float64", "float32"),
        (0.1, "float64", "float64"),
        (2.0**24 + 1, "float64", "float64"),
        (1e300, "float64", "float64"),
        (1e-300, "float64", "float64"),
        (1, "int16", "int16"),
        (True, "bool", "bool"),
        ("text", "str", "str"),
        (1, "Int64", "Int64"),
    ],
)
def test_numbers_are_narrowed_where_nothing_is_lost(value: object, dtype: str, narrowed: str) -> None:
    column = pd.Series(LONG, dtype=int).astype(dtype)
    column.iloc[7] = value
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = narrow(column.to_frame("x"))["x"]
    assert found.dtype == narrowed
    pd.testing.assert_series_equal(found.astype(dtype), column, check_exact=True, check_names=False)


def test_gaps_survive() -> None:
    found = narrow(pd.DataFrame({"x": np.where(np.arange(ROWS) % 3, 0.25, np.nan)}))["x"]
    assert found.dtype == "float32"
    assert found.isna().sum() == -(-ROWS // 3)
    assert found.dropna().eq(0.25).all()


def test_each_column_is_judged_by_itself_and_stays_in_its_place() -> None:
    table = pd.DataFrame({"b": LONG, "a": LONG + 0.1, "c": LONG.astype(int)}, index=range(5, ROWS + 5))
    found = narrow(table)
    assert found.dtypes.astype(str).to_dict() == {"b": "float32", "a": "float64", "c": "int32"}
    pd.testing.assert_frame_equal(found.astype(table.dtypes), table)
    assert table["b"].dtype == "float64"


def test_short_tables_are_left_alone() -> None:
    table = pd.DataFrame({"x": LONG[1:], "y": LONG[1:].astype(int)})
    assert narrow(table) is table


def test_a_name_that_stands_twice_is_left_for_others_to_refuse() -> None:
    table = pd.DataFrame(np.zeros((ROWS, 2)), columns=["a", "a"])
    assert narrow(table) is table
