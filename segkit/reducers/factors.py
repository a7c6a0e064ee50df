"""Factor analysis that does not take the levels of one category for columns with something in common."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import FactorAnalysis
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.fit_params import Categories


class CommonFactors(TransformerMixin, BaseEstimator):
    """scikit-learn's factor analysis, without the commonest level of each category.

    A category's 0/1 columns add up to one, so that each follows from the others: with all of them the first factors
    would be the categories themselves. After `fit`: `factor_analysis_`, and `places_`, the columns that it is of.
    """

    def __init__(
        self, n_components: int = 3, rotation: str | None = "varimax", random_state: int | None = None
    ) -> None:
        self.n_components = n_components
        self.rotation = rotation
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, categories: Categories = ()) -> Self:
        """Learn the factors; `categories` are the places in `X` of each category's columns."""
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        commonest = [
            max(places, key=lambda place: np.count_nonzero(X[:, place])) for places in categories if places[1:]
        ]
        kept = np.setdiff1d(np.arange(X.shape[1]), commonest)
        self.places_ = kept if len(kept) else np.arange(X.shape[1])
        most = min(self.n_components, len(self.places_))
        seed = {} if self.random_state is None else {"random_state": self.random_state}
        self.factor_analysis_ = FactorAnalysis(most, rotation=self.rotation, **seed).fit(X[:, self.places_])
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The factors' scores of each row, whatever the other rows are."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=float, reset=False)
        return np.asarray(self.factor_analysis_.transform(X[:, self.places_]))
