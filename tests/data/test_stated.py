"""How a statement overrides what a column is taken for."""

import numpy as np
import pandas as pd
import pytest

from segkit.data.columns import Column
from segkit.data.dates import MONTH_FIRST_WHERE_POSSIBLE, read_dates
from segkit.data.stated import Stated, clean, describe_columns
from segkit.errors import UserError

DATES = ["04-09-2012", "21-08-2013", "10-02-2014", "11-11-2014", "04-09-2012", "21-08-2013"]


def described(values: object, **stated: object) -> Column:
    (column,) = describe_columns(
        pd.DataFrame({"x": values}), Stated(**{key: {"x": said} for key, said in stated.items()})
    )
    return column


def refusal(table: pd.DataFrame, **stated: object) -> UserError:
    with pytest.raises(UserError) as raised:
        describe_columns(table, Stated(**stated))
    return raised.value


def test_every_column_is_described_in_table_order() -> None:
    table = pd.DataFrame({"b": [1, 5, 5], "a": ["x", "y", "x"]})
    assert [column.name for column in describe_columns(table)] == ["b", "a"]


def test_a_stated_kind_wins_and_brings_its_usual_use() -> None:
    column = described([10115, 20095, 20095], kind="text")
    assert (column.kind, column.use, column.reason) == ("text", "leave_out", "stated")


def test_a_stated_use_leaves_the_kind_alone() -> None:
    column = described([0, 1, 1], use="outcome")
    assert (column.kind, column.use, column.reason) == ("binary", "outcome", "two values; use stated")


def test_stated_levels_make_an_ordinal() -> None:
    column = described(["S", "M", "L", "M"], levels=["S", "M", "L"])
    assert (column.kind, column.levels) == ("ordinal", ("S", "M", "L"))


@pytest.mark.parametrize("kind", ["numeric", "date"])
def test_a_stated_kind_that_reads_nothing_is_refused(kind: str) -> None:
    raised = refusal(pd.DataFrame({"x": ["a", "b", "a"]}), kind={"x": kind})
    assert (raised.problem, raised.mend) == (f"data.kind.x={kind} reads no cell of the column", "state another kind")


def test_levels_may_be_numbers_in_a_column_with_gaps() -> None:
    assert described([1.0, np.nan, 3.0, 2.0], levels=[1, 2, 3]).levels == ("1", "2", "3")


def test_what_is_not_stated_is_inferred_as_before() -> None:
    table = pd.DataFrame({"a": [1, 5, 5], "b": ["x", "y", "x"]})
    assert describe_columns(table, Stated(use={"a": "value"}))[1] == describe_columns(table)[1]


@pytest.mark.parametrize(
    ("stated", "problem", "mend"),
    [
        *(
            ({key: {"incme": said}}, f"data.{key} names a column that the table lacks: incme", "did you mean income?")
            for key, said in {
                "kind": "numeric",
                "use": "value",
                "levels": ["a"],
                "dates": "%d-%m-%Y",
                "missing": [-1],
                "fill": 0,
            }.items()
        ),
        ({"kind": {"income": "number"}}, "data.kind.income=number is not a known kind", "choose from numeric, "),
        ({"use": {"income": "outcom"}}, "data.use.income=outcom is not a known use", "outcome"),
        ({"kind": {"income": "ordinal"}}, "income is stated as ordinal without its levels", "data.levels.income=[...]"),
    ],
)
def test_a_wrong_statement_is_refused_with_a_mend(stated: dict[str, dict], problem: str, mend: str) -> None:
    raised = refusal(pd.DataFrame({"income": [1.0, 5.0, 7.0], "age": [30, 40, 31]}), **stated)
    assert raised.problem == problem
    assert mend in raised.mend


def test_levels_that_miss_a_value_of_the_column_are_refused() -> None:
    raised = refusal(pd.DataFrame({"grade": ["low", "high", "low"]}), levels={"grade": ["low", "hgh"]})
    assert (raised.problem, raised.mend) == ("data.levels.grade lacks high", "did you mean hgh?")


def test_a_missing_value_is_no_level_that_levels_would_have_to_name() -> None:
    column = described(["low", "high", "?"], levels=["low", "high"], missing=["?"])
    assert (column.kind, column.missing) == ("ordinal", ("?",))


@pytest.mark.parametrize(
    ("values", "missing", "expected"),
    [
        ([5, -1, 7], [-1], [5.0, np.nan, 7.0]),
        ([5, -1, 999], [-1, 999], [5.0, np.nan, np.nan]),
        ([5.0, -1.0, np.nan], [-1], [5.0, np.nan, np.nan]),
        ([5.5, -1.0, 7.25], [-1], [5.5, np.nan, 7.25]),
        ([5.5, -1.5, 7.25], [-1.5], [5.5, np.nan, 7.25]),
        ([5, -1, 7], [-1.0], [5.0, np.nan, 7.0]),
        ([5, -1, 7], ["-1"], [5.0, np.nan, 7.0]),
        ([5, -1, 7], ["unknown"], [5, -1, 7]),
        (pd.array([5, -1, None], dtype="Int64"), [-1], [5.0, np.nan, np.nan]),
        (np.array([5.5, -1], dtype="float32"), [-1], [5.5, np.nan]),
        (["a", "?", None], ["?"], ["a", np.nan, np.nan]),
        (["a", "-1", "1"], [-1], ["a", np.nan, "1"]),
        (["2020-01-05", "1900-01-01"], ["1900-01-01"], ["2020-01-05", np.nan]),
    ],
)
def test_values_that_mean_unknown_are_gaps(values: object, missing: list, expected: list) -> None:
    found = [np.nan if pd.isna(value) else value for value in clean(pd.Series(values), missing)]
    np.testing.assert_equal(found, expected)


