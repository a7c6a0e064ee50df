"""Affinity propagation that can be asked for a number of segments."""

import warnings
from typing import Any, Self

import numpy as np
import sklearn.cluster
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_segments
from segkit.algorithms.distances import all_distances

_TRIES = 6


class AffinityPropagation(ClusterMixin, BaseEstimator):
    """Customers vote for the customer who speaks best for them, until these examples stand still.

    `preference` says how readily a customer becomes an example: the lower, the fewer segments. Without it the one is
    looked for that leads to `n_clusters` segments, or to the number nearest to it; without that either, it is the
    median similarity, which makes many. `preference_` is what was used. Where the votes do not settle, everyone may
    be noise (-1).
    """

    def __init__(
        self,
        n_clusters: int | None = None,
        preference: float | None = None,
        damping: float = 0.7,
        max_iter: int = 300,
        metric: str = "euclidean",
        random_state: Any = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.preference = preference
        self.damping = damping
        self.max_iter = max_iter
        self.metric = metric
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Find the examples and whom each speaks for: `labels_`."""
        X = validate_data(self, X, dtype=float)
        distances = all_distances(X, self.metric).astype(float)
        similar = -(distances**2) if self.metric == "euclidean" else -distances
        if self.preference is not None or self.n_clusters is None:
            self.preference_ = float(np.median(similar)) if self.preference is None else self.preference
            self.labels_ = self._voted(similar, self.preference_)
        else:
            check_segments(self.n_clusters, len(X))
            self.preference_, self.labels_ = self._searched(similar, self.n_clusters)
        return self

    def _voted(self, similar: np.ndarray, preference: float) -> np.ndarray:
        model = sklearn.cluster.AffinityPropagation(
            damping=self.damping,
            max_iter=self.max_iter,
            preference=preference,
            affinity="precomputed",
            random_state=self.random_state,
        )
        with warnings.catch_warnings(action="ignore"):  # that votes do not settle is seen in the segments
            labels = np.asarray(model.fit_predict(similar))
        self.n_iter_ = model.n_iter_
        return labels

    def _searched(self, similar: np.ndarray, wanted: int) -> tuple[float, np.ndarray]:
        """The preference, and its labels, whose number of segments is nearest to the one wanted."""
        preference, low, high = _guess(similar, wanted), -np.inf, 0.0
        tried: list[tuple[int, float, np.ndarray]] = []
        for _ in range(_TRIES):
            labels = self._voted(similar, preference)
            found = int(labels.max()) + 1
            tried.append((abs(found - wanted), preference, labels))
            if found == wanted or preference == 0:
                break
            low, high = (preference, high) if found < wanted else (low, preference)
            preference = _between(low, high, preference)
        _, preference, labels = min(tried, key=lambda one: one[0])
        return preference, labels


def _guess(similar: np.ndarray, wanted: int) -> float:
    """What the examples wanted must be worth: less than the last of them gains, more than one more would gain."""
    best, gains = np.full(len(similar), similar.min()), []
    for _ in range(wanted + 1):
        gain = np.maximum(similar - best[:, None], 0).sum(axis=0)
        gains.append(float(gain.max()))
        best = np.maximum(best, similar[:, gain.argmax()])
    return -(gains[-2] + gains[-1]) / 2 if wanted > 1 else -2 * gains[-1]


def _between(low: float, high: float, last: float) -> float:
    """Halfway by ratio between the bounds, or twice or half the last where one of them is not known yet."""
    if np.isinf(low):
        return 2 * last
    return last / 2 if high == 0 else -float(np.sqrt(low * high))
