"""Categories as numbers, without keeping the names of levels that hardly anybody has."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

# A level that one customer has may be a typed-in name or address: nobody's model should know it.
FEWEST = 2


class TakesLevels(TransformerMixin, BaseEstimator):
    """A step that takes columns of categories, as text or whatever they are."""

    def _read(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        return validate_data(self, X, reset=False, dtype=None)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        tags.transformer_tags.preserves_dtype = []
        return tags


class _Levels(TakesLevels):
    """Learns which levels are told apart: `levels_`, per column. Of the others nothing is kept."""

    share = 0.0

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the levels that are common enough."""
        X = validate_data(self, X, dtype=None)
        self.levels_ = [common_levels(pd.Series(values), self.share) for values in X.T]
        self.pooled_ = [bool((codes < 0).any()) for codes in self._codes(X)]
        return self

    def _codes(self, X: np.ndarray) -> list[np.ndarray]:
        """Per column the place of each row's level among `levels_`, -1 for the others."""
        return [
            pd.Index(known, dtype=object).get_indexer(pd.Index(X[:, place].astype(str), dtype=object))
            for place, known in enumerate(self.levels_)
        ]


class OneHotLevels(_Levels):
    """A 0/1 column for each level; levels under `share` of the fitted rows, or of one customer, share one.

    scikit-learn's encoder pools them too, but keeps their names. A level never seen joins them, if there are any.
    """

    def __init__(self, share: float = 0.01) -> None:
        self.share = share

    def transform(self, X: Any) -> np.ndarray:
        """The 0/1 columns."""
        codes = self._codes(self._read(X))
        return np.hstack([self._columns(place, found) for place, found in enumerate(codes)])

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """`column_level` for each level, `column_(other)` for those that share one."""
        given = input_features if input_features is not None else getattr(self, "feature_names_in_", None)
        names = given if given is not None else [f"x{place}" for place in range(self.n_features_in_)]
        levels = [[*known, *["(other)"] * pooled] for known, pooled in zip(self.levels_, self.pooled_, strict=True)]
        made = [f"{name}_{level}" for name, found in zip(names, levels, strict=True) for level in found]
        return np.array(made, dtype=object)

    def _columns(self, place: int, codes: np.ndarray) -> np.ndarray:
        width = len(self.levels_[place])
        return np.eye(width + 1)[codes][:, : width + self.pooled_[place]]  # -1 is the last


class NumberedLevels(OneToOneFeatureMixin, _Levels):
    """Each level becomes its number in sorting order; one that a single customer has, or never seen, becomes -1."""

    def transform(self, X: Any) -> np.ndarray:
        """The numbers."""
        return np.column_stack(self._codes(self._read(X))).astype(float)


def common_levels(values: pd.Series, share: float) -> list[str]:
    """The levels that at least this share of the known values have, and no fewer than two customers, sorted.

    >>> common_levels(pd.Series(["a", "a", "a", "b", "b", "Ann Smith"]), 0.1)
    ['a', 'b']
    """
    counts = values.dropna().astype(str).value_counts()
    return sorted(map(str, counts[(counts >= FEWEST) & (counts / counts.sum() >= share)].index))
