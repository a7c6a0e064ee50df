"""Distances between customers, by the metrics that every algorithm here knows."""

import numpy as np
from sklearn.metrics import pairwise_distances_chunked

from segkit.errors import UserError, did_you_mean

# scikit-learn's name -> the one that both scipy and fastcluster know.
METRICS = {"euclidean": "euclidean", "manhattan": "cityblock", "chebyshev": "chebychev", "cosine": "cosine"}
_CHUNK = 64  # MB


def check_metric(metric: str) -> None:
    """Raise UserError unless this metric is known."""
    if metric not in METRICS:
        raise UserError(f"algorithm.metric={metric} is not known", did_you_mean(metric, METRICS))


def all_distances(X: np.ndarray, metric: str) -> np.ndarray:
    """The distance between any two rows: as many numbers as the square of the rows, so each of half the usual size.

    >>> all_distances(np.array([[0.0, 0.0], [3.0, 4.0]]), "manhattan").tolist()
    [[0.0, 7.0], [7.0, 0.0]]
    """
    check_metric(metric)
    found, start = np.empty((len(X), len(X)), dtype=np.float32), 0
    for part in pairwise_distances_chunked(X, metric=metric, working_memory=_CHUNK):
        found[start : start + len(part)] = part
        start += len(part)
    return found
