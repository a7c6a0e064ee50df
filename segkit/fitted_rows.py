"""Which customers are fitted; the others are assigned like newcomers."""

from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.pipeline import Pipeline

# Where nothing else is said: a whole matrix of distances then takes 3.2 GB.
MOST_UNSTATED = 20_000


def most_to_fit(algorithm: Any, most: int | None) -> int | None:
    """How many rows are fitted at most, None for all; an algorithm may say that it takes less (`most_rows`)."""
    limits = [limit for limit in (most, getattr(algorithm, "most_rows", None)) if limit is not None]
    return min(limits, default=None)


def sample_to_fit(algorithm: Any, rows: int, most: int | None, seed: int = 0) -> np.ndarray:
    """A mask of the rows to fit: all, or a sample of as many as are fitted at most, another one for each seed.

    Every row is as likely as any other, so that shares and densities are those of all customers. Drawing evenly from
    parts of the space instead would take for granted what is to be found, and bend every density.
    """
    limit = most_to_fit(algorithm, most)
    chosen = np.ones(rows, dtype=bool)
    if limit is not None and rows > limit:
        chosen[np.random.default_rng(seed).permutation(rows)[limit:]] = False
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
