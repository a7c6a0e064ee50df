"""Affinity propagation reaches a few segments, and is quiet where it reaches none."""

import warnings

import numpy as np
import pytest
from sklearn.cluster import AffinityPropagation as Plain
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.affinity import AffinityPropagation

BLOBS, TRUTH = make_blobs(120, centers=[(0, 0), (8, 0), (0, 8)], random_state=0)
NOISE = np.random.default_rng(0).normal(size=(100, 4))


@pytest.mark.parametrize("k", [1, 2, 3, 5, 8])
def test_about_as_many_segments_are_found_as_are_asked_for(k):
    for points in (BLOBS, NOISE):
        assert abs(AffinityPropagation(k).fit_predict(points).max() + 1 - k) <= 1


def test_the_groups_are_found():
    assert adjusted_rand_score(TRUTH, AffinityPropagation(3).fit_predict(BLOBS)) == 1


def test_without_a_number_or_with_a_preference_it_is_scikit_learns():
    assert (
        AffinityPropagation().fit_predict(NOISE) == Plain(damping=0.7, random_state=0).fit_predict(NOISE)
    ).mean() > 0.9
    one = AffinityPropagation(3, preference=-40.0).fit(NOISE)
    assert one.preference_ == -40.0
    assert one.labels_.max() + 1 != 3


@pytest.mark.parametrize("points", [np.ones((12, 2)), NOISE])
def test_votes_that_do_not_settle_end_quietly(points):
    with warnings.catch_warnings(action="error"):
        labels = AffinityPropagation(3, max_iter=5).fit_predict(points)
    assert len(labels) == len(points)
