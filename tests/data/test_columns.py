"""What a column is taken for."""

import numpy as np
import pandas as pd
import pytest

from segkit.data.columns import Column, infer_column

DATES = ["04-09-2012", "21-08-2013", "10-02-2014", "11-11-2014", "04-09-2012", "21-08-2013"]


def inferred(values: object, name: str = "x") -> Column:
    return infer_column(pd.Series(values, name=name))


@pytest.mark.parametrize(
    ("values", "name", "kind", "use"),
    [
        ([1.5, 2.5, 2.5, 9.0], "x", "numeric", "segment_on"),
        ([5, 3, 3, 4], "x", "numeric", "segment_on"),
        (["1.5", "2", "2", "9"], "x", "numeric", "segment_on"),
        ([0, 1, 1, 0], "x", "binary", "segment_on"),
        ([True, False, True], "x", "binary", "segment_on"),
        (["yes", "no", "no"], "x", "binary", "segment_on"),
        (["a", "b", "c"] * 3, "x", "categorical", "segment_on"),
        (["a", "b", "c", "d"], "x", "text", "leave_out"),
        (DATES, "x", "date", "segment_on"),
        (pd.to_datetime(["2024-01-01", "2024-01-01", "2024-03-01", None]), "x", "date", "segment_on"),
        ([3, 3, 3], "x", "constant", "leave_out"),
        ([None, None], "x", "constant", "leave_out"),
        ([np.nan, 3.0, 3.0], "x", "constant", "leave_out"),
        (["c7", "c3", "c5"], "customer_id", "id", "id"),
        ([7, 3, 5], "CustomerID", "id", "id"),
        ([7, 3, 5], "uuid", "id", "id"),
        ([7, 3, 5], "customerId", "id", "id"),
        ([7, 3, 5], "ID", "id", "id"),
        ([7, 3, 5], "Customer ID", "id", "id"),
        ([7, 3, 5], "Unnamed: 0", "id", "id"),
        ([11, 12, 13, 14], "x", "id", "id"),
    ],
)
def test_kind_and_use_follow_from_values_and_name(values: object, name: str, kind: str, use: str) -> None:
    column = inferred(values, name)
    assert (column.kind, column.use) == (kind, use)
    assert column.reason


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0], [1, 2, 4], [3, 2, 1], [1, 2]])
def test_only_integers_that_go_up_one_by_one_are_row_numbers(values: list[float]) -> None:
    assert inferred(values).kind != "id"


def test_a_name_that_merely_contains_id_makes_no_id() -> None:
    assert inferred([2.5, 1.0, 4.0], "identity_score").kind == "numeric"


@pytest.mark.parametrize("name", ["amount_paid", "bid", "humid"])
def test_a_word_that_ends_in_id_makes_no_id_of_a_measurement(name: str) -> None:
    assert inferred([2.5, 1.0, 4.25, 7.75], name).kind == "numeric"


def test_an_id_of_which_one_in_ten_repeats_is_an_id_still() -> None:
    ids = [1000 + 7 * number for number in range(9)]
    assert inferred([*ids, ids[3]], "customer_id").use == "id"


def test_an_id_that_repeats_often_is_not_segmented_on() -> None:
    assert inferred([1007, 1003, 1003, 1005], "customer_id").use != "segment_on"


def test_a_column_of_lists_is_left_out() -> None:
    assert inferred([[1], [2], [3]]).use == "leave_out"


def test_nineteen_numbers_in_twenty_make_a_numeric_column() -> None:
    texts = [str(number * number) for number in range(19)]
    assert inferred([*texts, "unknown"]).kind == "numeric"
    assert inferred([*texts[:-1], "unknown", "none at all"]).kind != "numeric"


def test_fifty_levels_are_categories_and_fifty_one_are_text() -> None:
    assert inferred([f"level {number}" for number in range(50)] * 3).kind == "categorical"
    assert inferred([f"level {number}" for number in range(51)] * 3).kind == "text"


def test_a_date_column_carries_the_format_that_reads_it() -> None:
    assert inferred(DATES).date_format == "%d-%m-%Y"
    assert inferred([1, 5, 7, 7]).date_format == ""
