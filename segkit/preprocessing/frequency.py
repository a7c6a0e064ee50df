"""Categories as numbers: how common each level is."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import OneToOneFeatureMixin
from sklearn.utils.validation import validate_data

from segkit.preprocessing.levels import FEWEST, TakesLevels


class FrequencyEncoder(OneToOneFeatureMixin, TakesLevels):
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
        X = self._read(X)
        columns = [pd.Series(X[:, place]).map(shares).fillna(0.0) for place, shares in enumerate(self.shares_)]
        return np.column_stack(columns).astype(float)


def _shares(values: np.ndarray) -> dict[Any, float]:
    counts = pd.Series(values).value_counts()
    shares = counts[counts >= FEWEST] / len(values)
    return dict(zip(shares.index.tolist(), shares.tolist(), strict=True))
