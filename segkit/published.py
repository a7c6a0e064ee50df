"""Mistakes that published results rest on, by name, so that the results can be repeated. Nothing else uses them."""

from typing import Any, Self

import numpy as np
from sklearn.cluster import DBSCAN


class NoiseAsSegment(DBSCAN):
    """DBSCAN with those whom it leaves unassigned counted as one more segment, which flatters its silhouette."""

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Fit, then number the noise like a segment."""
        labels = super().fit(X, y, sample_weight).labels_
        self.labels_ = np.where(labels < 0, labels.max() + 1, labels)
        return self
