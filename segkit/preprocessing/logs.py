"""Long tails shortened by logarithms."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


class LogSkewed(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Takes log1p of the columns whose skewness at fitting is above `above`, or of all of them if it is None.

    Numbers below zero keep their sign: sign(x) * log1p(|x|). Gaps stay gaps. After `fit`: `skewness_` (0 for a
    constant), `logged_`.
    """

    def __init__(self, above: float | None = 1.0) -> None:
        self.above = above

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn which columns are skewed."""
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        self.skewness_ = _skewness(X)
        self.logged_ = np.ones(X.shape[1], dtype=bool) if self.above is None else self.skewness_ > self.above
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The rows with the logged columns in logs."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan")
        return np.where(self.logged_, np.sign(X) * np.log1p(np.abs(X)), X)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _skewness(X: np.ndarray) -> np.ndarray:
    table = pd.DataFrame(X)
    spread = table.std(ddof=0)
    # Rounding may leave a constant column a little spread, so its range counts too.
    varied = (table.max() > table.min()) & (spread > 0)
    cubes = ((table - table.mean()) / spread.where(varied)) ** 3
    return cubes.mean().fillna(0.0).to_numpy()
