"""k-prototypes: means and modes."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.kprototypes import KPrototypes, _none_empty
from segkit.evaluation import fit_measures
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind

RNG = np.random.default_rng(0)
KINDS = np.arange(150) % 3
LEVELS = np.where(RNG.random(150) < 0.9, KINDS, RNG.integers(0, 3, 150))


def mixed(weight: float = 1.0) -> np.ndarray:
    """One number that tells the first kind from the others, a category that tells all three."""
    return np.c_[RNG.normal(4.0 * (KINDS == 0)), weight * np.eye(3)[LEVELS]]


def test_without_categories_it_is_k_means():
    blobs, _ = make_blobs(200, centers=4, random_state=1)
    found = KPrototypes(4, n_init=10).fit(blobs)
    assert found.inertia_ == pytest.approx(KMeans(4, n_init=10, random_state=0).fit(blobs).inertia_)


def test_categories_alone_are_k_modes():
    found = KPrototypes(3).fit(np.eye(3)[LEVELS], categories=((0, 1, 2),))
    assert adjusted_rand_score(LEVELS, found.labels_) == 1
    assert found.inertia_ == 0


def test_numbers_and_categories_together_find_what_neither_finds_alone():
    X = mixed()
    both = KPrototypes(3, gamma=2.0).fit(X, categories=((1, 2, 3),)).labels_
    assert adjusted_rand_score(KINDS, both) > adjusted_rand_score(KINDS, KPrototypes(3).fit(X[:, :1]).labels_) + 0.2


def test_gamma_follows_the_spread_of_the_numbers_and_is_told():
    X = mixed()
    found = KPrototypes(3).fit(X, categories=((1, 2, 3),))
    assert found.gamma_ == pytest.approx(X[:, 0].std() / 2)
    assert fit_measures(found, X) == {"gamma": found.gamma_}


def test_the_cost_is_squares_of_numbers_and_gamma_for_each_category_that_differs():
    X = np.array([[0.0, 1, 0], [2.0, 1, 0], [4.0, 0, 1]])
    assert KPrototypes(1, gamma=5.0).fit(X, categories=((1, 2),)).inertia_ == pytest.approx(4 + 4 + 5)
    assert KPrototypes(1, gamma=5.0).fit(X * [1, 2, 2], categories=((1, 2),)).inertia_ == pytest.approx(4 + 4 + 20)


@pytest.mark.parametrize("encoder", ["one_hot", "label"])
def test_the_model_tells_it_the_categories_of_the_table(encoder):
    table = pd.DataFrame({"spend": RNG.normal(size=150), "city": np.array(list("abc"))[LEVELS]})
    model = SegmentationModel(KPrototypes(3, gamma=50.0), preprocessing=ByKind(encoder=encoder)).fit(table)
    assert adjusted_rand_score(LEVELS, model.labels_) == 1


def test_no_segment_is_left_empty():
    far = np.array([[0.0, 9, 9], [1.0, 9, 9], [3.0, 9, 9]])
    assert sorted(_none_empty(far.argmin(axis=1), far).tolist()) == [0, 1, 2]
    assert len(set(KPrototypes(3).fit_predict(np.repeat([[0.0], [1.0]], 10, axis=0)))) == 3
