"""Main directions of tables that mix numbers and categories, in which neither kind outweighs the other."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.fit_params import Categories

# A column of more values than this is taken for a number, even if it is said to hold numbered levels.
_MOST_LEVELS = 100


class FAMD(TransformerMixin, BaseEstimator):
    """Factor analysis of mixed data; of categories alone it is multiple correspondence analysis, of numbers alone PCA.

    Numbers are standardised, the 0/1 column of each level is divided by the root of its share, and of all this the
    principal components are taken: `n_components` of them, or as many as keep that share of the variance. After `fit`:
    `pca_`, and `levels_`, for each column of the matrix the values that become 0/1 columns (none of a number).
    """

    def __init__(self, n_components: int | float | None = 3, random_state: int | None = None) -> None:
        self.n_components = n_components
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any = None, categories: Categories = (), column_weights: Sequence[float] | None = None
    ) -> Self:
        """Learn the directions.

        `categories` are the places in `X` of each category's columns: several 0/1 columns, or one of numbered levels,
        which becomes a 0/1 column a level. A column whose `column_weights` is 2 counts as two copies of it would.
        """
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        self.levels_ = _levels(X, categories)
        columns = self._columns(X)
        weights = np.ones(X.shape[1]) if column_weights is None else np.asarray(column_weights, dtype=float)
        self.factors_ = np.sqrt(np.repeat(weights, self._widths())) / self._spreads(columns)
        weighted = columns * self.factors_
        self.pca_ = PCA(_at_most(self.n_components, weighted.shape), random_state=self.random_state).fit(weighted)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Where each row lies along the directions, whatever the other rows are."""
        return np.asarray(self.pca_.transform(self.weighted(X)))

    def weighted(self, X: Any) -> np.ndarray:
        """The columns whose principal components are taken, before they are centred."""
        check_is_fitted(self)
        return self._columns(validate_data(self, X, dtype=float, reset=False)) * self.factors_

    def weighted_names(self, names: Sequence[str]) -> list[str]:
        """What the columns of `weighted` are called, if those of the matrix have these names."""
        check_is_fitted(self)
        numbered = [range(len(levels)) if len(levels) > 1 else () for levels in self.levels_]
        return [
            title
            for name, levels in zip(names, numbered, strict=True)
            for title in ([f"{name}={level}" for level in levels] or [name])
        ]

    @property
    def explained_variance_ratio_(self) -> np.ndarray:
        """The share of the variance that each direction keeps."""
        check_is_fitted(self)
        return np.asarray(self.pca_.explained_variance_ratio_)

    def most_components(self, matrix: np.ndarray) -> int:
        """There may be more directions than columns, since a column of numbered levels is many; `fit` sees to that."""
        return len(matrix)

    def _columns(self, X: np.ndarray) -> np.ndarray:
        """Numbers as they are, and a 0/1 column for each level."""
        parts = [
            np.isclose(values[:, None], levels) if len(levels) else values[:, None]
            for values, levels in zip(X.T, self.levels_, strict=True)
        ]
        return np.hstack(parts).astype(float)

    def _widths(self) -> list[int]:
        return [max(1, len(levels)) for levels in self.levels_]

    def _spreads(self, columns: np.ndarray) -> np.ndarray:
        """What each column is divided by: a number by its standard deviation, a level by the root of its share."""
        is_level = np.repeat([len(levels) > 0 for levels in self.levels_], self._widths())
        spreads = np.where(is_level, np.sqrt(columns.mean(axis=0).clip(0)), columns.std(axis=0))
        return np.where(spreads > np.finfo(float).eps * np.abs(columns).max(axis=0), spreads, 1.0)


def _levels(X: np.ndarray, categories: Categories) -> list[np.ndarray]:
    """For each column the values that are levels: of a 0/1 column the 1, whatever it was scaled to."""
    levels = [np.empty(0)] * X.shape[1]
    for places in categories:
        for place in places:
            values = np.unique(X[:, place])
            if len(places) > 1 and values.min() == 0 and len(values) <= 2:
                levels[place] = values[-1:]
            # Values of almost every row would be a number, and a model that knows them knows its customers.
            elif len(places) == 1 and len(values) <= min(_MOST_LEVELS, len(X) // 2):
                levels[place] = values
    return levels


def _at_most(wanted: int | float | None, shape: tuple[int, ...]) -> int | float | None:
    return min(wanted, *shape) if isinstance(wanted, int) else wanted
