"""The baseline follows what people change about segments, as far as it can."""

import numpy as np
import pandas as pd
import pytest

from segkit.drift.edited import after_edits, number_after
from segkit.scoring.baseline import Baseline, baseline_of
from segkit.scoring.edits import Locked, Renumbered


@pytest.fixture
def baseline() -> Baseline:
    segments = np.array([0] * 50 + [1] * 30 + [2] * 20)
    targets = pd.DataFrame({"spend": [1.0, 3.0] * 25 + [10.0, 12.0] * 25})
    return baseline_of(pd.DataFrame({"x": range(100)}), segments, targets)


def test_other_numbers_are_followed(baseline):
    found = after_edits(baseline, [Renumbered({0: 1, 1: 0})])
    assert found.segments == {1: 0.5, 0: 0.3, 2: 0.2}
    assert {one.segment: one.value for one in found.outcomes} == {1: 2.0, 0: 11.0, 2: 11.0}


def test_of_merged_segments_shares_add_up_and_outcomes_are_those_of_all(baseline):
    found = after_edits(baseline, [Renumbered({2: 0})])
    values = pd.Series([1.0, 3.0] * 25 + [10.0, 12.0] * 10)
    merged = next(one for one in found.outcomes if one.segment == 0)
    assert found.segments[0] == pytest.approx(0.7)
    assert (merged.customers, merged.value) == (70, pytest.approx(values.mean()))
    assert merged.variance == pytest.approx(values.var(), rel=1e-4)


def test_of_locked_segments_nothing_is_claimed(baseline):
    found = after_edits(baseline, [Locked(scorer=None, segments=(0,))])
    assert not found.segments
    assert not found.outcomes
    assert found.numbers


def test_a_fitted_number_is_followed_through_all_edits():
    assert number_after([Renumbered({0: 5}), Renumbered({5: 2})], 0) == 2
