"""What segments are worth."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segkit.data import Stated, make_dataset
from segkit.data.dataset import Dataset
from segkit.profiles.money import contactable, money, sizes

ROWS = 300


def shop(**columns: object) -> Dataset:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"age": rng.normal(40, 9, ROWS), "visits": rng.gamma(2, size=ROWS), **columns})
    return make_dataset("shop", table, stated=Stated(use={"spent": "value"} if "spent" in columns else {}))


@pytest.fixture
def labels() -> np.ndarray:
    return np.random.default_rng(1).choice([-1, 0, 1], ROWS, p=[0.1, 0.6, 0.3])


@pytest.fixture
def spent(labels: np.ndarray) -> np.ndarray:
    return np.random.default_rng(2).gamma(1.5, 50 * (labels + 2))


def test_customers_and_revenue_add_up_to_all(labels: np.ndarray, spent: np.ndarray) -> None:
    found = money(shop(spent=spent), labels)
    assert found is not None
    assert found["segment"].tolist() == [-1, 0, 1]
    assert found["customers"].sum() == ROWS
    assert found["revenue"].sum() == pytest.approx(spent.sum())
    assert found[["share", "revenue_share"]].sum().tolist() == pytest.approx([1, 1])
    assert found["of"].unique().tolist() == ["spent"]


def test_value_each_has_students_interval(labels: np.ndarray, spent: np.ndarray) -> None:
    found = money(shop(spent=spent), labels)
    assert found is not None
    own = spent[labels == 1]
    expected = stats.t.interval(0.95, len(own) - 1, own.mean(), stats.sem(own))
    row = found.set_index("segment").loc[1]
    assert (row["value_each_low"], row["value_each_high"]) == pytest.approx(expected)


def test_the_interval_of_a_revenue_share_is_about_that_of_the_bootstrap(labels: np.ndarray, spent: np.ndarray) -> None:
    found = money(shop(spent=spent), labels)
    assert found is not None
    drawn = np.random.default_rng(3).integers(0, ROWS, (1000, ROWS))
    shares = np.where(labels == 1, spent, 0)[drawn].sum(axis=1) / spent[drawn].sum(axis=1)
    row = found.set_index("segment").loc[1]
    limits = (row["revenue_share_low"], row["revenue_share_high"])
    assert limits == pytest.approx(np.quantile(shares, [0.025, 0.975]), abs=0.01)


def test_gaps_are_no_revenue_and_do_not_count_in_the_value(labels: np.ndarray, spent: np.ndarray) -> None:
    some = np.where(np.arange(ROWS) % 3 == 0, np.nan, spent)
    found = money(shop(spent=some), labels)
    assert found is not None
    assert found.set_index("segment").loc[0, "value_each"] == pytest.approx(np.nanmean(some[labels == 0]))
    assert found["revenue"].sum() == pytest.approx(np.nansum(some))


def test_few_customers_are_not_said_to_spend_less_than_nothing() -> None:
    labels = np.repeat([0, 1], [ROWS - 2, 2])
    spent = np.append(np.full(ROWS - 2, 5.0), [1.0, 900.0])
    found = money(shop(spent=spent), labels)
    assert found is not None
    assert found["value_each_low"].tolist() == pytest.approx([5, 0])
    assert found.loc[1, "value_each_high"] > 1000


def test_weights_are_customers(labels: np.ndarray, spent: np.ndarray) -> None:
    table = pd.DataFrame({"age": np.arange(ROWS) % 50 + 20.0, "spent": spent, "stands_for": 3})
    stated = Stated(use={"spent": "value", "stands_for": "weight"}, kind={"stands_for": "numeric"})
    weighted = money(make_dataset("shop", table, stated=stated), labels)
    assert weighted is not None
    assert weighted["customers"].sum() == 3 * ROWS
    assert weighted["revenue"].sum() == pytest.approx(3 * spent.sum())


def test_without_a_column_of_money_there_is_none(labels: np.ndarray) -> None:
    assert money(shop(), labels) is None
    assert sizes(labels)["customers"].tolist() == [int((labels == segment).sum()) for segment in (-1, 0, 1)]


def test_columns_that_say_who_may_be_written_to_are_joined(labels: np.ndarray, spent: np.ndarray) -> None:
    email = np.where(np.arange(ROWS) % 2 == 0, "yes", "no")
    phone = (np.arange(ROWS) % 4 == 1).astype(int)
    dataset = shop(spent=spent, EmailOptIn=email, phone_consent=phone)
    reached = contactable(dataset)
    assert reached is not None
    assert reached.mean() == pytest.approx(0.75)
    found = money(dataset, labels)
    assert found is not None
    assert found["contactable"].tolist() == pytest.approx([reached[labels == s].mean() for s in (-1, 0, 1)])


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [("do_not_call", [1, 0], 0.25), ("newsletter", ["true", "false"], 0.75), ("email_opt_out", ["Y", "N"], 0.25)],
)
def test_who_forbids_is_not_contactable(name: str, said: list, expected: float) -> None:
    reached = contactable(shop(**{name: np.where(np.arange(ROWS) % 4 > 0, *said)}))
    assert reached is not None
    assert reached.mean() == pytest.approx(expected)


@pytest.mark.parametrize("name", ["campaign_contact", "mobile_user", "response"])
def test_other_columns_of_two_values_do_not_say_so(name: str) -> None:
    assert contactable(shop(**{name: np.arange(ROWS) % 2})) is None
