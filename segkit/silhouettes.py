"""Silhouettes; runs that cluster one space one after the other share its distances."""

from functools import lru_cache

import numpy as np
from sklearn.metrics import pairwise_distances, pairwise_distances_chunked

from segkit.distances import EUCLIDEAN
from segkit.segments import NOISE

# 128 MB a worker. Larger tables gain as much time and would take more memory than the rest of a run.
_MOST_SHARED = 4000


def silhouettes(space: np.ndarray, labels: np.ndarray, metric: str = EUCLIDEAN) -> np.ndarray:
    """The silhouette of every row that is in a segment, as scikit-learn defines it; NaN for noise.

    `metric` is one that scikit-learn's `pairwise_distances` knows.
    """
    members = labels[:, None] == np.unique(labels[labels != NOISE])
    sums, sizes = _distance_sums(space, members.astype(float), metric), members.sum(axis=0)
    inside = (sums * members).sum(axis=1) / np.maximum(members @ sizes - 1, 1)
    outside = np.where(members, np.inf, sums / sizes).min(axis=1)
    values = (outside - inside) / np.maximum(np.maximum(outside, inside), np.finfo(float).tiny)
    values[members @ sizes == 1] = 0  # alone in its segment: neither near nor far
    return np.where(labels == NOISE, np.nan, values)


def _distance_sums(space: np.ndarray, members: np.ndarray, metric: str) -> np.ndarray:
    """Per row, the sum of its distances to the members of each segment."""
    if len(space) <= _MOST_SHARED:
        space = np.ascontiguousarray(space, dtype=float)
        return np.asarray(_distances(space.tobytes(), space.shape, metric) @ members)
    parts = pairwise_distances_chunked(space, reduce_func=lambda part, _: part @ members, metric=metric)
    return np.vstack(list(parts))


@lru_cache(maxsize=1)  # a worker does the runs of one space in a row
def _distances(content: bytes, shape: tuple[int, int], metric: str) -> np.ndarray:
    return np.asarray(pairwise_distances(np.frombuffer(content).reshape(shape), metric=metric))
