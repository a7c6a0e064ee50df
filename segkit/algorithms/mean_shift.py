"""Mean shift from a handful of starts, with a width that fits the space."""

from typing import Any, Self

import numpy as np
import sklearn.cluster
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_counts, check_positive

_LOOKED_AT = 2000
_TINY = 1e-9


class MeanShift(ClusterMixin, BaseEstimator):
    """Walks uphill to where customers are densest: each peak is a segment, everyone belongs to the nearest peak.

    `bandwidth` is how far around it looks; without it a customer's mean distance to the nearest `quantile` of the
    others, `bandwidth_`. Peaks are looked for from `starts` customers: who begins on the same hill ends on its peak.
    """

    def __init__(
        self, bandwidth: float | None = None, quantile: float = 0.2, starts: int = 200, random_state: Any = 0
    ) -> None:
        self.bandwidth = bandwidth
        self.quantile = quantile
        self.starts = starts
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Find the peaks and who belongs to them: `labels_`."""
        X = validate_data(self, X, dtype=float)
        check_counts(starts=self.starts)
        check_positive(bandwidth=self.bandwidth)
        rng = check_random_state(self.random_state)
        self.bandwidth_ = self.bandwidth if self.bandwidth is not None else self._width(X, rng)
        starts = X[rng.permutation(len(X))[: self.starts]]
        self.labels_ = sklearn.cluster.MeanShift(bandwidth=self.bandwidth_, seeds=starts).fit(X).labels_
        return self

    def _width(self, X: np.ndarray, rng: np.random.RandomState) -> float:
        """Never 0, as it would be where most customers are the same: then each place is a peak."""
        width = sklearn.cluster.estimate_bandwidth(X, quantile=self.quantile, n_samples=_LOOKED_AT, random_state=rng)
        return max(float(width), _TINY)
