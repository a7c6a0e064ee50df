"""Filling gaps from the most similar of a few typical customers."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted, validate_data

# A mean of fewer customers tells too much about each of them.
_FEWEST = 5
_ROWS_PER_PROTOTYPE = 10


class PrototypeImputer(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Fills a gap with the value of the nearest prototype, judged by the columns that are present.

    Prototypes are the means of k-means groups: at most `prototypes`, fewer where rows are few. No row is kept, and no
    mean of fewer than five. A row without any value gets the medians. After `fit`: `prototypes_`, `medians_`.
    """

    def __init__(self, prototypes: int = 50, seed: int = 0) -> None:
        self.prototypes = prototypes
        self.seed = seed

    def fit(self, X: Any, y: Any = None) -> Self:
        """Find the prototypes."""
        X = self._read(X, reset=True)
        # Columns without any value are zeros.
        filling = SimpleImputer(strategy="median", keep_empty_features=True)
        filled = filling.fit_transform(X)
        self.medians_ = np.nan_to_num(filling.statistics_)
        self.scale_ = StandardScaler().fit(filled).scale_
        groups = self._groups(filled / self.scale_)
        names, sizes = np.unique(groups, return_counts=True)
        # A group of very few is an outlier: it would be a customer, not a type.
        types = [X[groups == name] for name in names[sizes >= _FEWEST]]
        self.prototypes_ = np.array([self._mean(rows) for rows in types or [X]])
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The rows with every gap filled."""
        check_is_fitted(self)
        X = self._read(X, reset=False)
        gaps = np.isnan(X)
        rows = gaps.any(axis=1)
        filled = X.copy()
        filled[rows] = np.where(gaps[rows], self._donors(X[rows]), X[rows])
        return filled

    def _read(self, X: Any, reset: bool) -> np.ndarray:
        # In C order the distances of a row add up in the same order alone and in a batch.
        return validate_data(self, X, reset=reset, dtype=np.float64, order="C", ensure_all_finite="allow-nan")

    def _groups(self, scaled: np.ndarray) -> np.ndarray:
        distinct = len(np.unique(scaled, axis=0))
        count = max(1, min(self.prototypes, len(scaled) // _ROWS_PER_PROTOTYPE, distinct))
        return KMeans(count, n_init=1, random_state=self.seed).fit_predict(scaled)

    def _mean(self, rows: np.ndarray) -> np.ndarray:
        known = np.sum(~np.isnan(rows), axis=0)
        return np.where(known >= _FEWEST, np.nansum(rows, axis=0) / np.maximum(known, 1), self.medians_)

    def _donors(self, rows: np.ndarray) -> np.ndarray:
        """For each row the prototype that fills it."""
        squares = [np.nansum(((rows - prototype) / self.scale_) ** 2, axis=1) for prototype in self.prototypes_]
        nearest = self.prototypes_[np.argmin(squares, axis=0)]
        return np.where(np.isnan(rows).all(axis=1, keepdims=True), self.medians_, nearest)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags
