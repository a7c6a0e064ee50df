"""The shop over seven months: what is planted in its customers, month by month."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_mutual_info_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from segkit.data import make_month
from segkit.data.months import MONTHS

FIRST = {"store_regulars", "bargain_hunters", "gift_givers", "app_fans"}
NUMBERS = ["age", "orders", "basket", "web_visits", "web_share", "sale_share", "returned_share"]


@pytest.fixture(scope="module")
def months() -> list[pd.DataFrame]:
    return [make_month(month, 1000) for month in range(MONTHS)]


def truths(months: list[pd.DataFrame]) -> pd.DataFrame:
    """One row per customer of month 0, and a column per month: the planted segment."""
    return pd.concat([table.set_index("customer_id")["truth"] for table in months], axis=1, keys=range(MONTHS)).loc[
        months[0]["customer_id"]
    ]


@pytest.mark.parametrize("month", [-1, 7])
def test_another_month_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match=f"month must be 0 to 6, got {month}"):
        make_month(month)


def test_fewer_rows_than_one_are_refused() -> None:
    with pytest.raises(ValueError, match="rows must be at least 1, got 0"):
        make_month(0, rows=0)


def test_the_same_call_gives_the_same_table_and_another_seed_another_one() -> None:
    pd.testing.assert_frame_equal(make_month(4, 200, seed=3), make_month(4, 200, seed=3))
    assert not make_month(4, 200, seed=3).equals(make_month(4, 200, seed=4))


@pytest.mark.parametrize(("month", "expected"), [(0, 14777864885827071135), (6, 5306283077533210297)])
def test_the_generator_is_frozen(month: int, expected: int) -> None:
    """The figures in docs/six_months.md rest on these rows; see the same test of the demo customers."""
    assert int(pd.util.hash_pandas_object(make_month(month, 200)).sum()) == expected


def test_customers_stay_the_same_people_and_newcomers_stand_below(months: list[pd.DataFrame]) -> None:
    for before, after in pairwise(months):
        known = after.head(len(before))
        assert after["customer_id"].is_unique
        assert known["customer_id"].tolist() == before["customer_id"].tolist()
        assert known["joined"].tolist() == before["joined"].tolist()
        assert np.corrcoef(known["basket"], before["basket"])[0, 1] > 0.8
        assert not known["basket"].equals(before["basket"])


def test_the_newest_date_is_about_the_last_of_the_month_and_nobody_ordered_before_joining(
    months: list[pd.DataFrame],
) -> None:
    for month, table in enumerate(months):
        joined, last = pd.to_datetime(table["joined"]), pd.to_datetime(table["last_order"])
        end = pd.Timestamp(2025, month + 1, 1) + pd.offsets.MonthEnd()
        assert end - pd.Timedelta(days=2) <= last.max() <= end
        assert (joined <= last).all()
        newcomers = joined[~table["customer_id"].isin(months[max(month - 1, 0)]["customer_id"])]
        assert (newcomers.dt.month == month + 1).all()


def test_app_fans_grow_every_month(months: list[pd.DataFrame]) -> None:
    counts = pd.Series([(table["truth"] == "app_fans").sum() for table in months])
    assert counts.is_monotonic_increasing
    assert counts.iloc[-1] > 1.7 * counts.iloc[0]


def test_a_few_regulars_and_hunters_change_sides_and_nobody_else_does_before_the_split(
    months: list[pd.DataFrame],
) -> None:
    truth = truths(months)
    for month in (1, 2):
        moved = truth[truth[month] != truth[month - 1]]
        assert set(zip(moved[month - 1], moved[month], strict=True)) == {
            ("store_regulars", "bargain_hunters"),
            ("bargain_hunters", "store_regulars"),
        }
        assert len(moved) / len(truth) < 0.025


def test_who_changes_sides_behaves_like_the_others_there(months: list[pd.DataFrame]) -> None:
    truth, table = truths(months), months[6].set_index("customer_id")
    came = truth.index[(truth[0] == "store_regulars") & (truth[6] == "bargain_hunters")]
    typical = table.groupby("truth")["sale_share"].median()
    found = table.loc[came, "sale_share"].median()
    assert abs(found - typical["bargain_hunters"]) < abs(found - typical["store_regulars"])


def test_over_a_third_of_the_regulars_parts_in_month_three_and_stay_apart(months: list[pd.DataFrame]) -> None:
    truth = truths(months)
    parted = truth[3] == "click_and_collect"
    assert set(truth.loc[parted, 2]) <= {"store_regulars", "bargain_hunters"}
    assert 0.3 < parted.sum() / (parted | (truth[3] == "store_regulars")).sum() < 0.45
    assert not (truth[[0, 1, 2]] == "click_and_collect").any(axis=None)
    assert (truth.loc[parted, [4, 5, 6]] == "click_and_collect").all(axis=None)
    gap = [table.groupby("truth")["web_share"].median() for table in months]
    apart = [gap[month]["click_and_collect"] - gap[month]["store_regulars"] for month in (3, 4, 5, 6)]
    assert apart == sorted(apart)
    assert apart[0] < 0.25 < 0.6 < apart[-1]


def test_business_buyers_are_newcomers_of_month_four_and_pay_as_nobody_had(months: list[pd.DataFrame]) -> None:
    assert set(months[0]["truth"]) == set(months[2]["truth"]) == FIRST
    business = [set(table.loc[table["truth"] == "business_buyers", "customer_id"]) for table in months]
    assert [len(found) for found in business] == [0, 0, 0, 0, 15, 65, 130]
    assert not business[6] & set(months[3]["customer_id"])
    assert "transfer" not in set(months[3]["payment"])
    assert (months[6].loc[months[6]["truth"] == "business_buyers", "payment"] == "transfer").mean() > 0.7


@pytest.mark.parametrize(("month", "least", "most"), [(0, 0.8, 0.98), (3, 0.75, 0.95), (6, 0.8, 0.98)])
def test_even_who_was_shown_the_truth_recovers_it_in_part_only(
    months: list[pd.DataFrame], month: int, least: float, most: float
) -> None:
    table = months[month]
    features = table[NUMBERS].apply(np.log1p).join(pd.get_dummies(table[["payment", "app"]]))
    judge = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    found = cross_val_predict(judge, features, table["truth"])
    assert least < adjusted_mutual_info_score(table["truth"], found) < most


def test_the_order_of_the_first_customers_and_their_ids_tell_nothing() -> None:
    table = make_month(0, 4000)
    number = table["customer_id"].str[1:].astype("int64")
    assert (number.groupby(table["truth"]).mean() / number.mean()).between(0.95, 1.05).all()
    halves = [part.value_counts(normalize=True) for part in (table["truth"][:2000], table["truth"][2000:])]
    assert (halves[0] - halves[1]).abs().max() < 0.05
