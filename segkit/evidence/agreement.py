"""How far segmentations of the same customers agree."""

from collections.abc import Mapping

import numpy as np
import pandas as pd


def agreement(labels: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """The adjusted Rand index of every two segmentations, by name: 0 by chance, 1 the same.

    All at once, from one product of matrices: pair by pair a sweep's would take seconds.

    >>> agreement({"a": np.array([0, 0, 1, 1]), "b": np.array([5, 5, 2, 2])}).loc["a", "b"]
    np.float64(1.0)
    """
    members = [np.unique(one, return_inverse=True)[1] for one in labels.values()]
    memberships = [np.eye(one.max() + 1)[one] for one in members]
    starts = np.cumsum([0, *(one.shape[1] for one in memberships)])[:-1]
    whole = np.hstack(memberships)
    together = _pairs(whole.T @ whole)
    both = np.add.reduceat(np.add.reduceat(together, starts, axis=0), starts, axis=1)
    own = np.diag(both)
    chance = np.outer(own, own) / max(_pairs(len(whole)), 1)
    most = (own[:, None] + own) / 2
    index = np.divide(both - chance, most - chance, out=np.ones_like(both), where=most - chance > 0)
    return pd.DataFrame(index, index=list(labels), columns=list(labels))


def mean_agreement(found: pd.DataFrame) -> dict[str, float]:
    """Each segmentation's mean agreement with the others; 1 for one that is alone."""
    others = len(found) - 1
    if others < 1:
        return dict.fromkeys(map(str, found.index), 1.0)
    return {str(name): (total - 1.0) / others for name, total in found.sum(axis=1).items()}


def _pairs(counts: np.ndarray | int) -> np.ndarray:
    return np.asarray(counts) * (np.asarray(counts) - 1) / 2
