"""k-medoids: every segment has one typical customer, and any distance will do."""

from typing import Any, Self

from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_counts, check_segments
from segkit.algorithms.distances import all_distances
from segkit.algorithms.extras import extra


class KMedoids(ClusterMixin, BaseEstimator):
    """Chooses `n_clusters` customers so that everyone is as near as possible to one of them (FasterPAM).

    It begins `n_init` times from customers drawn at random and keeps the best. All distances by `metric` are held at
    once: 0.4 GB for 10,000 customers. Who was chosen is not kept, since that would be customers' rows.
    """

    def __init__(
        self,
        n_clusters: int = 4,
        metric: str = "euclidean",
        n_init: int = 3,
        max_iter: int = 100,
        random_state: Any = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.metric = metric
        self.n_init = n_init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Choose the medoids: `labels_`, and `inertia_`, the sum of the distances to them."""
        medoids = extra("kmedoids")
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        check_counts(n_init=self.n_init, max_iter=self.max_iter)
        check_segments(self.n_clusters, len(X))
        distances, rng = all_distances(X, self.metric), check_random_state(self.random_state)
        # One thread: what several find first depends on which of them is quicker.
        found = [
            medoids.fasterpam(distances, self.n_clusters, self.max_iter, "random", random_state=rng, n_cpu=1)
            for _ in range(self.n_init)
        ]
        best = min(found, key=lambda one: one.loss)
        self.labels_, self.inertia_, self.n_iter_ = best.labels.astype(int), float(best.loss), best.n_iter
        return self
