"""Conditions on one column, together and in round numbers."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.conditions import Condition, filled, fulfil, merged, readable, threshold_near, usual_values

FRAME = pd.DataFrame({"x": [1.0, 5.0, 9.0], "land": ["AT", "DE", "CH"]})


def test_a_number_is_from_low_up_to_but_without_high():
    assert Condition("x", low=5.0, high=9.0).holds(FRAME).tolist() == [False, True, False]
    assert Condition("x", high=5.0).holds(FRAME).tolist() == [True, False, False]


def test_levels_are_named_or_excluded():
    assert Condition("land", levels=("AT", "CH")).holds(FRAME).tolist() == [True, False, True]
    assert Condition("land", levels=("AT", "CH"), excluded=True).holds(FRAME).tolist() == [False, True, False]


def test_two_bounds_on_one_column_are_one_condition():
    both = merged([Condition("x", low=2.0), Condition("land", levels=("DE",)), Condition("x", low=1.0, high=6.0)])
    assert both == (Condition("x", low=2.0, high=6.0), Condition("land", levels=("DE",)))


@pytest.mark.parametrize("excluded", [(True, True), (True, False), (False, True), (False, False)])
def test_merged_levels_hold_where_both_do(excluded):
    one = Condition("land", levels=("AT",) if excluded[0] else ("DE", "CH"), excluded=excluded[0])
    other = Condition("land", levels=("DE",) if excluded[1] else ("AT", "CH"), excluded=excluded[1])
    together = fulfil(merged([one, other]), FRAME)
    assert together.tolist() == (one.holds(FRAME) & other.holds(FRAME)).tolist()


def test_a_readable_number_parts_the_same_values():
    rng = np.random.default_rng(0)
    for low, gap in zip(rng.normal(0, 1e4, 200), rng.exponential(100, 200), strict=True):
        number = readable(low, low + gap, low + gap / 2)
        assert low < number <= low + gap


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(48_912.0, 51_000.0, 50_000), (0.0, 1.0, 1), (-3.0, 4.0, 0), (0.081, 0.0846, 0.082)]
)
def test_the_fewest_digits_are_taken(low, high, expected):
    assert readable(low, high, (low + high) / 2) == expected


def test_leeway_buys_a_rounder_number_and_no_more():
    values = np.sort(np.random.default_rng(1).uniform(0, 1000, 400))
    border = (values[197] + values[198]) / 2
    exact, round_ = threshold_near(values, border, 0), threshold_near(values, border, 20)
    assert (values < exact).sum() == (values < border).sum()
    assert abs((values < round_).sum() - (values < border).sum()) <= 20
    assert len(f"{round_:.12g}".rstrip("0")) < len(f"{exact:.12g}".rstrip("0"))


def test_gaps_are_filled_with_the_median_or_a_level_of_their_own():
    frame = pd.DataFrame({"x": [1.0, None, 3.0, 8.0], "land": ["AT", None, "DE", "DE"], "empty": [np.nan] * 4})
    usual = usual_values(frame)
    assert usual == {"x": 3.0, "land": "(missing)", "empty": 0.0}
    assert not filled(frame, usual).isna().any().any()
