"""What a column is taken for, and how a statement overrides it."""

import numpy as np
import pandas as pd
import pytest

from segkit.data.columns import Column, describe_columns, infer_column
from segkit.errors import UserError

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


@pytest.mark.xfail(reason="an id that repeats more often is segmented on as if it were a measurement")
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


def test_every_column_is_described_in_table_order() -> None:
    table = pd.DataFrame({"b": [1, 5, 5], "a": ["x", "y", "x"]})
    assert [column.name for column in describe_columns(table)] == ["b", "a"]


def test_a_stated_kind_wins_and_brings_its_usual_use() -> None:
    (column,) = describe_columns(pd.DataFrame({"zip": [10115, 20095, 20095]}), kinds={"zip": "text"})
    assert (column.kind, column.use, column.reason) == ("text", "leave_out", "stated")


def test_a_stated_use_leaves_the_kind_alone() -> None:
    (column,) = describe_columns(pd.DataFrame({"churn": [0, 1, 1]}), uses={"churn": "outcome"})
    assert (column.kind, column.use) == ("binary", "outcome")
    assert column.reason == "two values; use stated"


def test_stated_levels_make_an_ordinal() -> None:
    table = pd.DataFrame({"size": ["S", "M", "L", "M"]})
    (column,) = describe_columns(table, levels={"size": ["S", "M", "L"]})
    assert (column.kind, column.levels) == ("ordinal", ("S", "M", "L"))


def test_what_is_not_stated_is_inferred_as_before() -> None:
    table = pd.DataFrame({"a": [1, 5, 5], "b": ["x", "y", "x"]})
    assert describe_columns(table, uses={"a": "value"})[1] == describe_columns(table)[1]


@pytest.mark.parametrize(
    ("stated", "problem", "mend"),
    [
        ({"kinds": {"incme": "numeric"}}, "data.kind names a column that the table lacks: incme", "income"),
        ({"uses": {"incme": "value"}}, "data.use names a column that the table lacks: incme", "income"),
        ({"levels": {"incme": ["a"]}}, "data.levels names a column that the table lacks: incme", "income"),
        ({"kinds": {"income": "number"}}, "data.kind.income=number is not a known kind", "numeric"),
        ({"uses": {"income": "outcom"}}, "data.use.income=outcom is not a known use", "outcome"),
    ],
)
def test_a_wrong_statement_is_refused_with_a_mend(stated: dict[str, dict], problem: str, mend: str) -> None:
    table = pd.DataFrame({"income": [1.0, 5.0, 7.0], "age": [30, 40, 31]})
    with pytest.raises(UserError) as raised:
        describe_columns(table, **stated)
    assert raised.value.problem == problem
    assert mend in raised.value.mend


def test_levels_that_miss_a_value_of_the_column_are_refused() -> None:
    with pytest.raises(UserError, match=r"data\.levels\.grade lacks high") as raised:
        describe_columns(pd.DataFrame({"grade": ["low", "high", "low"]}), levels={"grade": ["low", "hgh"]})
    assert raised.value.mend == "did you mean hgh?"
