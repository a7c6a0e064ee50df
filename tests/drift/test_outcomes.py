"""What has become of segments since."""

import numpy as np
import pandas as pd
import pytest

from segkit.drift.outcomes import outcomes_now
from segkit.scoring.baseline import baseline_of

SEGMENTS = np.repeat([0, 1], 100)


def then(values: pd.Series):
    return baseline_of(pd.DataFrame({"x": range(200)}), SEGMENTS, values.to_frame()).outcomes


def test_a_rate_is_held_against_that_of_the_fit():
    before = then(pd.Series([0, 0, 0, 0, 1] * 40, name="churned"))
    still, risen = outcomes_now(before, pd.DataFrame({"churned": [0, 0, 0, 0, 1] * 20 + [0, 1] * 50}), SEGMENTS)
    assert (still.value, still.before, still.p) == (0.2, 0.2, 1.0)
    assert risen.low < risen.value == 0.5 < risen.high
    assert risen.effect == pytest.approx(0.3)
    assert risen.p < 0.001


def test_a_mean_is_told_in_standard_deviations():
    values = np.random.default_rng(0).normal(10, 2, 200)
    before = then(pd.Series(values, name="spend"))
    first, second = outcomes_now(before, pd.DataFrame({"spend": np.where(SEGMENTS == 1, values + 1, values)}), SEGMENTS)
    assert first.effect == pytest.approx(0, abs=1e-4)
    assert second.effect == pytest.approx(0.5, abs=0.06)
    assert not second.is_rate


def test_levels_are_told_by_their_text():
    before = then(pd.Series(["no", "no", "no", "yes"] * 50, name="bought"))
    found = outcomes_now(before, pd.DataFrame({"bought": ["no", "yes "] * 100}), SEGMENTS)
    assert [(one.level, one.value) for one in found] == [("yes", 0.5), ("yes", 0.5)]


def test_what_the_table_does_not_hold_yet_is_left_out():
    before = then(pd.Series([0, 1] * 100, name="churned"))
    assert outcomes_now(before, pd.DataFrame({"x": range(200)}), SEGMENTS) == []
    assert outcomes_now(before, pd.DataFrame({"churned": [np.nan] * 200}), SEGMENTS) == []
