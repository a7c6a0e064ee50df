"""Raw columns to numbers and categories, whatever a file brings."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from segkit.data.stated import Stated, describe_columns
from segkit.errors import UserError
from segkit.preprocessing.typed_columns import TypedColumns, typed_columns

DATES = ["2024-01-01", "2024-01-11", "2024-01-31"]


def typed(values: object, **stated: object) -> list[object]:
    table = pd.DataFrame({"x": values})
    return TypedColumns(**stated).fit_transform(table)["x"].tolist()


def later(fitted_on: object, values: object, **stated: object) -> list[object]:
    step = TypedColumns(**stated).fit(pd.DataFrame({"x": fitted_on}))
    return step.transform(pd.DataFrame({"x": values}))["x"].tolist()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 5, 7], [1.0, 5.0, 7.0]),
        (["1.5", "2", " 7 "], [1.5, 2.0, 7.0]),
        ([True, False, True], [1.0, 0.0, 1.0]),
        ([Decimal("1.5"), Decimal(2), Decimal(3)], [1.5, 2.0, 3.0]),
        (pd.array([1, 5, None, 7], dtype="Int64"), [1.0, 5.0, np.nan, 7.0]),
        (pd.array([True, False, None], dtype="boolean"), [1.0, 0.0, np.nan]),
        ([1.0, np.inf, -np.inf, 7.0], [1.0, np.nan, np.nan, 7.0]),
        ([np.nan, np.nan], [np.nan, np.nan]),
        ([3, 3, 3], [3.0, 3.0, 3.0]),
    ],
)
def test_numbers_become_floats(values: object, expected: list[float]) -> None:
    np.testing.assert_array_equal(np.array(typed(values), dtype=float), expected)


def test_text_in_a_number_column_becomes_missing() -> None:
    np.testing.assert_array_equal(later([1, 5, 7], ["2", "unknown", ""]), [2.0, np.nan, np.nan])


def test_infinite_text_becomes_missing() -> None:
    np.testing.assert_array_equal(later([1, 5, 7], ["inf", "-Infinity", "1e3"]), [np.nan, np.nan, 1000.0])


def test_categories_stay_text_and_missing_stays_missing() -> None:
    found = typed(["a", "b", "c", None, "a", "b", "c"])
    assert found[:3] == ["a", "b", "c"]
    assert pd.isna(found[3])


def test_a_stated_category_of_numbers_becomes_text() -> None:
    assert typed([10115, 20095, 30159], kinds={"x": "categorical"}) == ["10115", "20095", "30159"]


def test_a_text_of_two_values_is_a_category() -> None:
    assert typed(["yes", "no", "no"]) == ["yes", "no", "no"]


def test_unseen_levels_pass_through_for_the_encoder_to_judge() -> None:
    assert later(["a", "b", "c"] * 3, ["a", "new"]) == ["a", "new"]


def test_ordinals_become_ranks_in_the_stated_order() -> None:
    found = later(["S", "M", "L", "M"], ["L", "S", "XL", None, "M"], levels={"x": ["S", "M", "L"]})
    np.testing.assert_array_equal(found, [2.0, 0.0, np.nan, np.nan, 1.0])


def test_ordinals_may_be_numbers() -> None:
    assert typed([1, 2, 3, 1], levels={"x": ["1", "2", "3"]}) == [0.0, 1.0, 2.0, 0.0]


def test_a_category_of_whole_numbers_survives_a_gap_in_the_column() -> None:
    assert later([1, 2, 3, 1], [1.0, np.nan], kinds={"x": "categorical"})[0] == "1"


def test_numbers_are_read_later_as_they_were_written_at_fitting() -> None:
    assert later(["1.234,5", "7,25", "8"], ["1.234"]) == [1234.0]
    np.testing.assert_array_equal(later([True, False, True], ["True", "FALSE", "?"]), [1.0, 0.0, np.nan])


def test_one_bad_cell_costs_nobody_else_a_number() -> None:
    step = TypedColumns().fit(pd.DataFrame({"x": ["$1,200", "$7", "$30"], "day": DATES}))
    later = pd.DataFrame({"x": ["$1,200", "none", " "], "day": ["2024-01-02", "soon", None]})
    np.testing.assert_array_equal(step.transform(later)["x"], [1200.0, np.nan, np.nan])
    assert step.unread(later) == {"x": 1, "day": 1}


def test_dates_become_days_before_the_newest() -> None:
    assert typed(DATES) == [30.0, 20.0, 0.0]


@pytest.mark.parametrize(
    "values",
    [
        ["01-01-2024", "11-01-2024", "31-01-2024"],
        ["01/01/2024", "01/11/2024", "01/31/2024"],
        [datetime.date(2024, 1, 1), datetime.date(2024, 1, 11), datetime.date(2024, 1, 31)],
        pd.to_datetime(DATES),
        pd.to_datetime(DATES).tz_localize("Europe/Berlin"),
    ],
)
def test_dates_are_read_however_they_are_written(values: object) -> None:
    assert typed(values) == [30.0, 20.0, 0.0]


def test_the_format_of_the_fit_reads_later_tables() -> None:
    assert later(["01-02-2024", "21-02-2024", "22-02-2024"], ["02-01-2024"]) == [51.0]


def test_a_bad_date_becomes_missing() -> None:
    np.testing.assert_array_equal(later(DATES, ["2024-01-30", "soon", None]), [1.0, np.nan, np.nan])


def test_later_data_moves_as_of_on() -> None:
    assert later(DATES, ["2024-01-31", "2024-02-10"]) == [10.0, 0.0]


def test_earlier_data_leaves_as_of() -> None:
    assert later(DATES, ["2024-01-01"]) == [30.0]


def test_the_newest_of_all_date_columns_counts() -> None:
    table = pd.DataFrame({"x": DATES, "y": ["2024-02-01", "2024-02-02", "2024-02-10"]})
    step = TypedColumns().fit(table)
    assert step.as_of_ == "2024-02-10"
    assert step.transform(table)["x"].tolist() == [40.0, 30.0, 10.0]


def test_a_stated_as_of_counts_where_it_is_later() -> None:
    assert typed(DATES, as_of="2024-02-10") == [40.0, 30.0, 10.0]


def test_a_given_day_is_counted_to_even_where_data_is_later() -> None:
    table = pd.DataFrame({"x": DATES})
    found = TypedColumns().fit(table).transform_as_of(table, "2024-01-11")
    assert found["x"].tolist() == [10.0, 0.0, -20.0]


def test_without_dates_there_is_no_as_of() -> None:
    assert TypedColumns().fit(pd.DataFrame({"x": [1, 5, 7]})).as_of_ == ""


def test_a_date_column_without_any_date_is_missing() -> None:
    np.testing.assert_array_equal(typed([None, None], kinds={"x": "date"}), [np.nan, np.nan])


def test_a_row_alone_has_the_age_that_it_has_in_the_fitted_batch() -> None:
    batch = later(DATES, DATES, as_of="2024-01-15")
    alone = [later(DATES, [day], as_of="2024-01-15")[0] for day in DATES]
    assert batch == alone == [14.0, 4.0, -16.0]


def test_dates_in_a_column_of_plans_move_no_day_once_they_have_passed() -> None:
    table = pd.DataFrame({"x": DATES, "ends": ["2024-03-01", "2025-01-01", "2024-02-01"]})
    step = TypedColumns(as_of="2024-01-31").fit(table)
    assert step.transform(table)["x"].tolist() == [30.0, 20.0, 0.0]
    assert step.as_of_for(pd.DataFrame({"x": ["2024-01-05"], "ends": ["2025-06-01"]})) == "2024-01-31"


def test_a_stated_as_of_gives_way_only_to_a_date_newer_than_all_that_were_fitted() -> None:
    assert later(DATES, ["2024-01-20"], as_of="2024-01-15") == [-5.0]
    assert later(DATES, ["2024-01-31", "2024-02-01"], as_of="2024-01-31") == [1.0, 0.0]
    assert later(DATES, ["2024-01-31", "2024-02-01"], as_of="2024-02-10") == [10.0, 9.0]


def test_a_date_after_today_ages_nobody() -> None:
    assert typed([*DATES, "9999-12-31"], kinds={"x": "date"})[:3] == [30.0, 20.0, 0.0]
    assert later(DATES, ["2024-01-31", "9999-12-31"])[0] == 0


def test_where_every_date_is_after_today_none_is_counted_to() -> None:
    step = TypedColumns().fit(pd.DataFrame({"x": ["9998-01-01", "9998-02-01", "9999-12-31"]}))
    assert step.as_of_ == ""
    assert step.kinds_ == {"x": "date"}


@pytest.mark.parametrize("as_of", ["2024-01", "2024-01-31T00:00Z", "31.01.2024", "soon"])
def test_an_as_of_that_is_no_iso_date_is_refused(as_of: str) -> None:
    table = pd.DataFrame({"x": DATES})
    with pytest.raises(UserError, match=f"as_of={as_of} is not a date"):
        TypedColumns(as_of=as_of).fit(table)
    with pytest.raises(UserError, match=f"as_of={as_of} is not a date"):
        TypedColumns().fit(table).transform_as_of(table, as_of)


def test_no_age_is_negative_where_dates_have_a_time() -> None:
    assert typed(["2024-01-01 18:00", "2024-01-11 07:00", "2024-01-31 18:00"]) == [30.0, 20.0, 0.0]


@pytest.mark.parametrize("zones", [("Z", "Z", "Z"), ("+01:00", "+02:00", "+01:00")])
def test_dates_with_an_offset_are_read(zones: tuple[str, ...]) -> None:
    found = typed([f"{day}T12:00:00{zone}" for day, zone in zip(DATES, zones, strict=True)])
    assert found == [30.0, 20.0, 0.0]


def test_a_stated_date_column_survives_one_bad_cell() -> None:
    found = typed(["04-09-2012", "21-08-2013", "unknown"], kinds={"x": "date"})
    np.testing.assert_array_equal(found, [351.0, 0.0, np.nan])


def test_a_stated_date_may_be_a_whole_number() -> None:
    assert typed([20240101, 20240111, 20240131], kinds={"x": "date"}) == [30.0, 20.0, 0.0]


def test_a_stated_kind_wins_over_inference() -> None:
    step = TypedColumns({"x": "categorical"}).fit(pd.DataFrame({"x": [1, 5, 7], "y": [1, 5, 9]}))
    assert step.kinds_ == {"x": "categorical", "y": "numeric"}


def test_columns_that_are_understood_make_the_step() -> None:
    table = pd.DataFrame({"size": ["S", "M", "L"], "since": DATES})
    step = typed_columns(describe_columns(table, Stated(levels={"size": ["S", "M", "L"]})), as_of="2024-02-10")
    found = step.fit_transform(table)
    assert found["size"].tolist() == [0.0, 1.0, 2.0]
    assert found["since"].tolist() == [40.0, 30.0, 10.0]


def test_index_order_and_names_are_kept() -> None:
    table = pd.DataFrame({"b": [1, 5, 7], "a": ["x", "y", "x"]}, index=["r3", "r1", "r2"])
    step = TypedColumns().fit(table)
    found = step.transform(table)
    assert list(found.index) == ["r3", "r1", "r2"]
    assert list(found.columns) == list(step.get_feature_names_out()) == ["b", "a"]


def test_the_input_is_left_alone() -> None:
    table = pd.DataFrame({"x": [1.0, np.inf, 3.0], "d": DATES})
    before = table.copy()
    TypedColumns().fit_transform(table)
    pd.testing.assert_frame_equal(table, before)


def test_an_array_is_read_as_columns() -> None:
    found = TypedColumns().fit_transform(np.array([[1.0, 5.0], [2.0, np.nan], [4.0, 7.0]]))
    assert list(found.columns) == ["x0", "x1"]
    assert found["x0"].tolist() == [1.0, 2.0, 4.0]


def test_a_clone_carries_the_statements_and_is_not_fitted() -> None:
    step = clone(TypedColumns({"x": "numeric"}, {"y": ["a"]}, "2024-01-01"))
    assert (
        step.get_params().items() >= {"kinds": {"x": "numeric"}, "levels": {"y": ["a"]}, "as_of": "2024-01-01"}.items()
    )
    with pytest.raises(NotFittedError):
        step.transform(pd.DataFrame({"x": [1]}))


def test_a_table_with_other_columns_is_refused() -> None:
    step = TypedColumns().fit(pd.DataFrame({"x": [1, 5, 7]}))
    with pytest.raises(ValueError, match="feature names"):
        step.transform(pd.DataFrame({"y": [1, 5, 7]}))


def test_blanks_at_the_ends_make_no_other_level() -> None:
    table = pd.DataFrame({"owns": ["Yes ", "No", "Yes", " No"] * 9, "size": ["S", "L ", "S ", "L"] * 9})
    step = TypedColumns(levels={"size": ["S", "L"]}).fit(table)
    assert step.kinds_["owns"] == "binary"
    assert step.transform(table.head(4))["owns"].tolist() == ["Yes", "No", "Yes", "No"]
    assert step.transform(pd.DataFrame({"owns": ["No  "], "size": [" L"]})).to_numpy().tolist() == [["No", 1]]
