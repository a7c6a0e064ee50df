"""Shares of customers now and at fitting: segments, the unsure, those unlike all others; and whether they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from segkit.profiles.intervals import adjusted, shares_differ, wilson


@dataclass(frozen=True)
class Share:
    """So many customers as a share of all, with its 95 % interval.

    `before` is the share at fitting, NaN where it is not known; `p` that of a test that both are one.
    """

    customers: int
    share: float
    low: float
    high: float
    before: float
    p: float

    @property
    def risen(self) -> float:
        """By how much the share is higher than before, in parts of one."""
        return self.share - self.before


def share_of(customers: int, everyone: int, before: float = nan, everyone_before: float = nan) -> Share:
    """So many of all customers, against a share of so many before.

    >>> found = share_of(30, 100, 0.1, 500)
    >>> round(found.low, 2), round(found.high, 2), found.p < 0.001
    (0.22, 0.4, True)
    """
    share = customers / everyone if everyone else nan
    low, high = wilson(share, everyone)
    p = float(shares_differ((share, before), (everyone, everyone_before)))
    return Share(customers, share, float(low), float(high), before, p)


def segment_shares(
    segments: npt.NDArray[np.int64], before: Mapping[int, float], everyone_before: int
) -> dict[int, Share]:
    """The share of each segment, now or before; the p-values are raised for their number."""
    numbers = sorted({*map(int, np.unique(segments)), *before})
    # What nobody was in before has a share of its own, nothing; of what is not known there is none.
    then = {number: before.get(number, 0.0) if before else nan for number in numbers}
    found = [share_of(int((segments == n).sum()), len(segments), then[n], everyone_before) for n in numbers]
    raised = adjusted([one.p for one in found])
    return {
        number: Share(one.customers, one.share, one.low, one.high, one.before, float(p))
        for number, one, p in zip(numbers, found, raised, strict=True)
    }
