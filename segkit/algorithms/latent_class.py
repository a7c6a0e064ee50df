"""Latent classes: a mixture for answers and other categories, with numbers beside them (StepMix)."""

import warnings
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.algorithms.checks import check_counts, check_positive, check_segments
from segkit.algorithms.extras import extra
from segkit.algorithms.mixed import codes_of, levels_of, numbers_of
from segkit.fit_params import Categories


class LatentClass(ClusterMixin, BaseEstimator):
    """In each class every category has its own shares of levels, and every number its own mean and spread.

    Within a class columns are independent of each other. `bic` and `aic` compare numbers of classes.
    """

    def __init__(
        self,
        n_components: int = 4,
        n_init: int = 5,
        max_iter: int = 500,
        tol: float = 1e-6,
        reg_covar: float = 1e-3,
        random_state: Any = 0,
    ) -> None:
        self.n_components = n_components
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.reg_covar = reg_covar
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, categories: Categories = ()) -> Self:
        """Find the classes: `labels_`, the likeliest of each row."""
        mixtures = extra("survey")
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        check_counts(n_init=self.n_init, max_iter=self.max_iter)
        check_positive(tol=self.tol, reg_covar=self.reg_covar)
        check_segments(self.n_components, len(X))
        self.categories_, self.levels_ = categories, levels_of(X, categories)
        table = self._table(X)
        self.mixture_ = mixtures.StepMix(
            self.n_components,
            measurement=self._columns(X.shape[1]),
            n_init=self.n_init,
            max_iter=self.max_iter,
            abs_tol=self.tol,
            progress_bar=0,
            random_state=self.random_state,
        )
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):  # a slow climb is not news
            self.labels_ = np.asarray(self.mixture_.fit(table).predict(table))
        self.n_iter_ = self.mixture_.n_iter_
        return self

    def bic(self, X: Any) -> float:
        """Bayesian information criterion of these rows; lower is better."""
        check_is_fitted(self)
        return float(self.mixture_.bic(self._table(np.asarray(X, dtype=float))))

    def aic(self, X: Any) -> float:
        """Akaike information criterion of these rows; lower is better."""
        check_is_fitted(self)
        return float(self.mixture_.aic(self._table(np.asarray(X, dtype=float))))

    def _table(self, X: np.ndarray) -> np.ndarray:
        """A 0/1 column for each level of each category, as many for all as the widest needs, then numbers."""
        codes = codes_of(X, self.categories_, self.levels_)
        zeros_and_ones = np.eye(self._widest)[codes].reshape(len(X), codes.shape[1] * self._widest)
        return np.hstack([zeros_and_ones, numbers_of(X, self.categories_)])

    @property
    def _widest(self) -> int:
        return max((len(levels) for levels in self.levels_), default=0)

    def _columns(self, width: int) -> dict[str, dict[str, Any]]:
        """How each part of the table is distributed, in StepMix's words."""
        numbers = width - sum(map(len, self.categories_))
        categories = {
            "model": "categorical",
            "n_columns": len(self.levels_) * self._widest,
            "integer_codes": False,  # StepMix would make the 0/1 columns anew at every step
            "max_n_outcomes": self._widest,
            "total_outcomes": sum(map(len, self.levels_)),
        }
        spread = {"model": "gaussian_diag", "n_columns": numbers, "reg_covar": self.reg_covar}
        return ({"categories": categories} if self.levels_ else {}) | ({"numbers": spread} if numbers else {})
