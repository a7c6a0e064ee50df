"""Quick partitions of a small sample at every k: by the pipeline's own tree, or by k-means."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.cluster.vq import kmeans2
from sklearn.base import clone

from segkit.algorithms.hierarchical import Hierarchical

# The points of a space and some k to each k with its labels.
Partitions = Callable[[np.ndarray, Sequence[int]], Iterator[tuple[int, np.ndarray]]]
# Begun from a tree's segments, k-means has come to rest before.
_ROUNDS = 20


def partitions_like(algorithm: Any) -> Partitions:
    """An algorithm that grows trees parts a sample by its own kind of tree; every other is stood in for by k-means.

    k-means is the quickest, and what the ways that ask for these partitions were made for.
    """
    return _by_tree(algorithm) if hasattr(algorithm, "grow") else by_means


def by_means(space: np.ndarray, ks: Sequence[int]) -> Iterator[tuple[int, np.ndarray]]:
    """k-means, begun from the segments of Ward's tree: no luck of a start is in it."""
    for k, labels in _by_tree(Hierarchical())(space, ks):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a segment that loses all its points leaves fewer segments
            yield k, kmeans2(space, means_of(space, labels), iter=_ROUNDS, minit="matrix")[1]


def means_of(space: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean of each segment, in the order of their numbers."""
    numbers, places, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    members = np.zeros((len(numbers), len(labels)))
    members[places, np.arange(len(labels))] = 1
    return np.asarray((members @ space) / sizes[:, None])


def _by_tree(algorithm: Any) -> Partitions:
    def cut(space: np.ndarray, ks: Sequence[int]) -> Iterator[tuple[int, np.ndarray]]:
        tree = algorithm.grow(space)
        for k in ks:
            yield k, clone(algorithm).set_params(n_clusters=k).cut(tree)

    return cut
