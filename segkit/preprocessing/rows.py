"""Which customers a segmentation is fitted on: rules that judge typed rows, 1 for keep and -1 for drop.

Customers who are dropped are not fitted, but they are given a segment like everyone else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, clone
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import IsolationForest
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline

from segkit.errors import UserError, did_you_mean
from segkit.preprocessing.levels import OneHotLevels
from segkit.preprocessing.words import missing_as_level


class Complete(BaseEstimator):
    """Keeps the rows without a gap."""

    def fit_predict(self, X: pd.DataFrame, y: Any = None) -> np.ndarray:
        """1 for each row to keep, -1 for the others."""
        return _verdict(X.notna().all(axis=1))


class Within(BaseEstimator):
    """Keeps the rows whose numbers lie within `limits`: column -> (lowest, highest), None for no limit.

    Limits count as within, and so does a gap.
    """

    def __init__(self, limits: Mapping[str, Sequence[float | None]]) -> None:
        self.limits = limits

    def fit_predict(self, X: pd.DataFrame, y: Any = None) -> np.ndarray:
        """1 for each row to keep, -1 for the others."""
        within = np.ones(len(X), dtype=bool)
        for name, limits in self.limits.items():
            lowest, highest = self._limits(X, name, limits)
            within &= ~((X[name] < lowest) | (X[name] > highest)).to_numpy()
        return _verdict(within)

    def _limits(self, X: pd.DataFrame, name: str, limits: Sequence[float | None]) -> tuple[float, float]:
        if name not in X.columns:
            problem = f"preprocessing.drop: Within names a column that the table lacks: {name}"
            raise UserError(problem, did_you_mean(name, X.columns))
        if not pd.api.types.is_numeric_dtype(X[name]):
            raise UserError(f"preprocessing.drop: Within limits {name}, which is no number", "limit numbers and dates")
        if isinstance(limits, str) or not isinstance(limits, Sequence) or len(limits) != 2:
            raise UserError(f"preprocessing.drop: Within needs two limits for {name}", f"write {name}: [0, 90]")
        lowest, highest = limits
        return -np.inf if lowest is None else lowest, np.inf if highest is None else highest


class Typical(BaseEstimator):
    """Keeps the rows that an isolation forest does not call outliers.

    `contamination` is the share to drop. With "auto" the forest decides, and it may drop half of the customers.
    """

    def __init__(self, contamination: float | str = 0.05, seed: int = 0) -> None:
        self.contamination = contamination
        self.seed = seed

    def fit_predict(self, X: pd.DataFrame, y: Any = None) -> np.ndarray:
        """1 for each row to keep, -1 for the others."""
        matrix = make_column_transformer(
            (SimpleImputer(strategy="median", keep_empty_features=True), make_column_selector(dtype_include="number")),
            (make_pipeline(missing_as_level(), OneHotLevels()), make_column_selector(dtype_exclude="number")),
            sparse_threshold=0,
        ).set_output(transform="default")
        forest = IsolationForest(contamination=self.contamination, random_state=self.seed)
        return forest.fit_predict(matrix.fit_transform(X))


def kept_rows(frame: pd.DataFrame, rules: Sequence[tuple[str, Any]]) -> np.ndarray:
    """A mask of the rows that all rules keep, each judging what the one before kept; each rule has a name for messages.

    Raises UserError where a rule leaves fewer than two rows.
    """
    kept = np.arange(len(frame))
    for name, rule in rules:
        if not hasattr(rule, "fit_predict"):
            raise UserError(f"{name} is no rule for rows", "a rule has fit_predict, see segkit.preprocessing.rows")
        kept = kept[np.asarray(clone(rule, safe=False).fit_predict(frame.iloc[kept])) == 1]
        if len(kept) < 2:
            problem = f"{name} leaves {len(kept)} of {len(frame)} customers to fit"
            raise UserError(problem, "loosen it or leave it out")
    return np.isin(np.arange(len(frame)), kept)


def _verdict(kept: Any) -> np.ndarray:
    return np.where(kept, 1, -1)
