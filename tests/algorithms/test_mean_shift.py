"""Mean shift: peaks, at the width that the space asks for."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.mean_shift import MeanShift

BLOBS, TRUTH = make_blobs(240, centers=[(0, 0), (8, 0), (0, 8)], random_state=0)


@pytest.mark.parametrize("scale", [0.001, 1.0, 5000.0])
def test_peaks_are_found_at_any_scale_from_a_few_starts(scale):
    found = MeanShift(starts=30).fit(scale * BLOBS)
    assert adjusted_rand_score(TRUTH, found.labels_) > 0.98
    assert found.bandwidth_ == pytest.approx(scale * MeanShift(starts=30).fit(BLOBS).bandwidth_)


def test_one_broad_peak_is_one_segment_and_nothing_is_said():
    with warnings.catch_warnings(action="error"):
        assert MeanShift(bandwidth=50.0).fit_predict(BLOBS).max() == 0


def test_customers_of_a_few_kinds_are_as_many_segments():
    kinds = np.repeat([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]], 30, axis=0)
    assert len(set(MeanShift().fit_predict(kinds))) == 3
