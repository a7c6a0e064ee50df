"""Kernel PCA for tables of any length."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import KernelPCA
from sklearn.utils import gen_even_slices
from sklearn.utils.validation import check_is_fitted, validate_data

from segkit.errors import UserError

# Rows that are mapped at a time: their kernel with the fitted ones then takes some tens of MB.
_AT_A_TIME = 2000


class SampledKernelPCA(TransformerMixin, BaseEstimator):
    """scikit-learn's kernel PCA, fitted on at most `fit_rows` customers; all others are mapped as newcomers would be.

    The kernel of all rows with each other would take 80 GB at 100,000. `gamma` may be "scale": one over the number of
    columns times their mean variance, so that it means the same whatever the preprocessing.
    """

    def __init__(
        self,
        n_components: int = 3,
        kernel: str = "rbf",
        gamma: float | str | None = "scale",
        degree: float = 3,
        coef0: float = 1,
        fit_rows: int = 2000,
        random_state: int | None = None,
    ) -> None:
        self.n_components = n_components
        self.kernel = kernel
        self.gamma = gamma
        self.degree = degree
        self.coef0 = coef0
        self.fit_rows = fit_rows
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the directions from all rows, or from a sample in which every row is as likely as any other."""
        X = validate_data(self, X, dtype=float, ensure_min_samples=2)
        most = self.most_components(X)
        sample = X[self._sampled(len(X))]
        self.kernel_pca_ = KernelPCA(
            min(self.n_components, most),
            kernel=self.kernel,
            gamma=_scale(sample) if self.gamma == "scale" else self.gamma,
            degree=self.degree,
            coef0=self.coef0,
            random_state=self.random_state,
        ).fit(sample)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Where each row lies along the directions."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=float, reset=False)
        parts = gen_even_slices(len(X), -(-len(X) // _AT_A_TIME))
        return np.vstack([self.kernel_pca_.transform(X[part]) for part in parts])

    def most_components(self, matrix: np.ndarray) -> int:
        """A centred kernel has one direction less than rows, and may have more than columns."""
        if not isinstance(self.fit_rows, int) or self.fit_rows < 2:
            raise UserError(f"reducer.fit_rows={self.fit_rows} does not do", "give a whole number from 2 on")
        return min(len(matrix), self.fit_rows) - 1

    def _sampled(self, rows: int) -> np.ndarray:
        shuffled = np.random.default_rng(self.random_state).permutation(rows)
        return np.sort(shuffled[: self.fit_rows])


def _scale(X: np.ndarray) -> float:
    return float(1 / (X.shape[1] * (X.var() or 1.0)))
