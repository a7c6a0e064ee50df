"""Hierarchical clustering as a tree that is grown once and cut at any number of segments."""

from typing import Any, Self

import fastcluster
import numpy as np
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import validate_data

from segkit.algorithms.checks import check_segments
from segkit.algorithms.distances import METRICS, check_metric
from segkit.errors import UserError, did_you_mean

# These grow with the memory of the rows; the others need every distance at once.
_LEAN = ("ward", "single", "centroid", "median")
_LINKAGES = (*_LEAN, "average", "complete", "weighted")
# What a spread or a centre is, these take from Euclidean distances.
_EUCLIDEAN = ("ward", "centroid", "median")


class Hierarchical(ClusterMixin, BaseEstimator):
    """Merges customers bottom-up, always the two nearest groups: the segments at k + 1 split those at k.

    `linkage` says what near means: ward (least spread, memory of the rows alone), average, complete, single and others.
    `metric` is the distance between two customers; ward, centroid and median know only the Euclidean one.
    `grow` gives the tree, `cut` the segments of a tree, so that one tree serves every `n_clusters`.
    """

    def __init__(self, n_clusters: int = 4, linkage: str = "ward", metric: str = "euclidean") -> None:
        self.n_clusters = n_clusters
        self.linkage = linkage
        self.metric = metric

    @property
    def most_rows(self) -> int | None:
        """Above so many rows a sample should be fitted: their distances would take more than 2 GB."""
        return None if self.linkage in _LEAN else 20_000

    @property
    def euclidean_only(self) -> bool:
        """Whether the linkage takes no other distance."""
        return self.linkage in _EUCLIDEAN

    def fit(self, X: Any, y: Any = None) -> Self:
        """Grow the tree and cut it: `labels_`."""
        self.labels_ = self.cut(self.grow(validate_data(self, X, ensure_min_samples=2)))
        return self

    def grow(self, X: np.ndarray) -> np.ndarray:
        """The merges in their order, one a row, as scipy's `linkage` writes them."""
        self._check()
        grower = fastcluster.linkage_vector if self.linkage in _LEAN else fastcluster.linkage
        points = np.ascontiguousarray(X, dtype=float)
        return np.asarray(grower(points, method=self.linkage, metric=METRICS[self.metric]))

    def cut(self, tree: np.ndarray) -> np.ndarray:
        """The segment of every row: what is still apart when `n_clusters` groups are left."""
        rows, merges = len(tree) + 1, tree[:, :2].astype(int)
        check_segments(self.n_clusters, rows)
        groups = np.arange(2 * rows - 1)
        # From the last merge that counts down to the first: a group hands its name to the two that it is made of.
        for merge in range(rows - self.n_clusters - 1, -1, -1):
            groups[merges[merge]] = groups[rows + merge]
        return np.unique(groups[:rows], return_inverse=True)[1]

    def _check(self) -> None:
        if self.linkage not in _LINKAGES:
            raise UserError(f"algorithm.linkage={self.linkage} is not known", did_you_mean(self.linkage, _LINKAGES))
        check_metric(self.metric)
        if self.metric != "euclidean" and self.euclidean_only:
            problem = f"algorithm.linkage={self.linkage} takes no algorithm.metric={self.metric}"
            raise UserError(problem, "choose linkage=average, complete or single, or metric=euclidean")
