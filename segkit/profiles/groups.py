"""Segments against all others, column by column: how many, their mean, their variance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.profiles.intervals import means_differ, shares_differ
from segkit.segments import NOISE

Floats = npt.NDArray[np.float64]

# What varies by less, as a share of its mean, is one value and rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Moments:
    """Count, mean and variance of each column, one row a group. Customers of unequal weight count as fewer."""

    count: Floats
    mean: Floats
    variance: Floats


@dataclass(frozen=True)
class Groups:
    """Of each column: the moments of each segment, of all customers who are not in it, and of everyone.

    `segments` are in order, those without a segment are none of them but among everyone; `known` is the share of each
    segment that has a value.
    """

    segments: npt.NDArray[np.int64]
    inside: Moments
    outside: Moments
    everyone: Moments
    known: Floats

    def differ(self, shares: npt.NDArray[np.bool_]) -> Floats:
        """p-values that a segment is like the others: Welch's of means, chi-square of columns that are shares."""
        pairs = [(getattr(self.inside, name), getattr(self.outside, name)) for name in ("mean", "variance", "count")]
        means, variances, counts = pairs
        of_means, of_shares = means_differ(means, variances, counts), shares_differ(means, counts)
        return np.where(np.isnan(self.spread), np.nan, np.where(shares, of_shares, of_means))

    @property
    def spread(self) -> Floats:
        """Everyone's standard deviation in each column; missing where it is no more than rounding."""
        found: Floats = np.sqrt(self.everyone.variance[0])
        return np.where(found > _ROUNDING * np.abs(self.everyone.mean[0]), found, np.nan)

    @property
    def far(self) -> Floats:
        """How many of everyone's standard deviations each segment's mean lies from everyone's."""
        found: Floats = (self.inside.mean - self.everyone.mean) / self.spread
        return found


def groups_of(values: pd.DataFrame, labels: np.ndarray, weights: pd.Series | None = None) -> Groups:
    """Compare the segments in columns of numbers; gaps do not count. `weights`: customers that each row stands for."""
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    weight = np.ones(len(numbers)) if weights is None else weights.to_numpy(dtype=float)
    segments = np.unique(labels[labels != NOISE]).astype(np.int64)
    member = (labels == segments[:, None]) * weight
    known = ~np.isnan(numbers)
    middle = _middle(numbers)  # squares of large numbers would lose what tells them apart
    filled = np.where(known, numbers - middle, 0.0)
    sums = _sums(member, known, filled, weight)
    everyone = _sums(weight[None, :], known, filled, weight)
    outside = tuple(all_ - own for all_, own in zip(everyone, sums, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = sums[0] / member.sum(axis=1, keepdims=True)
    inside, others, all_of_them = (_moments(part, middle) for part in (sums, outside, everyone))
    return Groups(segments, inside, others, all_of_them, share)


def _middle(numbers: Floats) -> Floats:
    """The mean of each column; 0 and 1 are summed as they are, so that nobody is exactly 0 %."""
    known = ~np.isnan(numbers)
    filled = np.where(known, numbers, 0.0)
    mean: Floats = filled.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(((filled == 0) | (filled == 1)).all(axis=0), 0.0, mean)


def _sums(member: Floats, known: npt.NDArray[np.bool_], filled: Floats, weight: Floats) -> tuple[Floats, ...]:
    """Of each group and column the sums of weights, of their squares, of values and of squares of values."""
    return member @ known, (member * weight) @ known, member @ filled, member @ filled**2


def _moments(sums: tuple[Floats, ...], middle: Floats) -> Moments:
    weights, squares, values, squared = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        count = np.where(weights > 0, weights**2 / squares, 0.0)
        mean = np.where(weights > 0, values / weights, np.nan)
        spread = np.maximum(squared / weights - mean**2, 0.0)
        variance = np.where(count > 1, spread * count / (count - 1), np.nan)
    return Moments(count, mean + middle, variance)
