"""A table with what its columns are for."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, make_dataset
from segkit.data.stated import Stated
from segkit.data.transactions import LogColumns
from segkit.errors import UserError


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["c3", "c1", "c2", "c4"],
            "spend": [1.5, 2.5, 2.5, 9.0],
            "plan": ["basic", "plus", "plus", "basic"],
            "cost": [3, 3, 3, 3],
            "churned": [0, 1, 1, 0],
            "known": ["x", "y", "y", "x"],
        },
        index=[10, 11, 12, 13],
    )


def made(table: pd.DataFrame, as_of: str = "", **uses: str) -> Dataset:
    return make_dataset("shop", table, as_of=as_of, stated=Stated(use=uses))


def test_features_are_the_columns_to_segment_on_as_they_came(table: pd.DataFrame) -> None:
    dataset = made(table, churned="outcome", known="truth")
    pd.testing.assert_frame_equal(dataset.features, table[["spend", "plan"]].reset_index(drop=True))


def test_columns_are_found_by_their_use(table: pd.DataFrame) -> None:
    dataset = made(table, churned="outcome", plan="outcome")
    assert dataset.used_as("outcome") == ["plan", "churned"]
    assert dataset.used_as("leave_out") == ["cost"]
    assert dataset.used_as("sensitive") == []


def test_ids_are_the_id_column(table: pd.DataFrame) -> None:
    assert made(table).ids.tolist() == ["c3", "c1", "c2", "c4"]


def test_ids_are_row_numbers_where_the_table_has_none(table: pd.DataFrame) -> None:
    ids = made(table.drop(columns="customer_id")).ids
    assert (ids.name, ids.tolist()) == ("row", [0, 1, 2, 3])


def test_truth_is_there_only_where_it_is_stated(table: pd.DataFrame) -> None:
    assert made(table).truth is None
    known = made(table, known="truth").truth
    assert known is not None
    assert known.tolist() == ["x", "y", "y", "x"]


def test_the_table_of_the_caller_is_left_alone(table: pd.DataFrame) -> None:
    before = table.copy()
    made(table)
    pd.testing.assert_frame_equal(table, before)


def test_key_is_the_same_for_the_same_content_read_the_same_way(table: pd.DataFrame) -> None:
    renamed = make_dataset("other name", table.copy(), source="elsewhere.csv", stated=Stated())
    assert made(table).key == renamed.key


def test_key_changes_with_content_use_and_date(table: pd.DataFrame) -> None:
    datasets = [
        made(table),
        made(table.assign(spend=table["spend"] + 1)),
        made(table, plan="describe_with"),
        made(table, as_of="2025-01-01"),
    ]
    assert len({dataset.key for dataset in datasets}) == 4
    assert datasets[0].hash == datasets[2].hash


@pytest.mark.parametrize("rows", [pd.DataFrame(), pd.DataFrame({"a": []})])
def test_a_table_without_rows_is_refused_by_its_source(rows: pd.DataFrame) -> None:
    with pytest.raises(UserError, match=r"shop\.csv has no rows"):
        make_dataset("shop", rows, source="shop.csv")


def test_a_table_with_nothing_to_segment_on_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(UserError, match="shop has no column to segment on"):
        made(table[["customer_id", "cost"]])


def test_names_that_are_numbers_can_be_segmented_on() -> None:
    features = made(pd.DataFrame({0: [1.0, 2.0, 2.0], 1: [3.0, 1.0, 1.0]})).features
    assert features.to_dict("list") == {"0": [1.0, 2.0, 2.0], "1": [3.0, 1.0, 1.0]}


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(UserError, match="shop has two columns of the same name: a"):
        made(pd.DataFrame([[1.0, 2.0], [3.0, 4.0], [3.0, 9.0]], columns=["a", "a"]))


@pytest.mark.parametrize("as_of", ["01.06.2026", "01/06/2026", "soon", "2025-13-01", "2025-06", "2025-06-30T00:00Z"])
def test_an_as_of_that_is_no_iso_date_is_refused(table: pd.DataFrame, as_of: str) -> None:
    with pytest.raises(UserError, match=f"data.as_of={as_of} is not a date") as raised:
        made(table, as_of=as_of)
    assert raised.value.mend == "write it as 2025-06-30"


def test_what_happens_after_the_day_or_after_today_is_no_purchase_yet() -> None:
    days, columns = ["2024-01-01", "2024-03-01", "2199-01-01"], LogColumns("who", "day", amount="paid")
    log = pd.DataFrame({"who": ["a"] * 3 + ["b"] * 3, "day": days * 2, "paid": [1.0, 2.0, 4.0, 10.0, 20.0, 40.0]})
    assert make_dataset("shop", log, log=columns).table["amount"].tolist() == [3.0, 30.0]
    assert make_dataset("shop", log, as_of="2024-02-01", log=columns).table["amount"].tolist() == [1.0, 10.0]


def test_key_changes_with_what_tomorrows_log_is_read_by() -> None:
    log = pd.DataFrame({"who": ["a", "b"], "day": ["2024-01-01", "2024-03-01"], "paid": [1.0, 2.0]})
    read = [LogColumns("who", "day", amount="paid", duplicates=word) for word in ("drop", "keep")]
    assert len({make_dataset("shop", log, log=columns).key for columns in read}) == 2


def test_days_between_orders_only_describe_unless_somebody_asks() -> None:
    days = ["2024-01-01", "2024-01-09", "2024-01-01", "2024-01-20", "2024-02-01"]
    log = pd.DataFrame({"who": list("aabbc"), "day": days})
    columns = LogColumns("who", "day")
    found = {c.name: c for c in make_dataset("shop", log, log=columns).columns}["days_between_orders"]
    assert (found.use, found.reason) == ("describe_with", "missing for customers of one order")
    asked = Stated(use={"days_between_orders": "segment_on"})
    assert "days_between_orders" in make_dataset("shop", log, log=columns, stated=asked).used_as("segment_on")
    chosen = make_dataset("shop", log, log=columns, features=["days_between_orders"])
    assert chosen.used_as("segment_on") == ["days_between_orders"]


def twice(rows: int = 300, again: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"customer_id": range(1000, 1000 + rows), "age": rng.integers(18, 90, rows)})
    table = table.assign(
        paid=rng.lognormal(4, 1, rows).round(2),
        spent=rng.lognormal(size=rows).round(4),
        income=rng.integers(10_000, 90_000, rows),
    )
    return pd.concat([table, table.head(again).assign(customer_id=range(9000, 9000 + again))], ignore_index=True)


def test_customers_under_other_ids_are_kept_unless_asked_for_otherwise() -> None:
    assert len(make_dataset("shop", twice()).table) == 305
    once = make_dataset("shop", twice(), duplicates="drop")
    assert once.ids.tolist() == list(range(1000, 1300))
    assert once.notes[-1].startswith("5 of 305 rows left out: customers who stand in the table already")


def test_nobody_is_left_out_of_a_table_without_duplicates() -> None:
    once = make_dataset("shop", twice(again=0), duplicates="drop")
    assert (len(once.table), once.notes) == (300, ())


def test_another_word_for_duplicates_is_refused() -> None:
    with pytest.raises(UserError, match=r"data\.duplicates=yes is not known"):
        make_dataset("shop", twice(), duplicates="yes")


def test_customers_of_a_log_stand_in_it_once_anyway() -> None:
    log = pd.DataFrame({"who": ["a", "b"], "day": ["2024-01-01", "2024-03-01"]})
    with pytest.raises(UserError, match=r"say data\.log\.duplicates=drop"):
        make_dataset("shop", log, log=LogColumns("who", "day"), duplicates="drop")
