"""Whether the segments come out again when the whole pipeline is fitted anew on later customers.

A segmentation that never was stable must not pass for one that the customers have left. So what a fit on all of them
finds is held against what fits on halves of them agree about, and against what halves agreed about when it was fitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import clone
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from threadpoolctl import threadpool_limits

from segkit.errors import UserError
from segkit.evidence.halves import ROUNDS, pairs_of_halves
from segkit.identity.people import paired_segments
from segkit.model import SegmentationModel
from segkit.segments import NOISE, SOLID

Labels = npt.NDArray[np.int64]

# Of a segment with less in common with any of the champion's it cannot be said that it is one of them.
_ANOTHER = 0.5


@dataclass(frozen=True)
class Reform:
    """How far a fit on the customers as they are now finds the champion's segments.

    `agreement` is the adjusted Rand index between that fit and the champion, on the same customers, `ami` their
    adjusted mutual information, `best` the highest agreement that any fit on all or on halves of them has with the
    champion. `halves` is how far fits on two halves agree, `then` how far they did at fitting, NaN where unknown.

    `segments` holds the champion's segments: segment, customers, comes_out_again (the overlap with the segment of the
    refit that has most of its people). `new` holds segments of the refit that are none of the champion's, though they
    come out of halves again: customers, overlap, comes_out_again, unsure, outliers.
    """

    agreement: float
    ami: float
    best: float
    halves: float
    then: float
    segments: pd.DataFrame
    new: pd.DataFrame

    @property
    def usual(self) -> float:
        """The agreement that can be expected where nothing has changed."""
        return float(np.nanmin([self.halves, self.then]))

    @property
    def missing(self) -> float:
        """By how much no fit agrees with the champion as can be expected."""
        return self.usual - self.best


@dataclass(frozen=True)
class Standing:
    """Where the champion puts each customer, as it was fitted, and of whom it is not sure or knows nobody like them."""

    segments: Labels
    unsure: npt.NDArray[np.bool_]
    outliers: npt.NDArray[np.bool_]


def reform(
    model: SegmentationModel, customers: pd.DataFrame, standing: Standing, fitted: int, then: float
) -> Reform | None:
    """Fit the champion's pipeline anew; None where it cannot be fitted on these customers or on halves of them.

    The champion was `fitted` on so many customers, whose halves agreed `then` so far. The model is left as it is.
    """
    # Halves of more customers than the champion was fitted on would agree better than it can.
    rows = _some(len(customers), 2 * fitted)
    try:
        with threadpool_limits(1):
            again = _refitted(model, customers).predict(customers)
            pairs = _halves(model, customers.iloc[rows])
    except (ValueError, UserError):
        return None
    champion, fits = standing.segments, [labels for pair in pairs for labels in pair]
    agreement = _rand(champion, again)
    return Reform(
        agreement,
        float(adjusted_mutual_info_score(champion, again)),
        max(agreement, *(_rand(champion[rows], labels) for labels in fits)),
        float(np.mean([_rand(*pair) for pair in pairs])),
        then,
        _champions(champion, again),
        _new(standing, again, _comes_out_again(again[rows], fits)),
    )


def _some(customers: int, most: int) -> npt.NDArray[np.int64]:
    if customers <= most:
        return np.arange(customers)
    return np.sort(np.random.default_rng(0).choice(customers, most, replace=False))


def _halves(model: SegmentationModel, customers: pd.DataFrame) -> list[tuple[Labels, Labels]]:
    """What fits on two halves that share no customer assign to all, a few times over."""
    fits = ((customers.iloc[one], customers.iloc[other]) for one, other in pairs_of_halves(len(customers), ROUNDS))
    return [
        (_refitted(model, one).predict(customers), _refitted(model, other).predict(customers)) for one, other in fits
    ]


def _refitted(model: SegmentationModel, customers: pd.DataFrame) -> SegmentationModel:
    return clone(model).fit(customers)


def _rand(one: Labels, other: Labels) -> float:
    return float(adjusted_rand_score(one, other))


def _champions(champion: Labels, again: Labels) -> pd.DataFrame:
    """The champion's segments, and how far the segment of the refit that is paired with each is the same people."""
    pairs, overlaps = paired_segments(pd.crosstab(champion, again)), _overlaps(champion, again)
    rows = [
        (int(segment), int(customers), overlaps.get((int(segment), pairs.get(int(segment), NOISE)), 0.0))
        for segment, customers in zip(*np.unique(champion, return_counts=True), strict=True)
        if segment != NOISE
    ]
    return pd.DataFrame(rows, columns=["segment", "customers", "comes_out_again"])


def _new(standing: Standing, again: Labels, solid: Mapping[int, float]) -> pd.DataFrame:
    overlaps, rows = _overlaps(again, standing.segments), []
    for segment, comes_out in solid.items():
        inside = again == segment
        overlap = _nearest(overlaps, segment)
        if overlap < _ANOTHER and comes_out >= SOLID:
            of_them = {name: float(getattr(standing, name)[inside].mean()) for name in ("unsure", "outliers")}
            rows.append({"customers": int(inside.sum()), "overlap": overlap, "comes_out_again": comes_out, **of_them})
    found = pd.DataFrame(rows, columns=["customers", "overlap", "comes_out_again", "unsure", "outliers"])
    return found.sort_values("overlap", ignore_index=True)


def _overlaps(one: Labels, other: Labels) -> dict[tuple[int, int], float]:
    """The Jaccard overlap of each segment of one with each of the other; the unassigned are no segment."""
    table = pd.crosstab(one, other)
    both = table.to_numpy(dtype=float)
    shares = both / (both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both)
    pairs = product(map(int, table.index), map(int, table.columns))
    return {pair: float(share) for pair, share in zip(pairs, shares.ravel(), strict=True) if NOISE not in pair}


def _comes_out_again(labels: Labels, fits: Sequence[Labels]) -> dict[int, float]:
    """Per segment the mean overlap with the segment of each fit that is most like it."""
    found = [_overlaps(labels, fit) for fit in fits]
    segments = [int(segment) for segment in np.unique(labels) if segment != NOISE]
    return {segment: float(np.mean([_nearest(one, segment) for one in found])) for segment in segments}


def _nearest(overlaps: Mapping[tuple[int, int], float], segment: int) -> float:
    return max((share for (own, _), share in overlaps.items() if own == segment), default=0.0)
