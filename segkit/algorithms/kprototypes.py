"""k-prototypes: k-means for tables of numbers and categories (Huang, 1998)."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_counts, check_positive, check_segments
from segkit.algorithms.mixed import codes_of, counts_as, levels_of, numbers_of
from segkit.fit_params import Categories


class KPrototypes(ClusterMixin, BaseEstimator):
    """Segments around a prototype: the mean of every number and the commonest level of every category.

    A customer is as far from a prototype as the squares of the differences in numbers say, and `gamma` more for each
    category that differs. Without `gamma` it is half the mean spread of the numbers, `gamma_`. The best of `n_init`
    beginnings is kept.
    """

    def __init__(
        self,
        n_clusters: int = 4,
        gamma: float | None = None,
        n_init: int = 5,
        max_iter: int = 100,
        random_state: Any = 0,
    ) -> None:
        self.n_clusters = n_clusters
        self.gamma = gamma
        self.n_init = n_init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, categories: Categories = ()) -> Self:
        """Find the segments: `labels_`, and `inertia_`, the sum of the distances to the prototypes."""
        X = validate_data(self, X, dtype=float)
        check_counts(n_init=self.n_init, max_iter=self.max_iter)
        check_positive(gamma=self.gamma)
        check_segments(self.n_clusters, len(X))
        numbers = numbers_of(X, categories)
        self.gamma_ = self.gamma if self.gamma is not None else _half_the_spread(numbers)
        table = _Table.of(X, numbers, categories, self.gamma_)
        rng = check_random_state(self.random_state)
        found = [self._settled(table, rng) for _ in range(self.n_init)]
        self.labels_, self.inertia_, self.n_iter_ = min(found, key=lambda one: one[1])
        return self

    def _settled(self, table: "_Table", rng: np.random.RandomState) -> tuple[np.ndarray, float, int]:
        """Everyone to the nearest prototype and prototypes to the middle, until nobody moves."""
        prototypes = table.beginnings(self.n_clusters, rng)
        labels = np.full(len(table.numbers), -1)
        rounds = 0
        while rounds < self.max_iter:
            rounds += 1
            far = table.distances(*prototypes)
            before, labels = labels, _none_empty(far.argmin(axis=1), far)
            if (labels == before).all():
                break
            prototypes = table.middles(labels, self.n_clusters)
        cost = table.distances(*prototypes)[np.arange(len(labels)), labels].sum()
        return labels, float(cost), rounds


@dataclass(frozen=True)
class _Table:
    """Numbers, categories as 0/1 columns (`starts`: where each begins), and what another level of a column costs."""

    numbers: np.ndarray
    levels: np.ndarray
    starts: np.ndarray
    costs: np.ndarray

    @classmethod
    def of(cls, X: np.ndarray, numbers: np.ndarray, categories: Categories, gamma: float) -> Self:
        known = levels_of(X, categories)
        codes, widths = codes_of(X, categories, known), [len(levels) for levels in known]
        columns = [np.eye(width)[codes[:, place]] for place, width in enumerate(widths)]
        levels = np.hstack(columns) if columns else np.empty((len(X), 0))
        starts = np.cumsum([0, *widths])[:-1].astype(int)
        return cls(numbers, levels, starts, np.repeat(gamma * counts_as(X, categories), widths))

    def distances(self, means: np.ndarray, modes: np.ndarray) -> np.ndarray:
        """Rows x prototypes."""
        squares = (self.numbers**2).sum(axis=1)[:, None] - 2 * self.numbers @ means.T + (means**2).sum(axis=1)
        same = (self.levels * self.costs) @ modes.T
        return np.asarray(np.maximum(squares, 0) + self.costs[self.starts].sum() - same)

    def middles(self, labels: np.ndarray, segments: int) -> tuple[np.ndarray, np.ndarray]:
        """Mean numbers and commonest levels of each segment; of equally common levels the first."""
        members = (labels == np.arange(segments)[:, None]).astype(float)
        means = members @ self.numbers / members.sum(axis=1, keepdims=True)
        counts = np.split(members @ self.levels, self.starts[1:], axis=1) if len(self.starts) else []
        modes = [np.eye(count.shape[1])[count.argmax(axis=1)] for count in counts]
        return means, np.hstack(modes) if modes else np.empty((segments, 0))

    def beginnings(self, segments: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
        """Customers who are likely to be far from each other, as prototypes (as k-means++ draws them)."""
        chosen = [int(rng.randint(len(self.numbers)))]
        nearest = self._from(chosen[0])
        while len(chosen) < segments:
            free = np.delete(np.arange(len(nearest)), chosen)
            odds = nearest[free] if nearest[free].sum() > 0 else np.ones(len(free))
            chosen.append(int(rng.choice(free, p=odds / odds.sum())))
            nearest = np.minimum(nearest, self._from(chosen[-1]))
        return self.numbers[chosen], self.levels[chosen]

    def _from(self, row: int) -> np.ndarray:
        return self.distances(self.numbers[[row]], self.levels[[row]])[:, 0]


def _half_the_spread(numbers: np.ndarray) -> float:
    return float(numbers.std(axis=0).mean() / 2) if numbers.size and numbers.std() > 0 else 1.0


def _none_empty(labels: np.ndarray, far: np.ndarray) -> np.ndarray:
    """A prototype that nobody is nearest to takes the customer who is farthest from their own."""
    for empty in np.setdiff1d(np.arange(far.shape[1]), labels):
        sizes = np.bincount(labels, minlength=far.shape[1])
        own = np.where(sizes[labels] > 1, far[np.arange(len(labels)), labels], -1.0)
        labels[own.argmax()] = empty
    return labels
