"""How distinct the most distinct segments of a matrix are: a search that is quick enough to be done many times."""

from collections.abc import Iterator

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from segkit.algorithms.hierarchical import Hierarchical
from segkit.segments import NOISE
from segkit.silhouettes import silhouettes

_KS = range(2, 8)
_SMALLEST = 0.02


def best_score(matrix: np.ndarray) -> float:
    """The highest silhouette that the search finds in a matrix."""
    spaces = [matrix] + ([PCA(3, random_state=0).fit_transform(matrix)] if min(matrix.shape) > 3 else [])
    return max((_score(space, labels) for space in spaces for labels in _partitions(space)), default=-1.0)


def _partitions(space: np.ndarray) -> Iterator[np.ndarray]:
    """Ward's segments, and where k-means leads from there."""
    ward = Hierarchical(2)
    tree = ward.grow(space)
    places = len(np.unique(space.round(9), axis=0))  # customers who are the same make no segments
    for k in _KS:
        if k <= places:
            labels = ward.set_params(n_clusters=k).cut(tree)
            centres = np.array([space[labels == segment].mean(axis=0) for segment in range(k)])
            yield labels
            yield KMeans(k, init=centres, n_init=1).fit_predict(space)


def _score(space: np.ndarray, labels: np.ndarray) -> float:
    """The mean silhouette; who is in too small a segment counts as 0, so that outliers do not decide."""
    sizes = np.bincount(labels)
    counting = sizes >= max(2, _SMALLEST * len(labels))
    if counting.sum() < 2:
        return -1.0
    return float(np.nansum(silhouettes(space, np.where(counting[labels], labels, NOISE))) / len(labels))
