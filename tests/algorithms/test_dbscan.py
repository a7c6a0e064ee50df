"""DBSCAN with the distance that the space asks for."""

import numpy as np
import pytest
from sklearn.cluster import DBSCAN
from sklearn.datasets import make_moons
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.dbscan import Dbscan, knee
from segkit.evaluation import fit_measures

MOONS, TRUTH = make_moons(300, noise=0.05, random_state=0)


@pytest.mark.parametrize("scale", [0.001, 1.0, 5000.0])
def test_the_distance_follows_the_scale_of_the_space(scale):
    found = Dbscan().fit(scale * MOONS)
    placed = found.labels_ >= 0
    assert placed.mean() > 0.9
    assert adjusted_rand_score(TRUTH[placed], found.labels_[placed]) > 0.95
    assert found.eps_ == pytest.approx(scale * Dbscan().fit(MOONS).eps_)
    assert fit_measures(found, MOONS) == {"eps": found.eps_}


def test_a_given_distance_is_scikit_learns():
    for weights in (None, np.linspace(1, 3, 300)):
        theirs = DBSCAN(eps=0.1, min_samples=7).fit(MOONS, sample_weight=weights)
        assert (Dbscan(0.1, 7).fit(MOONS, sample_weight=weights).labels_ == theirs.labels_).all()


@pytest.mark.parametrize("rows", [1, 5, 40])
def test_few_or_equal_customers_are_no_obstacle(rows):
    assert len(Dbscan().fit(np.ones((rows, 2))).labels_) == rows


def test_the_knee_of_a_straight_line_is_anywhere_on_it():
    assert 1 <= knee(np.linspace(1, 2, 30)) <= 2
