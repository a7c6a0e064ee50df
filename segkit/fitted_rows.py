"""Which customers are fitted; the others are assigned like newcomers."""

from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.pipeline import Pipeline

# Where nothing else is said: a whole matrix of distances then takes 3.2 GB.
MOST_UNSTATED = 20_000


def sample_to_fit(algorithm: Any, rows: int, most: int | None) -> np.ndarray:
    """A mask of the rows to fit: all, or a sample of `most`; an algorithm may say that it takes less (`most_rows`).

    Every row is as likely as any other, so that shares and densities are those of all customers. Drawing evenly from
    parts of the space instead would take for granted what is to be found, and bend every density.
    """
    limits = [limit for limit in (most, getattr(algorithm, "most_rows", None)) if limit is not None]
    chosen = np.ones(rows, dtype=bool)
    if limits and rows > min(limits):
        chosen[np.random.default_rng(0).permutation(rows)[min(limits) :]] = False
    return chosen


def rows_of(X: Any, kept: np.ndarray) -> Any:
    """The rows of a table or matrix that a mask marks."""
    if kept.all():
        return X
    return X.loc[kept] if isinstance(X, pd.DataFrame) else np.asarray(X)[kept]


def as_of_all(preparation: Pipeline, X: Any) -> Pipeline:
    """The preparation with ages counted to the day of all rows: who is not fitted must not move it later."""
    if "as_of" not in preparation["columns"].get_params():
        return preparation
    return preparation.set_params(columns__as_of=clone(preparation["columns"]).fit(X).as_of_)
