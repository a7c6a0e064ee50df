"""DBSCAN that finds the distance at which a region counts as dense in the space that it is given."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import DBSCAN
from sklearn.neighbors import NearestNeighbors
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_counts, check_positive
from segkit.algorithms.distances import check_metric

_TINY = 1e-9


class Dbscan(ClusterMixin, BaseEstimator):
    """Dense regions are segments, the rest is noise (-1).

    Dense is where `min_samples` customers are within `eps` of each other. Without `eps` it is taken from the knee of
    the curve of the distances to that many neighbours: `eps_`.
    """

    def __init__(self, eps: float | None = None, min_samples: int = 10, metric: str = "euclidean") -> None:
        self.eps = eps
        self.min_samples = min_samples
        self.metric = metric

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Find the dense regions: `labels_`. A customer of weight 3 makes a place as dense as three would."""
        X = validate_data(self, X, dtype=float)
        check_metric(self.metric)
        check_counts(min_samples=self.min_samples)
        check_positive(eps=self.eps)
        self.eps_ = self.eps if self.eps is not None else self._knee(X)
        model = DBSCAN(eps=self.eps_, min_samples=self.min_samples, metric=self.metric)
        self.labels_ = model.fit_predict(X, sample_weight=sample_weight)
        return self

    def _knee(self, X: np.ndarray) -> float:
        neighbours = min(self.min_samples, len(X))
        nearest = NearestNeighbors(n_neighbors=neighbours, metric=self.metric).fit(X)
        return max(knee(np.sort(nearest.kneighbors(X)[0][:, -1])), _TINY)


def knee(ascending: np.ndarray) -> float:
    """The value where a rising curve turns up: farthest below the straight line between its ends.

    >>> knee(np.array([1.0, 1.1, 1.2, 1.3, 5.0, 9.0]))
    1.3
    """
    line = np.linspace(ascending[0], ascending[-1], len(ascending))
    return float(ascending[(line - ascending).argmax()])
