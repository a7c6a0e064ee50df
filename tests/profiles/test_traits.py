"""Columns as numbers, and how far segments lie from everyone."""

import numpy as np
import pandas as pd
import pytest

from segkit.profiles import effects, trait_table
from segkit.profiles.traits import is_flag, likeness, segment_means

LABELS = np.array([0, 0, 0, 1, 1, -1])


def test_traits_are_numbers_and_shares_of_levels(typed: pd.DataFrame) -> None:
    traits = trait_table(typed)
    assert list(traits.columns) == ["spend_wine", "same", "plan=a", "plan=b"]
    assert traits["plan=a"].tolist() == [1, 1, 1, 0, 0, 0]


def test_rare_levels_are_no_traits() -> None:
    levels = ["a"] * 60 + ["b"] * 39 + ["rare"]
    assert list(trait_table(pd.DataFrame({"plan": levels})).columns) == ["plan=a", "plan=b"]


def test_what_one_customer_says_is_no_trait_however_few_there_are() -> None:
    assert list(trait_table(pd.DataFrame({"city": ["Ulm", "Ulm", "12 High St"]})).columns) == ["city=Ulm"]


def test_effects_are_standard_deviations_from_the_mean_of_all() -> None:
    found = effects(pd.DataFrame({"x": [0.0, 0.0, 4.0, 4.0]}), np.array([0, 0, 1, 1]))
    assert found["x"].to_dict() == {0: -1.0, 1: 1.0}


def test_effects_leave_out_noise_and_traits_that_do_not_vary(typed: pd.DataFrame) -> None:
    found = effects(trait_table(typed), LABELS)
    assert found.index.tolist() == [0, 1]
    assert list(found.columns) == ["spend_wine", "plan=a", "plan=b"]


def test_effects_are_what_pandas_makes_of_them() -> None:
    rng = np.random.default_rng(0)
    traits = pd.DataFrame(rng.normal(size=(200, 3)), columns=list("abc")).mask(rng.random((200, 3)) < 0.1)
    labels = rng.integers(-1, 3, 200)
    expected = ((traits - traits.mean()) / traits.std(ddof=0)).groupby(labels).mean().drop(index=-1)
    pd.testing.assert_frame_equal(effects(traits, labels), expected)


def test_an_empty_column_has_no_effect_and_no_mean() -> None:
    traits = pd.DataFrame({"x": [1.0, 2.0, 3.0], "empty": [np.nan] * 3})
    labels = np.array([0, 0, 1])
    assert list(effects(traits, labels)) == ["x"]
    assert segment_means(traits, labels)["empty"].isna().all()


@pytest.mark.parametrize("value", [0.1, 12345.678])
def test_one_value_and_rounding_have_no_effect(value: float) -> None:
    assert effects(pd.DataFrame({"same": [value] * 90}), np.arange(90) % 4).empty


def test_means_count_each_customer_by_his_weight() -> None:
    found = segment_means(pd.DataFrame({"x": [1.0, 3.0, np.nan]}), np.array([0, 0, 0]), np.array([3.0, 1.0, 9.0]))
    assert found["x"].tolist() == [1.5]


def test_traits_are_alike_whichever_way_they_go_together() -> None:
    x = np.random.default_rng(0).normal(size=300)
    other = np.random.default_rng(1).normal(size=300)
    traits = pd.DataFrame({"x": x, "minus": -2 * x, "other": other, "same": 1.0, "gap": np.where(x > 9, x, np.nan)})
    found = likeness(traits)
    assert found.loc["x", "minus"] == pytest.approx(1)
    assert found.loc["x", "other"] == pytest.approx(abs(np.corrcoef(x, other)[0, 1]))
    assert found.loc["x", ["same", "gap"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("values", "expected"), [([0, 1, None], True), ([0, 2], False), ([None], False), ([1.0], True)]
)
def test_flags_are_zero_or_one(values: list, expected: bool) -> None:
    assert is_flag(pd.Series(values, dtype=float)) == expected
