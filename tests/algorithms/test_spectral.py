"""Spectral clustering follows bent shapes at any scale."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.spectral import Spectral

MOONS, TRUTH = make_moons(200, noise=0.05, random_state=0)


@pytest.mark.parametrize("scale", [0.001, 1.0, 5000.0])
def test_bent_shapes_are_followed_at_any_scale(scale):
    assert adjusted_rand_score(TRUTH, Spectral(2).fit_predict(scale * MOONS)) > 0.95


def test_one_segment_is_everyone():
    assert Spectral(1).fit_predict(MOONS).max() == 0


@pytest.mark.parametrize("rows", [3, 8, 20])
def test_few_equal_or_scattered_customers_are_no_obstacle_and_nothing_is_said(rows):
    scattered = 1000.0 * np.eye(rows)
    with warnings.catch_warnings(action="error"):
        for points in (np.ones((rows, 2)), scattered, np.repeat(MOONS[:2], rows, axis=0)):
            assert len(Spectral(2).fit_predict(points)) == len(points)
