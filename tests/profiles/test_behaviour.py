"""How segments of a log buy."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, LogColumns, make_dataset
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.profiles.behaviour import expected_value, rfm, segments_then
from segkit.profiles.intervals import of_mean

SHOP = LogColumns("who", "day", amount="paid")
CUT = "2024-06-30"


def lines() -> pd.DataFrame:
    """60 customers: even ones buy every month, odd ones twice in spring; every fourth pays ten times as much."""
    rows = []
    for who in range(60):
        for month in range(1, 13) if who % 2 == 0 else (3, 4):
            day = pd.Timestamp(2024, month, 1 + who % 28)
            rows.append((f"c{who:02d}", day, (10 + who) * (10 if who % 4 == 0 else 1)))
    return pd.DataFrame(rows, columns=["who", "day", "paid"])


def shop(as_of: str = "") -> Dataset:
    return make_dataset("shop", lines(), as_of=as_of, log=SHOP)


def test_recency_frequency_and_money_come_first_and_are_medians() -> None:
    dataset = shop()
    labels = (np.arange(60) % 2).astype(int)
    found = rfm(dataset, labels)
    assert found is not None
    assert found["measure"].tolist()[:4] == ["days since last order", "orders", "spent", "spent per order"]
    typical = found.set_index(["segment", "measure"])["typical"]
    assert (typical[0, "orders"], typical[1, "orders"]) == (12, 2)
    spent = lines().groupby("who")["paid"].sum().to_numpy()
    assert typical[1, "spent"] == np.median(spent[labels == 1])
    assert found.set_index(["segment", "measure"]).loc[(0, "spent"), "everyone_mean"] == pytest.approx(spent.mean())


def test_a_table_of_customers_has_no_such_measures() -> None:
    table = pd.DataFrame({"age": np.arange(40.0), "spent": np.arange(40.0) * 2})
    assert rfm(make_dataset("shop", table), np.zeros(40, dtype=int)) is None


def test_what_customers_then_spent_afterwards_is_told_by_the_segments_they_had_then() -> None:
    labels_then = np.where(np.arange(60) % 2 == 0, 0, 1)
    found = expected_value(shop(CUT), shop(), labels_then).set_index("segment")
    later = lines().query("day > @CUT").groupby("who")["paid"].sum()
    came = later.to_numpy(dtype=float)
    assert found["customers"].tolist() == [30, 30]
    assert found.loc[0, "next_value"] == pytest.approx(came.mean())
    limits = of_mean(came.mean(), came.var(ddof=1), 30)
    assert found.loc[0, ["next_value_low", "next_value_high"]].tolist() == pytest.approx([float(end) for end in limits])
    assert found.loc[1, ["came_again", "next_value"]].tolist() == [0, 0]
    assert found.loc[1, "came_again_high"] > 0.05
    assert found["everyone"].tolist() == pytest.approx([came.sum() / 60] * 2)
    assert found["days"].tolist() == [(pd.Timestamp(shop().as_of) - pd.Timestamp(CUT)).days] * 2


def test_the_segments_of_then_know_nothing_of_what_came_after() -> None:
    now, before = shop(), shop(CUT)
    typed, features = reading_steps(now.columns, [column.name for column in now.feature_columns], now.as_of)
    model = SegmentationModel(columns=typed, features=features).fit(now.features)
    then = segments_then(model, before)
    assert len(then) == 60
    shifted = lines()
    shifted.loc[shifted["day"] > CUT, "paid"] *= 7
    other = make_dataset("shop", shifted, as_of=CUT, log=SHOP)
    assert segments_then(model, other).tolist() == then.tolist()
    # Days are counted to then: read as of the last day everybody would have been away for half a year.
    late = model.predict(before.features)
    assert (late != then).any()
