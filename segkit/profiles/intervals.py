"""How far a share or a mean can be trusted, and whether two of them differ. Values in, values out, arrays welcome."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtri, stdtr, stdtrit

Floats = npt.NDArray[np.float64]

_LEVEL = 0.95
_Z = float(ndtri((1 + _LEVEL) / 2))
# Effects from here on are more than slight: a churn of 16 instead of 20 %, say.
SLIGHT = 0.1


def wilson(share: Any, count: Any) -> tuple[Floats, Floats]:
    """95 % interval of a share among so many customers; also right where it is 0 or 1, or the customers are few.

    >>> [round(float(end), 3) for end in wilson(0.0, 20)]
    [0.0, 0.161]
    """
    share, count = np.asarray(share, dtype=float), np.asarray(count, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
        half = _Z * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def of_mean(mean: Any, variance: Any, count: Any) -> tuple[Floats, Floats]:
    """95 % interval of a mean by Student's t; missing for a single customer."""
    mean, variance, count = (np.asarray(part, dtype=float) for part in (mean, variance, count))
    with np.errstate(invalid="ignore", divide="ignore"):
        half = stdtrit(np.where(count > 1, count - 1, 1.0), (1 + _LEVEL) / 2) * np.sqrt(variance / count)
    half = np.where(count > 1, half, np.nan)
    return mean - half, mean + half


def means_differ(means: Any, variances: Any, counts: Any) -> Floats:
    """Welch's p-value that two means are the same: each argument holds a pair. Missing where one has a single value.

    >>> round(float(means_differ((1.0, 2.0), (1.0, 4.0), (30, 40))), 4)
    0.0081
    """
    (mean, other), (variance, others) = (np.asarray(part, dtype=float) for part in (means, variances))
    count, rest = np.asarray(counts, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = variance / count, others / rest
        freedom = (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / (count - 1) + parts[1] ** 2 / (rest - 1))
        found = 2 * stdtr(freedom, -np.abs(mean - other) / np.sqrt(parts[0] + parts[1]))
    return np.where((count > 1) & (rest > 1), found, np.nan)


def shares_differ(shares: Any, counts: Any) -> Floats:
    """The chi-square p-value, corrected for few customers (Yates), that two shares are the same.

    >>> round(float(shares_differ((0.3, 0.6), (10, 10))), 3)
    0.369
    """
    (share, other), (count, rest) = (np.asarray(part, dtype=float) for part in (shares, counts))
    with np.errstate(invalid="ignore", divide="ignore"):
        together = (share * count + other * rest) / (count + rest)
        far = np.maximum(np.abs(share - other) - (1 / count + 1 / rest) / 2, 0.0)
        found = chdtrc(1, far**2 / (together * (1 - together) * (1 / count + 1 / rest)))
    return np.where((count > 0) & (rest > 0) & (together > 0) & (together < 1), found, np.nan)


def adjusted(p: Any) -> Floats:
    """p-values raised for their number (Benjamini and Hochberg), missing ones left out: of those that are below .05,
    one in twenty is by chance.

    >>> adjusted([0.01, 0.04, 0.03, float("nan")]).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    values = np.asarray(p, dtype=float)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(-values[known], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    found = values.copy()
    found[order] = np.minimum.accumulate(np.append(1.0, values[order] * len(order) / ranks))[1:]
    return found


def share_effect(share: Any, other: Any) -> Floats:
    """Cohen's h: how far two shares lie apart, comparable with a difference of means in standard deviations.

    >>> round(float(share_effect(0.5, 0.0)), 3), round(float(share_effect(0.55, 0.5)), 3)
    (1.571, 0.1)
    """
    turned = [2 * np.arcsin(np.sqrt(np.clip(np.asarray(part, dtype=float), 0.0, 1.0))) for part in (share, other)]
    found: Floats = turned[0] - turned[1]
    return found


def how_sure(effect: float, p: float) -> str:
    """In words how a value compares with that of all others, and how sure that is.

    >>> how_sure(0.5, 0.0001), how_sure(-0.05, 0.03), how_sure(0.4, 0.3), how_sure(0.4, float("nan"))
    ('higher, quite sure', 'slightly lower, likely', 'no clear difference', 'cannot be told')
    """
    if np.isnan(p) or np.isnan(effect):
        return "cannot be told"
    if p >= 1 - _LEVEL:
        return "no clear difference"
    way = f"{'slightly ' if abs(effect) < SLIGHT else ''}{'higher' if effect > 0 else 'lower'}"
    return f"{way}, {'quite sure' if p < 0.01 else 'likely'}"