def test_a_day_that_means_unknown_is_a_gap_among_read_dates() -> None:
    days = pd.Series(pd.to_datetime(["1900-01-01", "2020-01-05", None]))
    for given in (days, days.dt.tz_localize("UTC")):
        assert clean(given, ["1900-01-01"]).isna().tolist() == [True, False, True]


def test_a_value_that_means_unknown_means_it_in_a_row_alone() -> None:
    values = pd.Series([5.5, -1.0, 7.25])
    alone = [clean(values.iloc[[row]], [-1]).isna().item() for row in range(3)]
    assert alone == clean(values, [-1]).isna().tolist() == [False, True, False]


def test_the_kind_is_inferred_of_what_is_known() -> None:
    assert described([0, 1, 1, 666]).kind == "numeric"
    column = described([0, 1, 1, 666], missing=[666])
    assert (column.kind, column.missing) == ("binary", ("666",))


def test_a_single_value_that_means_unknown_needs_no_list() -> None:
    assert described([5, 8, -1], missing=-1).missing == described([5, 8, -1], missing="-1").missing == ("-1",)


@pytest.mark.parametrize(
    ("values", "fill", "expected"),
    [
        ([1.5, np.nan], 0, [1.5, 0]),
        (["a", None, " ", ""], "none", ["a", "none", "none", "none"]),
        (["1.5", " ", "7"], 0, ["1.5", 0, "7"]),
        ([None, None], 0, [0, 0]),
        ([1, 2], 0, [1, 2]),
    ],
)
def test_an_empty_cell_is_filled_with_what_it_means(values: list, fill: object, expected: list) -> None:
    assert clean(pd.Series(values), (), fill).tolist() == expected


def test_a_value_that_means_unknown_is_filled_too() -> None:
    assert clean(pd.Series([5, -1]), [-1], 0).tolist() == [5, 0]


def test_a_filled_column_keeps_its_kind_and_carries_the_fill() -> None:
    column = described([1.5, np.nan, 3.5, 2.5], fill=0)
    assert (column.kind, column.fill) == ("numeric", 0)
    assert described(["2.5", "", "3.5", "7"], fill=0).kind == "numeric"


@pytest.mark.parametrize("fmt", ["%d-%m-%Y", MONTH_FIRST_WHERE_POSSIBLE])
def test_a_stated_format_makes_a_date(fmt: str) -> None:
    column = described(DATES, dates=fmt)
    assert (column.kind, column.use, column.date_format) == ("date", "segment_on", fmt)


def test_month_first_where_possible_reads_a_cell_at_a_time() -> None:
    fmt = described(DATES, dates=MONTH_FIRST_WHERE_POSSIBLE).date_format
    found = read_dates(pd.Series(DATES), fmt).dt.strftime("%Y-%m-%d")
    assert found.tolist()[:4] == ["2012-04-09", "2013-08-21", "2014-10-02", "2014-11-11"]


def test_a_stated_format_reads_whole_numbers() -> None:
    assert described([20240131, 20240201, 20240315], dates="%Y%m%d").date_format == "%Y%m%d"


@pytest.mark.parametrize("fmt", ["%d/%m/%Y", "soon", "%Q"])
def test_a_stated_format_that_reads_nothing_is_refused(fmt: str) -> None:
    raised = refusal(pd.DataFrame({"since": DATES}), dates={"since": fmt})
    assert raised.problem.startswith(f"data.dates.since={fmt} ")
    assert raised.mend == "write it as %d-%m-%Y, say"


def test_a_format_is_judged_on_what_is_known() -> None:
    assert described(["never", "04-09-2012"], dates="%d-%m-%Y", missing=["never"]).kind == "date"
    assert refusal(pd.DataFrame({"x": ["never", None]}), dates={"x": "%d-%m-%Y"})
    assert described([None, None], dates="%d-%m-%Y").kind == "date"


def test_blanks_at_the_ends_say_nothing() -> None:
    table = pd.DataFrame({"size": ["S", "L ", "S ", "?"] * 9})
    (column,) = describe_columns(table, Stated(levels={"size": ["S", "L "]}, missing={"size": [" ?"]}))
    assert column.levels == ("S", "L")
    assert clean(pd.Series(["a", " ", "? "]), [" ", "?"]).isna().tolist() == [False, True, True]
