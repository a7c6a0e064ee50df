"""What segments are like, column by column."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from segkit.data import Stated, make_dataset
from segkit.profiles.columns import column_profiles, described

ROWS = 300


@pytest.fixture
def shop() -> SimpleNamespace:
    rng = np.random.default_rng(0)
    labels = rng.choice([0, 1, 2, -1], ROWS, p=[0.4, 0.3, 0.2, 0.1])
    typed = pd.DataFrame(
        {
            "plan": np.where(rng.random(ROWS) < np.where(labels == 1, 0.8, 0.2), "gold", "free"),
            "income": 30_000 + 9_000 * labels + rng.normal(0, 4_000, ROWS),
            "opened": (rng.random(ROWS) < np.where(labels == 2, 0.7, 0.1)).astype(float),
            "noise": rng.normal(size=ROWS),
        },
        index=rng.permutation(ROWS) + 7,
    )
    typed.loc[typed.index[:60], "income"] = np.nan
    return SimpleNamespace(typed=typed, labels=labels)


def row(profiles: pd.DataFrame, segment: int, column: str, level: str = "") -> pd.Series:
    found = profiles.query("segment == @segment and column == @column and level == @level")
    assert len(found) == 1
    return found.iloc[0]


def test_a_row_per_segment_and_column_in_the_order_of_the_table(shop: SimpleNamespace) -> None:
    found = column_profiles(shop.typed, shop.labels, ["income"])
    assert found["segment"].tolist() == [0] * 5 + [1] * 5 + [2] * 5
    assert found["column"].tolist()[:5] == ["plan", "plan", "income", "opened", "noise"]
    assert found["kind"].tolist()[:5] == ["level", "level", "number", "flag", "number"]
    assert found["level"].tolist()[:5] == ["free", "gold", "", "", ""]


def test_typical_values_and_effects_are_in_raw_units_and_against_everyone(shop: SimpleNamespace) -> None:
    found = column_profiles(shop.typed, shop.labels, [])
    income = shop.typed["income"].reset_index(drop=True)
    said, own = row(found, 1, "income"), income[shop.labels == 1]
    assert said["typical"] == own.median()
    assert said["everyone"] == income.median()
    assert said["mean"] == pytest.approx(own.mean())
    assert said["effect"] == pytest.approx((own.mean() - income.mean()) / income.std())
    assert said["missing"] == pytest.approx(own.isna().mean())
    gold = shop.typed["plan"].eq("gold").to_numpy()
    assert row(found, 1, "plan", "gold")["typical"] == pytest.approx(gold[shop.labels == 1].mean())
    assert row(found, 1, "plan", "gold")["everyone"] == pytest.approx(gold.mean())
    assert row(found, 1, "plan", "gold")["effect"] == pytest.approx(-row(found, 1, "plan", "free")["effect"])


def test_only_what_was_not_fitted_is_tested_and_against_all_others(shop: SimpleNamespace) -> None:
    found = column_profiles(shop.typed, shop.labels, ["plan", "opened", "noise"])
    assert found["p"].notna().equals(found["column"].eq("income"))
    income = shop.typed["income"].to_numpy()
    groups = [income[shop.labels == segment] for segment in (0, 1, 2)]
    others = [income[shop.labels != segment] for segment in (0, 1, 2)]
    raw = [
        stats.ttest_ind(a, b, equal_var=False, nan_policy="omit").pvalue for a, b in zip(groups, others, strict=True)
    ]
    expected = stats.false_discovery_control(raw)
    assert [row(found, segment, "income")["p"] for segment in (0, 1, 2)] == pytest.approx(list(expected))


def test_what_does_not_differ_is_seldom_called_different() -> None:
    rng = np.random.default_rng(1)
    typed = pd.DataFrame(rng.normal(size=(ROWS, 40))).rename(columns=str)
    assert column_profiles(typed, rng.integers(0, 3, ROWS), [])["p"].min() > 0.05


def test_a_weight_counts_like_so_many_rows_in_the_values(shop: SimpleNamespace) -> None:
    times = pd.Series(np.random.default_rng(2).integers(1, 4, ROWS))
    weighted = column_profiles(shop.typed, shop.labels, [], times)
    drawn = np.repeat(np.arange(ROWS), times)
    expected = column_profiles(shop.typed.iloc[drawn], shop.labels[drawn], [])
    for name in ("typical", "mean", "everyone", "missing"):
        assert np.allclose(weighted[name], expected[name]), name
    assert not np.allclose(weighted["mean"], column_profiles(shop.typed, shop.labels, [])["mean"])


def test_weights_that_are_alike_say_nothing(shop: SimpleNamespace) -> None:
    heavy = column_profiles(shop.typed, shop.labels, [], pd.Series(5.0, index=range(ROWS)))
    pd.testing.assert_frame_equal(heavy, column_profiles(shop.typed, shop.labels, []))


def test_empty_columns_and_a_single_segment_give_gaps() -> None:
    typed = pd.DataFrame({"empty": [np.nan] * 6, "same": 1.0, "x": [1.0, 2, 3, 4, 5, np.nan], "text": [None] * 6})
    found = column_profiles(typed, np.zeros(6, dtype=int), []).set_index("column")
    assert found.index.tolist() == ["empty", "same", "x"]
    assert found.loc["empty", "missing"] == 1
    assert found.loc["empty", ["typical", "effect", "p"]].isna().all()
    assert found.loc["x", "effect"] == 0
    assert found["p"].isna().all()


@pytest.mark.parametrize("value", [0.1, 12345.678, -3e9 / 7])
def test_one_value_and_rounding_are_no_difference(value: float) -> None:
    typed = pd.DataFrame({"same": [value] * 90, "other": np.arange(90.0)})
    said = column_profiles(typed, np.arange(90) % 4, []).query("column == 'same'")
    assert said["p"].isna().all()
    assert said["effect"].isna().all()


def test_nobody_assigned_has_no_rows() -> None:
    typed = pd.DataFrame({"x": [1.0, 2.0]})
    assert column_profiles(typed, np.array([-1, -1]), []).empty
    assert column_profiles(typed[[]], np.array([0, 1]), []).empty


def test_what_is_made_of_fitted_columns_is_as_good_as_fitted() -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({name: rng.gamma(2, size=50) for name in "abc"})
    table["both"] = table["a"] + table["b"]
    table["joined"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, 50), unit="D")
    stated = Stated(
        use=dict.fromkeys(["c", "both", "ratio"], "describe_with"), derive={"ratio": {"ratio": "c", "over": "b"}}
    )
    typed, known = described(make_dataset("shop", table, stated=stated))
    assert list(typed) == ["a", "b", "c", "both", "days_since_joined", "ratio"]
    assert known == {"a", "b", "both", "days_since_joined", "ratio"}
