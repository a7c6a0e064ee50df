"""How good a segmentation is, in numbers that need no known answer (and in those that do, where one is known)."""

from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
)

from segkit.distances import EUCLIDEAN
from segkit.segments import NOISE, UNSURE
from segkit.silhouettes import silhouettes

# 0.5 s and 0.3 GB; the standard error of a mean silhouette is then about .003.
MOST_MEASURED = 6000
# Settings that depend on the scale of a space, so that what was found is worth knowing.
_FOUND = ("eps", "bandwidth", "threshold", "preference", "gamma")


def evaluate(
    space: np.ndarray, labels: np.ndarray, measured: np.ndarray | None, weights: np.ndarray | None = None
) -> dict[str, float]:
    """All measures of one segmentation in the space that was clustered.

    A measure that is not defined (one segment only, everything noise) is left out rather than filled with a number.
    """
    measures = shape(labels, weights)
    if measured is None:
        return measures
    kept = labels != NOISE
    return measures | _separation(space[kept], labels[kept]) | _silhouette_means(measured, labels[kept])


def shape(labels: np.ndarray, weights: np.ndarray | None = None) -> dict[str, float]:
    """How many segments, how much noise, how uneven; shares are of all customers, of whom a row may stand for many."""
    customers = np.ones(len(labels)) if weights is None else weights
    counts = pd.Series(customers).groupby(labels).sum()
    sizes = counts.drop(index=NOISE, errors="ignore").to_numpy() / counts.sum()
    return {
        "segments": float(len(sizes)),
        "noise_share": float(counts.get(NOISE, 0.0) / counts.sum()),
        "smallest_share": float(sizes.min(initial=1.0)) if len(sizes) else 0.0,
        "largest_share": float(sizes.max(initial=0.0)),
    }


def customer_silhouettes(
    space: np.ndarray, labels: np.ndarray, most: int = MOST_MEASURED, metric: str = EUCLIDEAN
) -> np.ndarray | None:
    """Silhouette of every customer in a segment (noise left out), or None where it is not defined.

    `metric` is the distance that the segments were made with. The cost grows with the square of the rows: above `most`
    customers as many of each segment are measured, among each other, and the rest are NaN.
    """
    kept = labels != NOISE
    if not 2 <= len(np.unique(labels[kept])) < kept.sum():
        return None
    if kept.sum() <= most:
        return silhouettes(space, labels, metric)[kept]
    space, labels = space[kept], labels[kept]
    rows, values = _measured(labels, most), np.full(len(labels), np.nan)
    values[rows] = silhouettes(space[rows], labels[rows], metric)
    return values


def _measured(labels: np.ndarray, most: int) -> np.ndarray:
    """The rows whose silhouette is worked out: equally many of each segment, small segments whole."""
    shuffled = np.random.default_rng(0).permutation(len(labels))
    place = pd.Series(labels[shuffled]).groupby(labels[shuffled]).cumcount().to_numpy()
    return np.sort(shuffled[place < most // len(np.unique(labels))])


def smallest(labels: np.ndarray, weights: pd.Series | None, value: pd.Series | None) -> dict[str, float]:
    """The smallest segment in customers, and the poorest one in money where there is a value column."""
    customers = pd.Series(np.ones(len(labels)) if weights is None else weights.to_numpy())
    sums = {"smallest_customers": customers}
    if value is not None:
        sums["smallest_value"] = customers * value.to_numpy()
    in_segment = labels != NOISE
    if not in_segment.any():
        return {}
    return {name: float(amount[in_segment].groupby(labels[in_segment]).sum().min()) for name, amount in sums.items()}


def confidence(odds: np.ndarray) -> dict[str, float]:
    """How sure the assignments are: the mean probability of the segment that each customer gets, and who is unsure.

    >>> confidence(np.array([[0.9, 0.1], [0.5, 0.5]]))
    {'confidence': 0.7, 'unsure_share': 0.5}
    """
    best = odds.max(axis=1)
    return {"confidence": float(best.mean()), "unsure_share": float(np.mean(best < UNSURE))}


def lone(labels: np.ndarray) -> dict[str, float]:
    """How many segments are one customer each, if any: such a segment's centre is that customer's row.

    >>> lone(np.array([0, 0, 1, -1])), lone(np.array([0, 0, -1]))
    ({'lone_segments': 1.0}, {})
    """
    sizes = np.unique(labels[labels != NOISE], return_counts=True)[1]
    return {"lone_segments": float(found)} if (found := int((sizes == 1).sum())) else {}


def fit_measures(algorithm: Any, space: np.ndarray) -> dict[str, float]:
    """BIC and AIC, for algorithms that are probability models, and the settings that an algorithm found by itself."""
    criteria = {name: getattr(algorithm, name, None) for name in ("bic", "aic")}
    measures = {name: float(criterion(space)) for name, criterion in criteria.items() if callable(criterion)}
    measures |= {name: float(getattr(algorithm, f"{name}_")) for name in _FOUND if hasattr(algorithm, f"{name}_")}
    return {name: value for name, value in measures.items() if np.isfinite(value)}


def truth_measures(truth: pd.Series | None, labels: np.ndarray) -> dict[str, float]:
    """Agreement with known answers, on the customers whose answer is known; empty where none are."""
    if truth is None or truth.isna().all():
        return {}
    known = truth.notna().to_numpy()
    names, labels = truth[known].astype(str).to_numpy(), labels[known]
    return {
        "truth_ami": float(adjusted_mutual_info_score(names, labels)),
        "truth_ari": float(adjusted_rand_score(names, labels)),
    }


def _separation(space: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    return {
        "davies_bouldin": float(davies_bouldin_score(space, labels)),
        "calinski_harabasz": float(calinski_harabasz_score(space, labels)),
        "inertia": _inertia(space, labels),
    }


def _inertia(space: np.ndarray, labels: np.ndarray) -> float:
    """Squared distances to the segment means: k-means' own measure, defined alike for any partition."""
    groups = (space[labels == segment] for segment in np.unique(labels))
    return float(sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups))


def _silhouette_means(values: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Mean over customers, mean over segments (a small segment counts as much as a large one), worst segment.

    Where only some customers were measured, how many, and the standard error of the mean, are told too.
    """
    segments = pd.Series(values).groupby(labels)
    by_segment, sizes = segments.mean(), segments.size() / len(labels)
    means = {
        "silhouette": float((by_segment * sizes).sum()),
        "silhouette_macro": float(by_segment.mean()),
        "silhouette_min": float(by_segment.min()),
    }
    measured = int(np.isfinite(values).sum())
    if measured == len(labels):
        return means
    error = float(np.sqrt((sizes**2 * segments.var() / segments.count()).sum()))
    return means | {"silhouette_rows": float(measured), "silhouette_error": error}
