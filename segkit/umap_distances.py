"""All distances of a small table, which UMAP would ask for one by one: half of what embedding two thousand rows takes.

Imported only where UMAP is about to fit.
"""

from functools import cache
from typing import Any

import numba
import numpy as np
from umap import umap_
from umap.distances import euclidean


@cache
def compile_distances() -> None:
    """Have UMAP measure Euclidean distances between all rows in one compiled loop; the embeddings stay the same."""
    one_by_one = umap_.pairwise_distances

    def at_once(X: Any, metric: Any = "euclidean", **settings: Any) -> np.ndarray:
        if metric is not euclidean or settings:
            return np.asarray(one_by_one(X, metric=metric, **settings))
        return np.asarray(_between_all(np.ascontiguousarray(X)))

    umap_.pairwise_distances = at_once


@numba.njit(nogil=True)
def _between_all(rows: np.ndarray) -> np.ndarray:
    found = np.zeros((len(rows), len(rows)), dtype=rows.dtype)
    for one in range(len(rows)):
        for other in range(one):
            found[one, other] = found[other, one] = euclidean(rows[one], rows[other])
    return found
