"""Extreme numbers pulled in to a fence."""

from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


class Clipper(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Clips each column to fences learnt at fitting.

    The fences are the `share` and 1 - `share` quantile, each moved outwards by `reach` times the distance between
    them: `Clipper(0.25, 1.5)` has Tukey's fences. A column that is the same between the two quantiles is left alone,
    since a flag that few customers have is no outlier. Gaps stay gaps. After `fit`: `lower_`, `upper_`.
    """

    def __init__(self, share: float = 0.01, reach: float = 0.0) -> None:
        self.share = share
        self.reach = reach

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the fences."""
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan")
        low, high = pd.DataFrame(X).quantile([self.share, 1 - self.share]).to_numpy()
        distance = high - low
        self.lower_ = np.where(distance > 0, low - self.reach * distance, -np.inf)
        self.upper_ = np.where(distance > 0, high + self.reach * distance, np.inf)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The rows with every value between the fences."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=np.float64, ensure_all_finite="allow-nan")
        return np.clip(X, self.lower_, self.upper_)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags
