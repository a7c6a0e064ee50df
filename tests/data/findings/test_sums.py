"""Totals are found where there are any, and nowhere else."""

import numpy as np
import pandas as pd
import pytest

from segkit.data.customers import make_customers
from segkit.data.findings import totals
from segkit.data.read import read


def amounts(rows: int = 400, seed: int = 0, columns: str = "abcdef") -> pd.DataFrame:
    """Amounts in cents, half of them 0."""
    rng = np.random.default_rng(seed)
    drawn = {name: np.round(rng.lognormal(4, 1, rows) * (rng.random(rows) < 0.5), 2) for name in columns}
    return pd.DataFrame(drawn)


def test_a_sum_is_found_with_its_parts_in_table_order():
    table = amounts()
    table.insert(0, "sum", table["d"] + table["b"] + table["c"])
    assert totals(table) == {"sum": ("b", "c", "d")}


def test_a_sum_of_sums_is_given_by_its_smallest_parts():
    table = amounts().assign(ab=lambda t: t.a + t.b, abc=lambda t: t.ab + t.c)
    assert totals(table) == {"ab": ("a", "b"), "abc": ("a", "b", "c")}


@pytest.mark.parametrize("digits", [0, 1, 2])
def test_rounding_of_parts_and_total_is_allowed(digits):
    exact = amounts() * 31.7
    table = exact.round(digits).assign(sum=exact[["a", "b", "c"]].sum(axis=1).round(digits))
    assert totals(table) == {"sum": ("a", "b", "c")}


def test_counts_have_to_add_up_exactly():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.poisson(2, (500, 3)), columns=["kids", "teens", "pets"])
    assert totals(table.assign(home=table.kids + table.teens)) == {"home": ("kids", "teens")}
    assert totals(table.assign(home=table.kids + table.teens + (rng.random(500) < 0.05))) == {}


def test_one_row_in_a_hundred_may_be_wrong_but_not_three():
    table = amounts(1000).assign(sum=lambda t: t.a + t.b)
    for wrong, expected in ((8, {"sum": ("a", "b")}), (30, {})):
        table.loc[table.index[:wrong], "sum"] = 99_999.0
        assert totals(table) == expected


def test_gaps_hide_no_sum():
    table = amounts(1000).assign(sum=lambda t: t.a + t.b)
    table.loc[::9, "a"] = np.nan
    table.loc[::7, "sum"] = np.nan
    assert totals(table) == {"sum": ("a", "b")}


def test_a_sum_with_something_that_is_not_in_the_table_is_none():
    table = amounts(1000).assign(sum=lambda t: t.a + t.b + t.c)
    assert totals(table.drop(columns="c")) == {}


def test_duplicates_constants_and_nearly_empty_columns_make_no_total():
    table = amounts()
    table = table.assign(same=table.a, twice=table.b * 2, one=1, more=table.c + 1, zero=0, nearly=table.d)
    table.loc[3, "nearly"] += 5
    table["rare"] = 0.0
    table.loc[3, "rare"] = 5.0
    assert totals(table) == {}


def test_flags_that_add_up_to_a_flag_are_no_amounts():
    rng = np.random.default_rng(0)
    first = rng.random(500) < 0.02
    second = (rng.random(500) < 0.02) & ~first
    assert totals(pd.DataFrame({"a": first, "b": second, "any": first | second}).astype(int)) == {}


def test_parts_that_make_a_constant_whole_give_no_total():
    first = np.random.default_rng(0).integers(0, 101, 300)
    assert totals(pd.DataFrame({"online": first, "shop": 100 - first, "all": 100})) == {}


def test_zeros_do_not_make_a_sum_right():
    table = pd.DataFrame(0.0, index=range(5000), columns=["a", "b", "sum"])
    table.loc[:99, ["a", "b"]] = np.random.default_rng(0).integers(5, 90, (100, 2))
    table["sum"] = table.a + table.b
    assert totals(table) == {"sum": ("a", "b")}
    table.loc[:14, "sum"] += 7
    assert totals(table) == {}


def test_a_part_that_hardly_ever_matters_is_not_named():
    table = amounts(1000).assign(rare=0.0)
    table.loc[:4, "rare"] = 50.0
    assert totals(table.assign(sum=lambda t: t.a + t.b + t.rare)) == {"sum": ("a", "b")}


def test_few_rows_and_negative_numbers_prove_nothing():
    table = (amounts(200) + 1).assign(sum=lambda t: t.a + t.b)
    assert totals(table.head(19)) == {}
    assert totals(table.head(25)) == {"sum": ("a", "b")}
    table = amounts().assign(sum=lambda t: t.a - t.b)
    assert totals(table[["a", "b", "sum"]].assign(b=-table.b)) == {}


@pytest.mark.parametrize("seed", range(15))
def test_chance_makes_no_totals(seed):
    rng = np.random.default_rng(seed)
    rows = int(rng.choice([20, 40, 200, 1000]))
    flags = {f"f{i}": rng.random(rows) < rng.choice([0.01, 0.05, 0.3]) for i in range(20)}
    counts = {f"c{i}": rng.poisson(rng.choice([0.05, 0.3, 1, 3]), rows) for i in range(12)}
    codes = {f"k{i}": rng.integers(0, 4, rows) for i in range(5)}
    table = pd.DataFrame(flags | counts | codes).astype(float)
    assert totals(table.join(amounts(rows, seed))) == {}


def test_demo_customers_have_one_total():
    spend = ("spend_wine", "spend_fruit", "spend_meat", "spend_fish", "spend_sweets", "spend_gold")
    assert totals(make_customers(300)) == {"spend_total": spend}


def test_the_credit_card_table_has_one_total_and_no_other_table_has_any(real_data):
    parts = ("ONEOFF_PURCHASES", "INSTALLMENTS_PURCHASES")
    assert totals(read(real_data("CC_GENERAL.csv")).table) == {"PURCHASES": parts}
    for name in ("marketing_campaign.csv", "Churn_Modelling.csv", "Mall_Customers.csv", "Wholesale_customers.csv"):
        assert totals(read(real_data(name)).table) == {}
    assert totals(read(real_data("bank-full.csv")).table) == {}


def test_totals_beside_their_parts_are_a_finding(found):
    table = amounts().assign(sum=lambda t: t.a + t.b)
    (finding,) = found(table)["total"]
    assert finding.columns == ("sum", "a", "b")
    assert finding.mend == "data.use.sum=describe_with"
    assert "total" not in found(table, sum={"use": "describe_with"})


def test_purchases_of_the_credit_card_table_are_a_finding(real_data, found):
    topics = found(read(real_data("CC_GENERAL.csv")).table, PURCHASES={"use": "segment_on"})
    assert topics["total"][0].columns == ("PURCHASES", "ONEOFF_PURCHASES", "INSTALLMENTS_PURCHASES")
