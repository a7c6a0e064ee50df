"""Categories as numbers: how common each level is."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.preprocessing.levels import FEWEST


class FrequencyEncoder(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Each level becomes its share of the fitted rows; a level never seen, or of one customer, becomes 0.

    After `fit`: `shares_`, for each column a mapping from level to share.
    """

    def fit(self, X: Any, y: Any = None) -> Self:
        """Count the levels."""
        X = validate_data(self, X, dtype=None)
        self.shares_ = [_shares(X[:, column]) for column in range(X.shape[1])]
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The shares of the levels of each row."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=None)
        columns = [pd.Series(X[:, place]).map(shares).fillna(0.0) for place, shares in enumerate(self.shares_)]
        return np.column_stack(columns).astype(float)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _shares(values: np.ndarray) -> dict[Any, float]:
    counts = pd.Series(values).value_counts()
    shares = counts[counts >= FEWEST] / len(values)
    return dict(zip(shares.index.tolist(), shares.tolist(), strict=True))
