"""BIRCH at the scale of the space, on groups and on noise."""

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.birch import Birch
from segkit.errors import UserError

BLOBS, TRUTH = make_blobs(240, centers=[(0, 0), (8, 0), (0, 8)], random_state=0)


@pytest.mark.parametrize("scale", [0.001, 1.0, 5000.0])
def test_groups_are_found_at_any_scale(scale):
    assert adjusted_rand_score(TRUTH, Birch(3).fit_predict(scale * BLOBS)) == 1


@pytest.mark.parametrize("columns", [1, 5, 40])
def test_on_noise_there_are_neither_one_nor_as_many_small_groups_as_customers(columns):
    noise = np.random.default_rng(0).normal(size=(600, columns))
    model = Birch(4).fit(noise)
    groups = len(model._gathered(noise, model.threshold_)[1])
    assert 12 <= groups <= 300
    assert len(np.unique(model.labels_)) == 4


def test_no_small_group_is_kept():
    model = Birch(3).fit(BLOBS)
    assert {name for name in vars(model) if name.endswith("_")} == {"labels_", "threshold_", "n_features_in_"}


def test_equal_customers_are_one_segment():
    assert Birch(3).fit_predict(np.ones((20, 2))).max() == 0


def test_more_segments_than_customers_are_refused():
    with pytest.raises(UserError, match="n_clusters=9 does not fit 5 customers"):
        Birch(9).fit(BLOBS[:5])
