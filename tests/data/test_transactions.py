"""A transaction log in, customers out: every rule on logs small enough to work out by hand, and on two real ones."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.data.read import read
from segkit.data.transactions import CustomersOfLog, LogColumns, customers_of, is_log
from segkit.errors import UserError

SHOP = LogColumns(
    "who", "day", order="order", quantity="units", price="price", product="item", describe=("land",), cancelled="C"
)
FIELDS = ["order", "item", "units", "day", "price", "who", "land"]
LINES = [
    ("1", "tea", 2, "2024-01-01 09:30", 3.0, 7.0, "AT"),
    ("1", "cup", 1, "2024-01-01 09:30", 4.0, 7.0, "AT"),
    ("2", "tea", 4, "2024-01-11 18:00", 2.5, 7.0, "DE"),
    ("3", "tea", 1, "2024-01-31 12:00", 5.0, 7.0, "AT"),
    ("C4", "tea", -1, "2024-02-01 12:00", 5.0, 7.0, "AT"),
    ("5", "pot", 1, "2024-02-02 12:00", 20.0, 9.0, "FR"),
    ("5", "pot", 1, "2024-02-02 12:00", 20.0, 9.0, "FR"),
    ("6", "pot", 1, "2024-02-03 12:00", 20.0, None, "FR"),
    ("7", "pot", 0, "2024-02-03 12:00", 20.0, 9.0, "FR"),
    ("8", "pot", 1, "2024-02-03 12:00", 0.0, 9.0, "FR"),
    ("9", "pot", 1, "some day", 20.0, 8.0, "FR"),
    ("10", "pot", 1, "2024-02-03 12:00", None, 8.0, "FR"),
]
PLAIN = LogColumns("who", "day")


def shop(*lines: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(lines or LINES, columns=FIELDS)


def log_of(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def the_row(found: CustomersOfLog, place: int = 0) -> dict[str, Any]:
    return found.table.iloc[place].to_dict()


def test_a_customer_sums_up_his_purchases() -> None:
    assert the_row(customers_of(shop(), SHOP)) == {
        "who": 7,
        "first_order": pd.Timestamp(2024, 1, 1, 9, 30),
        "last_order": pd.Timestamp(2024, 1, 31, 12),
        "orders": 3,
        "amount": 25.0,  # 2 x 3 + 1 x 4, 4 x 2.5, 1 x 5
        "units": 8.0,
        "products": 2,
        "amount_per_order": pytest.approx(25 / 3),
        "units_per_order": pytest.approx(8 / 3),
        "products_per_order": pytest.approx(4 / 3),
        "price_paid": 3.125,
        "days_between_orders": 15.0,
        "returned_share": 0.2,
        "land": "AT",
    }


def test_a_customer_of_one_order_has_no_days_between_orders() -> None:
    row = the_row(customers_of(shop(), SHOP), 1)
    assert (row["who"], row["orders"], row["amount"], row["returned_share"], row["land"]) == (9, 1, 20.0, 0.0, "FR")
    assert np.isnan(row["days_between_orders"])


def test_every_line_is_accounted_for_once() -> None:
    found = customers_of(shop(), SHOP)
    assert found.notes == (
        "5 of 12 lines made 2 customers",
        "1 line without a customer",
        "1 line with a date that could not be read",
        "1 line left out as duplicates of another (data.log.duplicates=keep counts them)",
        "1 line cancelled",
        "1 line with a quantity, price or amount that is missing or no number",
        "1 line with a quantity not above zero",
        "1 line with a zero or negative price",
        "1 customer without a valid purchase",
    )
    assert found.without_purchase == (8,)


def test_columns_have_one_type_whatever_they_hold() -> None:
    types = customers_of(shop(), SHOP).table.dtypes.astype(str)
    assert types[["who", "orders", "products"]].tolist() == ["int64"] * 3
    assert types[["first_order", "last_order"]].tolist() == ["datetime64[us]"] * 2
    assert set(types[["amount", "units", "products_per_order", "days_between_orders"]]) == {"float64"}


def test_the_log_itself_is_left_alone() -> None:
    log = shop()
    before = log.copy(deep=True)
    customers_of(log, SHOP)
    pd.testing.assert_frame_equal(log, before)


def test_the_row_labels_of_the_log_do_not_matter() -> None:
    pd.testing.assert_frame_equal(customers_of(shop().set_axis([3] * 12), SHOP).table, customers_of(shop(), SHOP).table)


lines = st.tuples(
    st.sampled_from(["1", "2", "C3", None]),
    st.sampled_from(["tea", "cup", None]),
    st.integers(-1, 3),
    st.sampled_from(["2024-01-01 09:30", "2024-01-05", "2024-03-01 23:59"]),
    st.sampled_from([0.1, 0.2, 0.7, 1e9, 0.0, -2.0]),
    st.sampled_from([7.0, 8.0, None]),
    st.sampled_from(["AT", "DE", None]),
)
# One purchase that is always there: a log without any is an error.
logs = st.lists(lines, max_size=15).map(lambda drawn: shop(*drawn, ("9", "tea", 1, "2024-01-01 09:30", 0.3, 7.0, "AT")))


@settings(max_examples=25, deadline=None)
@given(log=logs, seed=st.integers(0, 99))
def test_the_order_of_lines_does_not_matter(log: pd.DataFrame, seed: int) -> None:
    found, shuffled = customers_of(log, SHOP), customers_of(log.sample(frac=1, random_state=seed), SHOP)
    pd.testing.assert_frame_equal(found.table, shuffled.table, check_exact=True)
    assert (found.notes, found.without_purchase) == (shuffled.notes, shuffled.without_purchase)


def test_sums_are_the_same_to_the_last_bit_in_any_order_of_lines() -> None:
    amounts = (10 ** np.random.default_rng(0).uniform(-2, 6, 50)).round(2)
    log = log_of(who=["a"] * 50, day=["2024-01-01"] * 50, total=amounts)
    orders = (log.sample(frac=1, random_state=seed) for seed in range(10))
    assert len({customers_of(order, replace(PLAIN, amount="total")).table["amount"][0] for order in orders}) == 1


@settings(max_examples=25, deadline=None)
@given(log=logs)
def test_a_customer_alone_gets_the_row_that_he_gets_in_the_crowd(log: pd.DataFrame) -> None:
    crowd = customers_of(log, SHOP).table
    alone = customers_of(log[log["who"] == 7], SHOP).table
    pd.testing.assert_frame_equal(alone, crowd[crowd["who"] == 7].reset_index(drop=True), check_exact=True)


@settings(max_examples=25, deadline=None)
@given(log=logs)
def test_lines_and_customers_add_up(log: pd.DataFrame) -> None:
    found = customers_of(log, replace(SHOP, duplicates="keep"))
    counts = [int(note.split()[0]) for note in found.notes if " without an order number" not in note]
    gone = counts.pop() if found.without_purchase else 0
    assert (sum(counts), gone) == (len(log), len(found.without_purchase))
    assert len(found.table) + gone == log["who"].nunique()


def test_a_log_of_one_line() -> None:
    found = customers_of(shop(LINES[0]), SHOP)
    assert (the_row(found)["amount"], found.notes) == (6.0, ("1 of 1 line made 1 customer",))


def test_a_log_of_visits_has_orders_but_no_money() -> None:
    found = customers_of(log_of(who=["a", "a", "b"], day=["2024-01-01", "2024-01-03", "2024-01-02"]), PLAIN)
    assert list(found.table) == ["who", "first_order", "last_order", "orders", "days_between_orders"]
    assert found.table["orders"].tolist() == [2, 1]


def test_without_order_numbers_the_lines_of_a_day_are_an_order() -> None:
    log = log_of(who=["a"] * 3, day=["2024-01-01 09:00", "2024-01-01 21:00", "2024-01-03 09:00"])
    found = customers_of(log, PLAIN)
    assert found.table["orders"].tolist() == [2]
    assert "the log has no order numbers: a customer's lines of one day are one order" in found.notes


def test_lines_that_lack_an_order_number_are_an_order_a_day() -> None:
    log = log_of(who=["a"] * 4, day=["2024-01-01", "2024-01-01", "2024-01-01", "2024-01-02"], no=["1", None, " ", None])
    found = customers_of(log, replace(PLAIN, order="no", duplicates="keep"))
    assert found.table["orders"].tolist() == [3]
    assert "3 lines without an order number: a customer's of one day are one order" in found.notes


def test_a_log_that_ends_before_it_begins_is_refused_with_what_ends_it() -> None:
    columns = replace(PLAIN, since="2024-02-01")
    with pytest.raises(UserError, match=r"from 2024-02-01 on \(data.log.since\), and as_of is 1990-01-01"):
        columns.through("1990-01-01")


def test_days_that_hold_no_line_are_answered_with_those_that_do() -> None:
    log = log_of(who=["a", "b"], day=["2024-01-01", "2024-03-05"])
    with pytest.raises(UserError) as error:
        customers_of(log, PLAIN.through("1990-01-01"))
    assert "as_of" in error.value.problem
    assert error.value.mend == "the log has lines from 2024-01-01 to 2024-03-05: name days among them"


def test_days_long_past_are_orders_too() -> None:
    log = log_of(
        who=["a"] * 3, day=["1960-01-01", "1960-01-01", "1970-01-01"], no=[None, None, 1], item=[None, "x", "x"]
    )
    row = the_row(customers_of(log, replace(PLAIN, order="no", product="item")))
    assert (row["orders"], row["products"], row["products_per_order"]) == (2, 1, 1.0)


def test_lines_without_a_product_count_no_product() -> None:
    log = log_of(who=["a", "b"], day=["2024-01-01"] * 2, item=[None, "x"])
    assert customers_of(log, replace(PLAIN, product="item")).table["products"].tolist() == [0, 1]


def test_two_customers_may_share_an_order_number() -> None:
    log = log_of(who=["a", "b"], day=["2024-01-01"] * 2, no=[1, 1])
    assert customers_of(log, replace(PLAIN, order="no")).table["orders"].tolist() == [1, 1]


def test_two_orders_of_one_day_have_no_days_between_them() -> None:
    log = log_of(who=["a", "a"], day=["2024-01-01"] * 2, no=[1, 2])
    assert customers_of(log, replace(PLAIN, order="no")).table["days_between_orders"].tolist() == [0.0]


def test_duplicates_count_once_or_each_and_must_be_alike_in_every_column() -> None:
    log = log_of(who=["a"] * 3, day=["2024-01-01"] * 3, total=[5.0] * 3, till=[1, 1, 2])
    columns = replace(PLAIN, amount="total", duplicates="drop")
    assert customers_of(log, columns).table["amount"].tolist() == [10.0]
    assert customers_of(log, replace(columns, duplicates="keep")).table["amount"].tolist() == [15.0]


def test_without_order_numbers_lines_alike_are_purchases_unless_said_otherwise() -> None:
    log = log_of(who=["a"] * 3, day=["2024-01-01"] * 3, total=[5.0] * 3, no=[1, 1, 2])
    columns = replace(PLAIN, amount="total")
    kept = customers_of(log.drop(columns="no"), columns)
    assert kept.table["amount"].tolist() == [15.0]
    assert kept.notes[-1].startswith("2 lines like another in every column counted")
    assert "data.log.duplicates=drop: left out" in kept.notes[-1]
    assert customers_of(log, replace(columns, order="no")).table["amount"].tolist() == [10.0]


def test_a_column_of_lists_is_compared_too() -> None:
    log = log_of(who=["a", "a"], day=["2024-01-01"] * 2, tags=[["new"], ["new"]])
    assert (
        "1 line left out as duplicates of another (data.log.duplicates=keep counts them)"
        in customers_of(log, replace(PLAIN, duplicates="drop")).notes
    )


@pytest.mark.parametrize(
    ("totals", "share"), [([10.0, -4.0], 0.4), ([10.0, 0.0], 0.0), ([10.0, -40.0], 1.0), ([10.0, -1.0, -2.0], 0.3)]
)
def test_negative_amounts_are_returns_and_at_most_all_is_returned(totals: list[float], share: float) -> None:
    log = log_of(who=["a"] * len(totals), day=["2024-01-01"] * len(totals), total=totals)
    row = the_row(customers_of(log, replace(PLAIN, amount="total")))
    assert (row["amount"], row["returned_share"]) == (10.0, pytest.approx(share))


def test_a_cancellation_written_with_positive_numbers_is_a_return_all_the_same() -> None:
    log = log_of(who=["a", "a"], day=["2024-01-01"] * 2, total=[10.0, 5.0], no=["1", "C1"])
    row = the_row(customers_of(log, replace(PLAIN, amount="total", order="no", cancelled="C")))
    assert (row["orders"], row["amount"], row["returned_share"]) == (1, 10.0, 0.5)


def test_a_duplicate_of_a_return_is_no_second_return() -> None:
    log = log_of(who=["a"] * 3, day=["2024-01-01"] * 3, total=[10.0, -4.0, -4.0])
    columns = replace(PLAIN, amount="total")
    assert the_row(customers_of(log, replace(columns, duplicates="drop")))["returned_share"] == 0.4
    assert the_row(customers_of(log, replace(columns, duplicates="keep")))["returned_share"] == 0.8


def test_a_stated_amount_wins_over_quantity_times_price() -> None:
    log = log_of(who=["a"], day=["2024-01-01"], n=[2], price=[5.0], total=[9.0])
    row = the_row(customers_of(log, replace(PLAIN, quantity="n", price="price", amount="total")))
    assert (row["amount"], row["units"], row["price_paid"]) == (9.0, 2.0, 4.5)


def test_a_zero_amount_is_no_purchase() -> None:
    log = log_of(who=["a", "b"], day=["2024-01-01"] * 2, total=[9.0, 0.0])
    found = customers_of(log, replace(PLAIN, amount="total"))
    assert found.without_purchase == ("b",)
    assert "1 line with a zero or negative amount" in found.notes


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (["2", "3.5"], 5.5),
        (["1.234,5", "7,5"], 1242.0),
        (["1,234.5", "7"], 1241.5),
        ([Decimal("2.25"), Decimal("0.5")], 2.75),
        (["2", "n/a"], 2.0),
        ([2.0, np.inf], 2.0),
        (["2", None], 2.0),
    ],
)
def test_amounts_are_read_however_they_are_written(written: list[object], read_as: float) -> None:
    log = log_of(who=["a", "a"], day=["2024-01-01", "2024-01-02"], total=pd.Series(written, dtype="object"))
    assert customers_of(log, replace(PLAIN, amount="total")).table["amount"].tolist() == [read_as]


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ([17850.0, 9.0, None], [9, 17850]),
        (["17850.0", "9", None], ["17850", "9"]),
        ([17850, "17850", 17850.0], ["17850"]),
        (["00012", "12", " "], ["00012", "12"]),
        (["Zoë", "Ärger", "客户"], ["Zoë", "Ärger", "客户"]),
        (["A ", " A", "B"], ["A", "B"]),
        ([1.5, 2.0, None], [1.5, 2.0]),
        ([1e300, 2e300, 2.0], [2.0, 1e300, 2e300]),
    ],
)
def test_ids_read_the_same_however_they_are_written(written: list[object], ids: list[object]) -> None:
    log = log_of(who=pd.Series(written).astype("object"), day=["2024-01-01"] * 3)
    assert customers_of(log, PLAIN).table["who"].tolist() == ids


@pytest.mark.parametrize("dtype", ["category", "Int64", "int32", "float32", "float64", "object"])
def test_ids_are_plain_whole_numbers_whatever_their_type(dtype: str) -> None:
    log = log_of(who=pd.Series([10, 9, 10]).astype(dtype), day=["2024-01-01", "2024-01-01", "2024-01-02"])
    who = customers_of(log, PLAIN).table["who"]
    assert (who.tolist(), str(who.dtype)) == ([9, 10], "int64")


@pytest.mark.parametrize(
    "written",
    [
        [20240131, 20240201],
        [20240131.0, 20240201.0],
        ["20240131", "20240201"],
        ["31/01/2024", "01/02/2024"],
        ["2024-01-31T23:59:59Z", "2024-02-01T00:00:00Z"],
        pd.to_datetime(["2024-01-31 23:59", "2024-02-01 00:00"]),
        pd.to_datetime(["2024-01-31 23:59", "2024-02-01 00:00"]).tz_localize("America/New_York"),
        [pd.Timestamp(2024, 1, 31).date(), pd.Timestamp(2024, 2, 1).date()],
    ],
)
def test_dates_are_days_however_they_are_written(written: Any) -> None:
    row = the_row(customers_of(log_of(who=["a", "a"], day=written), PLAIN))
    days = (row["first_order"].normalize(), row["last_order"].normalize())
    assert days == (pd.Timestamp(2024, 1, 31), pd.Timestamp(2024, 2, 1))
    assert row["days_between_orders"] == 1


@pytest.mark.parametrize("number", [2024, 45322, 1706659200])
def test_numbers_that_are_no_days_are_not_taken_for_dates(number: int) -> None:
    with pytest.raises(UserError) as raised:
        customers_of(log_of(who=["a"], day=[number]), PLAIN)
    assert "1 line with a date that could not be read" in raised.value.problem
    assert "data.log.date_format" in raised.value.mend


def test_a_log_not_written_in_the_stated_format_is_told_it() -> None:
    with pytest.raises(UserError) as raised:
        customers_of(log_of(who=["a"], day=["12/31/2024"]), replace(PLAIN, date_format="%d.%m.%Y"))
    assert raised.value.mend == "they are read as %d.%m.%Y: write them so"


def test_the_format_found_in_one_log_can_be_stated_for_the_next() -> None:
    found = customers_of(log_of(who=["a", "a"], day=["12/31/2024", "01/02/2024"]), PLAIN)
    later = log_of(who=["b"], day=["01/03/2025"])
    stated = customers_of(later, replace(PLAIN, date_format=found.date_format))
    assert stated.table["last_order"].tolist() == [pd.Timestamp(2025, 1, 3)]
    assert customers_of(later, PLAIN).table["last_order"].tolist() == [pd.Timestamp(2025, 3, 1)]


def test_numbers_are_days_in_any_format_that_is_stated() -> None:
    found = customers_of(log_of(who=["a"], day=[202401310930]), replace(PLAIN, date_format="%Y%m%d%H%M"))
    assert found.table["last_order"].tolist() == [pd.Timestamp(2024, 1, 31, 9, 30)]


def test_only_days_since_and_until_are_looked_at_both_included() -> None:
    log = log_of(who=["a", "b", "c", "d"], day=["2024-01-01", "2024-01-02 00:00", "2024-01-03 23:59", "2024-01-04"])
    found = customers_of(log, replace(PLAIN, since="2024-01-02", until="2024-01-03"))
    assert found.table["who"].tolist() == ["b", "c"]
    assert "2 lines outside the days that are looked at (data.log.since, data.log.until, as_of)" in found.notes
    assert found.without_purchase == ()  # who bought on other days is not looked at


def test_one_end_may_be_left_open() -> None:
    log = log_of(who=["a", "b", "c"], day=["2024-01-01", "2024-01-02", "2024-01-03"])
    assert customers_of(log, replace(PLAIN, since="2024-01-02")).table["who"].tolist() == ["b", "c"]
    assert customers_of(log, replace(PLAIN, until="2024-01-02")).table["who"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["DE", "AT", "DE"], "DE"),
        (["DE", "AT", None], "AT"),
        ([None, None, "DE"], "DE"),
        ([3, 3, 1], 3),
        ([True, True, False], True),
        (pd.Categorical(["DE", "AT", "DE"]), "DE"),
        (["x", 1, 1], "1"),
    ],
)
def test_a_customer_is_described_by_his_most_frequent_value(values: Any, expected: object) -> None:
    log = log_of(who=["a"] * 3, day=["2024-01-01", "2024-01-02", "2024-01-03"], land=values)
    assert customers_of(log, replace(PLAIN, describe=("land",))).table["land"].tolist() == [expected]


def test_who_has_no_value_is_described_as_missing() -> None:
    log = log_of(who=["a", "b"], day=["2024-01-01"] * 2, land=[None, "DE"], empty=[None, None])
    table = customers_of(log, replace(PLAIN, describe=("land", "empty"))).table
    assert table["land"].isna().tolist() == [True, False]
    assert table["empty"].isna().all()


def test_the_columns_of_the_log_keep_their_names() -> None:
    log = log_of(orders=["a"], day=["2024-01-01"], amount=[5.0])
    found = customers_of(log, LogColumns("orders", "day", amount="amount", describe=("amount", "orders")))
    assert (the_row(found)["orders"], the_row(found)["customer_orders"]) == ("a", 1)
    assert (the_row(found)["amount"], the_row(found)["customer_amount"]) == (5.0, 5.0)
    assert "orders is called customer_orders: orders is a column of the log" in found.notes
    assert found.table.columns.is_unique


def test_a_log_without_any_purchase_is_refused_with_the_reasons() -> None:
    with pytest.raises(UserError) as raised:
        customers_of(shop(LINES[4], LINES[7]), SHOP)
    assert raised.value.problem == "no line of the log is a purchase: 1 line without a customer; 1 line cancelled"
    with pytest.raises(UserError, match="the log has no lines"):
        customers_of(shop().head(0), SHOP)


@pytest.mark.parametrize(
    ("field", "value", "problem", "mend"),
    [
        ("customer", "whom", "data.log.customer names a column that the log lacks: whom", "did you mean who?"),
        ("price", "prize", "data.log.price names a column that the log lacks: prize", "did you mean price?"),
        ("describe", ("lnd",), "data.log.describe names a column that the log lacks: lnd", "did you mean land?"),
        ("describe", "land", "data.log.describe is a list of columns", "write it as [land]"),
        ("customer", "", "data.log.customer is not given", "name the column: data.log.customer=..."),
        ("since", "1.1.2024", "data.log.since=1.1.2024 is not a date", "write it as 2025-06-30"),
        ("until", "2024", "data.log.until=2024 is not a date", "write it as 2025-06-30"),
        ("duplicates", "yes", "data.log.duplicates=yes is not known", "choose from drop, keep"),
        ("order", "", "data.log.cancelled is given without data.log.order", "name the column of order numbers"),
        ("quantity", "", "data.log.price is given without data.log.quantity", "name the quantity too"),
        ("date_format", "%Q", "data.log.date_format=%Q is no format", "write it like"),
    ],
)
def test_what_is_said_wrongly_is_named(field: str, value: Any, problem: str, mend: str) -> None:
    with pytest.raises(UserError) as raised:
        customers_of(shop(), replace(SHOP, **{field: value}))
    assert raised.value.problem.startswith(problem)
    assert raised.value.mend.startswith(mend)


def test_since_after_until_is_refused() -> None:
    with pytest.raises(UserError, match=r"since=2024-02-01 is after data\.log\.until=2024-01-01"):
        customers_of(shop(), replace(SHOP, since="2024-02-01", until="2024-01-01"))


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(UserError, match="two columns of the same name: day"):
        customers_of(pd.DataFrame([["a", "2024-01-01", "x"]], columns=["who", "day", "day"]), PLAIN)


def test_a_log_is_told_from_the_customers_made_of_it() -> None:
    assert is_log(shop(), SHOP)
    assert not is_log(customers_of(shop(), SHOP).table, SHOP)


RETAIL = LogColumns(
    "CustomerID",
    "InvoiceDate",
    "InvoiceNo",
    quantity="Quantity",
    price="UnitPrice",
    product="StockCode",
    describe=("Country",),
    cancelled="C",
)


@pytest.fixture(scope="module")
def retail(real_data) -> pd.DataFrame:
    return read(real_data("online_retail.parquet")).table


def test_online_retail_has_4338_customers_and_34_without_a_purchase(retail: pd.DataFrame) -> None:
    found = customers_of(retail, RETAIL)
    assert found.notes == (
        "392,692 of 541,909 lines made 4,338 customers",
        "135,080 lines without a customer",
        "5,225 lines left out as duplicates of another (data.log.duplicates=keep counts them)",
        "8,872 lines cancelled",
        "40 lines with a zero or negative price",
        "34 customers without a valid purchase",
    )
    assert len(found.without_purchase) == 34
    assert len(found.table) + 34 == retail["CustomerID"].nunique()
    assert found.table["returned_share"].between(0, 1).all()


def test_the_published_sums_of_online_retail_keep_duplicates(retail: pd.DataFrame) -> None:
    table = customers_of(retail, replace(RETAIL, duplicates="keep")).table
    assert (len(table), table["orders"].sum(), table["amount"].sum().round(2)) == (4338, 18532, 8911407.90)
    by_hand = retail[(retail["CustomerID"] == 12347) & (retail["Quantity"] > 0)]
    row = table[table["CustomerID"] == 12347].iloc[0]
    assert (row["orders"], row["products"]) == (by_hand["InvoiceNo"].nunique(), by_hand["StockCode"].nunique())
    assert row["amount"] == pytest.approx((by_hand["Quantity"] * by_hand["UnitPrice"]).sum())


def test_what_is_fitted_knows_nothing_of_what_came_later(retail: pd.DataFrame) -> None:
    early = customers_of(retail, replace(RETAIL, until="2011-06-30")).table
    late = customers_of(retail, replace(RETAIL, since="2011-07-01")).table
    assert early["last_order"].max().normalize() == pd.Timestamp(2011, 6, 30)
    assert late["first_order"].min().normalize() == pd.Timestamp(2011, 7, 1)
    whole = customers_of(retail, RETAIL).table
    assert early["orders"].sum() + late["orders"].sum() == whole["orders"].sum()
    cut = retail[retail["InvoiceDate"] < "2011-07-01"]
    pd.testing.assert_frame_equal(early, customers_of(cut, RETAIL).table)


def test_cdnow_has_days_written_as_numbers_and_purchases_for_nothing(real_data) -> None:
    log = read(real_data("CDNOW_master.txt")).table
    columns = LogColumns(customer="customer_id", date="date", quantity="number_of_cds", amount="dollar_value")
    found = customers_of(log, replace(columns, duplicates="drop"))
    assert found.notes == (
        "69,324 of 69,659 lines made 23,502 customers",
        "255 lines left out as duplicates of another (data.log.duplicates=keep counts them)",
        "80 lines with a zero or negative amount",
        "the log has no order numbers: a customer's lines of one day are one order",
        "68 customers without a valid purchase",
    )
    assert len(found.table) + 68 == 23570
    row = the_row(found, 1)
    assert (row["customer_id"], row["orders"], row["amount"], row["units"]) == ("00002", 1, 89.0, 6.0)
    assert found.table["first_order"].min() == pd.Timestamp(1997, 1, 1)
    assert found.table["last_order"].max() == pd.Timestamp(1998, 6, 30)
