"""What is measured of an algorithm's segments goes by its own distance."""

import pytest
from sklearn.cluster import DBSCAN, HDBSCAN, OPTICS, KMeans

from segkit.distances import metric_of


@pytest.mark.parametrize(
    ("algorithm", "metric"),
    [
        (KMeans(), "euclidean"),
        (HDBSCAN(), "euclidean"),
        (HDBSCAN(metric="manhattan"), "manhattan"),
        (DBSCAN(metric="cityblock"), "manhattan"),
        (DBSCAN(metric="cosine"), "cosine"),
        (DBSCAN(metric="chebyshev"), "chebyshev"),
        (DBSCAN(metric="precomputed"), "euclidean"),
        (DBSCAN(metric=lambda a, b: 0.0), "euclidean"),
        (OPTICS(), "euclidean"),
        (OPTICS(p=1), "manhattan"),
    ],
)
def test_the_distance_has_the_name_that_scikit_learn_knows(algorithm, metric: str) -> None:
    assert metric_of(algorithm) == metric
