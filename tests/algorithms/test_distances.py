"""One way to measure a distance for every algorithm that takes one, Gower's among them."""

import numpy as np
import pytest
from sklearn.cluster import HDBSCAN, OPTICS
from sklearn.metrics import adjusted_rand_score, pairwise_distances

from segkit.algorithms.affinity import AffinityPropagation
from segkit.algorithms.dbscan import Dbscan
from segkit.algorithms.distances import METRICS, all_distances
from segkit.algorithms.hierarchical import Hierarchical
from segkit.algorithms.kmedoids import KMedoids
from segkit.algorithms.spectral import Spectral
from segkit.errors import UserError

POINTS = np.random.default_rng(0).normal(size=(60, 3))
TAKES_METRIC = [
    Hierarchical(2, "average"),
    Hierarchical(2, "complete"),
    Hierarchical(2, "single"),
    KMedoids(2),
    AffinityPropagation(2),
    Spectral(2),
    Dbscan(),
    HDBSCAN(min_cluster_size=10, copy=True),
    OPTICS(min_samples=5, min_cluster_size=0.2, cluster_method="dbscan", eps=0.55),
]


@pytest.mark.parametrize("metric", METRICS)
def test_distances_are_those_of_scikit_learn(metric):
    np.testing.assert_allclose(all_distances(POINTS, metric), pairwise_distances(POINTS, metric=metric), atol=1e-5)


@pytest.mark.parametrize("algorithm", [Hierarchical(2, "average"), KMedoids(2), Spectral(2), Dbscan()])
def test_a_misspelt_metric_is_named_with_the_near_one(algorithm):
    with pytest.raises(UserError, match=r"algorithm.metric=manhatan is not known\n  did you mean manhattan"):
        algorithm.set_params(metric="manhatan").fit(POINTS)


def mixed() -> tuple[np.ndarray, np.ndarray]:
    """Two kinds of customers as Gower measures them: numbers 0 to 1, one-hot levels that weigh one half."""
    rng, kinds = np.random.default_rng(1), np.arange(80) % 2
    levels = np.eye(3)[np.where(rng.random(80) < 0.97, kinds, 2)] / 2
    return np.c_[rng.uniform(0, 0.3, 80) + 0.4 * kinds, levels, levels[:, ::-1]], kinds


def test_manhattan_distance_on_such_a_matrix_is_gowers():
    X, _ = mixed()
    differ = (X[:, None, 1:4] != X[None, :, 1:4]).any(axis=2)
    np.testing.assert_allclose(all_distances(X, "manhattan"), abs(X[:, :1] - X[:, 0]) + 2 * differ, atol=1e-5)


@pytest.mark.parametrize("algorithm", TAKES_METRIC, ids=str)
def test_gowers_distance_reaches_every_algorithm_that_takes_distances(algorithm):
    X, kinds = mixed()
    labels = algorithm.set_params(metric="manhattan").fit_predict(X)
    placed = labels >= 0
    assert placed.mean() > 0.7
    assert adjusted_rand_score(kinds[placed], labels[placed]) > 0.8


@pytest.mark.parametrize("linkage", ["average", "complete", "single"])
@pytest.mark.parametrize("metric", METRICS)
def test_a_tree_is_grown_by_the_metric(linkage, metric):
    from scipy.cluster.hierarchy import linkage as by_scipy
    from scipy.spatial.distance import squareform

    distances = squareform(pairwise_distances(POINTS, metric=metric), checks=False)
    grown = Hierarchical(2, linkage, metric).grow(POINTS)
    np.testing.assert_allclose(grown[:, 2], by_scipy(distances, linkage)[:, 2], atol=1e-8)


def test_ward_refuses_another_metric_and_says_what_takes_it():
    with pytest.raises(UserError, match=r"linkage=ward takes no algorithm.metric=manhattan\n  choose linkage=average"):
        Hierarchical(2, metric="manhattan").fit(POINTS)
