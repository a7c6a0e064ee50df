"""A first look at stability, cheap enough for every run: is half of the customers segmented as they are among all?"""

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from segkit.errors import UserError
from segkit.evidence.halves import half_model, pairs_of_halves
from segkit.model import SegmentationModel


def quick_stability(
    model: SegmentationModel, customers: pd.DataFrame, weights: pd.Series | None = None
) -> dict[str, float]:
    """`stability_quick`: how far two halves, each put through the whole pipeline, fall apart as they do among all.

    The mean adjusted Rand index, 0 by chance and 1 the same; empty where a half is too small to be segmented.
    """
    (pair,) = pairs_of_halves(len(customers), 1)
    try:
        found = [_agreement(model, customers, weights, rows, side) for side, rows in enumerate(pair)]
    except (ValueError, UserError):  # more segments are asked for than a half has customers, say
        return {}
    return {"stability_quick": float(np.mean(found))}


def _agreement(
    model: SegmentationModel, customers: pd.DataFrame, weights: pd.Series | None, rows: np.ndarray, side: int
) -> float:
    again = half_model(model, 0, side)
    labels = again.segments_in(customers.iloc[rows], None if weights is None else weights.iloc[rows])
    among_all = pd.Series(model.labels_[rows]).loc[labels.index]
    return float(adjusted_rand_score(among_all, labels))
