"""BIRCH whose small groups fit the scale of the space that it is given."""

from typing import Any, Self

import numpy as np
import sklearn.cluster
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_positive, check_segments

# The width of the small groups is looked for on so many customers, whom it should put into between so many groups.
_LOOKED_AT = 2000
_FEWEST, _MOST = 40, 200
_TRIES = 10


class Birch(ClusterMixin, BaseEstimator):
    """Gathers customers in many small groups in one pass, then segments these by k-means, large ones counting more.

    `threshold` is how wide a small group may be; without it a width is found that leaves some dozens to hundreds of
    them, `threshold_`. The groups themselves are not kept: where customers are all different each is one customer.
    """

    def __init__(
        self, n_clusters: int = 4, threshold: float | None = None, branching_factor: int = 50, random_state: Any = 0
    ) -> None:
        self.n_clusters = n_clusters
        self.threshold = threshold
        self.branching_factor = branching_factor
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Find the segments: `labels_`."""
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        check_positive(threshold=self.threshold)
        check_segments(self.n_clusters, len(X))
        self.threshold_ = self.threshold if self.threshold is not None else self._width(X)
        groups, centres = self._gathered(X, self.threshold_)
        self.labels_ = groups
        if len(centres) > self.n_clusters:
            model = sklearn.cluster.KMeans(self.n_clusters, n_init=10, random_state=self.random_state)
            self.labels_ = model.fit_predict(centres, sample_weight=np.bincount(groups, minlength=len(centres)))[groups]
        return self

    def _gathered(self, X: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
        """The small group of every row, and the groups' centres."""
        tree = sklearn.cluster.Birch(threshold=width, branching_factor=self.branching_factor, n_clusters=None).fit(X)
        return tree.labels_, tree.subcluster_centers_

    def _width(self, X: np.ndarray) -> float:
        """Halves the range between no width and that of everyone until the number of groups is right."""
        some = X[np.random.default_rng(0).permutation(len(X))[:_LOOKED_AT]]
        fewest = min(max(_FEWEST, 3 * self.n_clusters), max(self.n_clusters, len(some) // 4))
        most = max(2 * fewest, min(_MOST, len(some) // 2))
        low, high = 0.0, float(np.sqrt(some.var(axis=0).sum())) or 1.0
        for _ in range(_TRIES):
            width = (low + high) / 2
            groups = len(self._gathered(some, width)[1])
            if fewest <= groups <= most:
                return width
            low, high = (low, width) if groups < fewest else (width, high)
        return low or high
