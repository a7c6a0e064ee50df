"""The customers of one segment, as a data set of their own."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.data import Stated, make_customers, make_dataset
from segkit.data.within import customers_within
from segkit.records import Inside

INSIDE = Inside("8be4df61", "standard-none-kmeans-3", 1, "no children")


class ByKids:
    """Segment 1 has no kids at home."""

    def score(self, table: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
        return pd.DataFrame({"segment": (table["kids_at_home"] == 0).astype(int)}, index=table.index)


@pytest.fixture(scope="module")
def outer():
    return make_dataset("shop", make_customers(200), "shop.csv", stated=Stated(use={"truth": "truth"}))


@pytest.fixture(scope="module")
def inner(outer):
    return customers_within(outer, INSIDE, ByKids(), Stated(use={"truth": "truth"}))


def test_only_the_customers_of_the_segment_are_left(outer, inner) -> None:
    wanted = outer.table[outer.table["kids_at_home"] == 0]
    assert 0 < len(wanted) < len(outer.table)
    assert inner.ids.tolist() == wanted["customer_id"].tolist()
    assert list(inner.table.index) == list(range(len(wanted)))
    assert inner.name == "shop.1"
    assert inner.notes[0] == f"only {INSIDE}: {len(wanted)} of the 200 customers of shop"


def test_it_is_other_data_and_what_it_lies_within_belongs_to_its_key(outer, inner) -> None:
    assert inner.hash != outer.hash
    other = replace(inner, inside=replace(INSIDE, run="another"))
    assert len({outer.key, inner.key, other.key, replace(inner, inside=None).key}) == 4


def test_what_is_the_same_for_all_of_them_is_left_out(outer, inner) -> None:
    assert "kids_at_home" in {column.name for column in outer.feature_columns}
    kids = next(column for column in inner.columns if column.name == "kids_at_home")
    assert (kids.kind, kids.use) == ("constant", "leave_out")


def test_columns_keep_the_kind_and_dates_the_reading_of_the_whole_table(outer) -> None:
    class First:
        def score(self, table, as_of=""):
            return pd.DataFrame({"segment": (table.index < 12).astype(int)})

    dates = [f"{day:02d}/{month:02d}/2024" for month in (1, 2, 3) for day in range(1, 29)]
    cities = [f"city {number % 12}" for number in range(84)]  # twelve texts in twelve rows would pass for prose
    table = pd.DataFrame({"since": dates, "city": cities, "points": range(100, 16, -1)})
    whole = make_dataset("shop", table)
    few = customers_within(whole, INSIDE, First())
    assert len(few.table) == 12
    assert {c.name: (c.kind, c.date_format) for c in few.columns} == {
        c.name: (c.kind, c.date_format) for c in whole.columns
    }
    assert few.as_of == whole.as_of == "2024-03-28"


def test_of_a_log_it_is_the_customers_that_are_cut() -> None:
    from segkit.data import LogColumns

    lines = [(f"c{i % 40}", f"2024-0{1 + i % 6}-1{i % 9}", 5.0 + i % 7 + i % 40) for i in range(400)]
    log = pd.DataFrame(lines, columns=["who", "when", "paid"])
    whole = make_dataset("shop", log, log=LogColumns(customer="who", date="when", amount="paid"))

    class Big:
        def score(self, table, as_of=""):
            return pd.DataFrame({"segment": (table["amount"] > table["amount"].median()).astype(int)})

    few = customers_within(whole, INSIDE, Big())
    assert 0 < len(few.table) < len(whole.table) == 40
    assert few.log == whole.log
    assert few.used_as("id") == ["who"]
    assert [c.reason for c in few.columns if c.name == "days_between_orders"] == [
        c.reason for c in whole.columns if c.name == "days_between_orders"
    ]
