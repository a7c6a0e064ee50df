"""Which distance an algorithm goes by, so that what is measured of its segments can go by the same."""

from typing import Any

from sklearn.metrics.pairwise import PAIRWISE_DISTANCE_FUNCTIONS

EUCLIDEAN = "euclidean"
# An algorithm's metric that stands for the distance that its space is made for.
AUTO = "auto"
_CITY_BLOCK = "manhattan"
# Distances between rows of numbers; `precomputed` and those of true/false are none.
_KNOWN = {*PAIRWISE_DISTANCE_FUNCTIONS, "braycurtis", "canberra", "chebyshev", "correlation"}
_KNOWN -= {"precomputed", "haversine", "nan_euclidean"}


def metric_of(algorithm: Any) -> str:
    """The name of an algorithm's distance, as `sklearn.metrics.pairwise_distances` knows it.

    Euclidean for algorithms that know no other, and where the distance has no name.

    >>> from sklearn.cluster import HDBSCAN, KMeans
    >>> metric_of(HDBSCAN(metric="manhattan")), metric_of(KMeans())
    ('manhattan', 'euclidean')
    """
    metric = getattr(algorithm, "metric", EUCLIDEAN)
    if metric == "minkowski":
        return _CITY_BLOCK if getattr(algorithm, "p", 2) == 1 else EUCLIDEAN
    if not isinstance(metric, str) or metric not in _KNOWN:
        return EUCLIDEAN
    return {"cityblock": _CITY_BLOCK, "l1": _CITY_BLOCK, "l2": EUCLIDEAN}.get(metric, metric)


def told_distance(algorithm: Any, made_for: str) -> Any:
    """The algorithm with the distance that its space is made for, where its metric is left to that (auto).

    What it goes by may take the Euclidean distance only (`euclidean_only`).

    >>> from sklearn.cluster import HDBSCAN
    >>> told_distance(HDBSCAN(metric="auto"), "manhattan").metric
    'manhattan'
    """
    if getattr(algorithm, "metric", None) != AUTO:
        return algorithm
    return algorithm.set_params(metric=EUCLIDEAN if getattr(algorithm, "euclidean_only", False) else made_for)
