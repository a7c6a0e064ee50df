"""Spectral clustering of the graph of near neighbours."""

import warnings
from typing import Any, Self

import numpy as np
import sklearn.cluster
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.neighbors import kneighbors_graph
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_counts, check_segments
from segkit.algorithms.distances import check_metric


class Spectral(ClusterMixin, BaseEstimator):
    """Cuts the graph in which everyone is tied to their `n_neighbors` nearest where the fewest ties are.

    Only who is near whom counts, not how far: no distance has to be tuned to the scale of the space.
    """

    def __init__(
        self, n_clusters: int = 4, n_neighbors: int = 15, metric: str = "euclidean", random_state: Any = 0
    ) -> None:
        self.n_clusters = n_clusters
        self.n_neighbors = n_neighbors
        self.metric = metric
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Cut the graph: `labels_`."""
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        check_metric(self.metric)
        check_counts(n_neighbors=self.n_neighbors)
        check_segments(self.n_clusters, len(X))
        self.labels_ = self._cut(X) if self.n_clusters > 1 else np.zeros(len(X), dtype=int)
        return self

    def _cut(self, X: np.ndarray) -> np.ndarray:
        near = kneighbors_graph(X, min(self.n_neighbors, len(X)), metric=self.metric, include_self=True)
        model = sklearn.cluster.SpectralClustering(
            self.n_clusters, affinity="precomputed", random_state=self.random_state
        )
        with warnings.catch_warnings(action="ignore"):  # a graph in several pieces is what one hopes for
            return np.asarray(model.fit_predict((near + near.T) / 2))
