"""The days after a cut: which day that is, what was bought, and what segments can be judged by."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, LogColumns, make_dataset
from segkit.errors import UserError
from segkit.evidence.next_period import cut_day, next_period, next_value
from segkit.evidence.rivals import measured, rivals
from segkit.evidence.usefulness import usefulness

SHOP = LogColumns("who", "day", amount="paid")
LINES = pd.DataFrame(
    [
        ("ann", "2024-01-01", 5.0),
        ("ann", "2024-06-30", 6.0),
        ("ann", "2024-07-01", 7.0),
        ("ann", "2024-12-31", 8.0),
        ("bob", "2024-03-01", 9.0),
        ("cid", "2024-06-30", 1.0),
        ("cid", "2024-08-01", 100.0),
        ("new", "2024-09-01", 50.0),
    ],
    columns=["who", "day", "paid"],
)


def shop(as_of: str = "", lines: pd.DataFrame = LINES, columns: LogColumns = SHOP) -> Dataset:
    return make_dataset("shop", lines, as_of=as_of, log=columns)


def covering(days: int) -> Dataset:
    ends = [pd.Timestamp("2020-01-01"), pd.Timestamp("2020-01-01") + pd.Timedelta(days=days)]
    lines = pd.DataFrame({"who": ["ann", "bob", "cid"] * 2, "day": ends * 3, "paid": range(1, 7)})
    return shop(lines=lines)


@pytest.mark.parametrize(("covered", "withheld"), [(100, 50), (365, 182), (400, 183), (732, 183), (1000, 250)])
def test_half_a_year_is_withheld_or_what_the_log_allows(covered, withheld):
    end = pd.Timestamp("2020-01-01") + pd.Timedelta(days=covered)
    assert (end - pd.Timestamp(cut_day(covering(covered)))).days == withheld


@pytest.mark.parametrize("covered", [0, 1])
def test_of_a_day_or_two_nothing_can_be_withheld(covered):
    with pytest.raises(UserError, match="shop covers too few days"):
        cut_day(covering(covered))


def test_what_each_spent_after_the_cut_is_matched_by_his_id():
    found = next_value(shop("2024-06-30"), shop())
    assert dict(zip(shop("2024-06-30").ids, found, strict=True)) == {"ann": 15.0, "bob": 0.0, "cid": 100.0}
    assert found.name == "next_amount"


def test_without_amounts_orders_are_counted():
    columns = LogColumns("who", "day")
    found = next_value(shop("2024-06-30", columns=columns), shop(columns=columns))
    assert (found.name, found.tolist()) == ("next_orders", [2.0, 0.0, 1.0])


def test_who_came_no_more_spent_nothing_to_the_last_digit():
    lines = pd.DataFrame({"who": ["ann"] * 30 + ["bob"], "day": "2024-01-01", "paid": [0.1] * 30 + [3.0]})
    later = pd.concat([lines, pd.DataFrame({"who": ["bob"], "day": "2024-08-01", "paid": [0.1]})], ignore_index=True)
    found = next_value(shop("2024-06-30", later), shop(lines=later))
    assert found.tolist() == [0.0, pytest.approx(0.1)]


def test_segments_are_judged_by_coming_again_and_by_spending():
    found = next_period(shop("2024-06-30"), shop())
    assert found["bought_again"].tolist() == [True, False, True]
    assert found["best_fifth"].tolist() == [False, False, True]
    assert found["log_next_amount"].tolist() == pytest.approx(np.log1p([15 / 57.5, 0, 100 / 57.5]))


def test_the_currency_does_not_matter():
    cents = LINES.assign(paid=LINES["paid"] * 100)
    found = next_period(shop("2024-06-30", cents), shop(lines=cents))
    pd.testing.assert_frame_equal(found, next_period(shop("2024-06-30"), shop()))


def test_where_nobody_came_again_there_is_nothing_to_tell():
    found = next_period(shop("2024-06-30"), shop("2024-06-30"))
    assert not found.any(axis=None)
    assert all(np.isnan(value) for value in usefulness(np.array([0, 1, 1]), found).values())


def test_customers_who_are_no_log_have_no_next_period(customers):
    with pytest.raises(UserError, match="customers is no log"):
        cut_day(customers)
    with pytest.raises(UserError, match="no log"):
        next_value(customers, customers)


def test_rules_of_thumb_tell_the_next_half_year_of_a_real_log(real_data):
    lines = pd.read_csv(real_data("CDNOW_master.txt"), sep=r"\s+", header=None, names=["who", "day", "units", "paid"])
    columns = LogColumns("who", "day", amount="paid", duplicates="keep")
    cut = cut_day(shop(lines=lines, columns=columns))
    before, after = (shop(as_of, lines, columns) for as_of in (cut, ""))
    assert (cut, len(before.table)) == ("1997-12-29", 23502)
    found = measured(rivals(before), next_period(before, after)).set_index("name")
    assert found.loc["RFM cells", "bought_again"] == pytest.approx(0.764, abs=0.005)
