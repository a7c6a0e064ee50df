"""What people change about a fitted segmentation: other numbers, segments merged, divided or locked.

Each edit is a step from one assignment of customers to the next, so that a derived segmentation scores like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from segkit.segments import NOISE

if TYPE_CHECKING:
    from segkit.scoring.scorer import Scorer

_TINY = np.finfo(float).tiny


@dataclass(frozen=True)
class Assigned:
    """The segment of each customer, and the probability (a row a customer) of each of the segments in `numbers`."""

    numbers: npt.NDArray[np.int64]
    segments: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]

    @property
    def confidence(self) -> npt.NDArray[np.float64]:
        """The probability of each customer's segment."""
        return self.chance_of(self.segments)

    def chance_of(self, segments: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Each customer's probability of the segment that is given for him; none of one that is not there."""
        return np.where(segments[:, None] == self.numbers, self.chances, 0.0).sum(axis=1)

    @property
    def second(self) -> npt.NDArray[np.int64]:
        """The most probable of the other segments; the same one where there is no other."""
        if len(self.numbers) < 2:
            return self.segments
        others = np.where(self.segments[:, None] == self.numbers, -1.0, self.chances)
        return self.numbers[others.argmax(axis=1)]


# What another scorer says of the customers that an edit is about.
Ask = Callable[["Scorer"], Assigned]


@dataclass(frozen=True)
class Renumbered:
    """Segments under other numbers, as old number -> new; those that come to the same one are merged.

    Merging moves nobody else: the merged segment holds whom its parts held, though together they may be more probable
    than the segment that another customer has.
    """

    numbers: Mapping[int, int]

    def after(self, found: Assigned, ask: Ask) -> Assigned:
        """The assignment that follows from the one before."""
        become = np.array([self.numbers.get(int(number), int(number)) for number in found.numbers], dtype=int)
        numbers, places = np.unique(become, return_inverse=True)
        chances = np.zeros((len(found.segments), len(numbers)))
        for before, place in enumerate(places):
            chances[:, place] += found.chances[:, before]
        return Assigned(numbers, become[np.searchsorted(found.numbers, found.segments)], chances)


@dataclass(frozen=True)
class Divided:
    """One segment in the place of which stand those that `scorer` makes of it, as its number -> new number."""

    segment: int
    scorer: Scorer
    numbers: Mapping[int, int]

    def after(self, found: Assigned, ask: Ask) -> Assigned:
        """The assignment that follows from the one before."""
        inner = Renumbered(self.numbers).after(ask(self.scorer), ask)
        own = found.numbers == self.segment
        whole = found.chances[:, own].sum(axis=1, keepdims=True)
        segments = np.where(found.segments == self.segment, inner.segments, found.segments)
        return _joined(segments, found.numbers[~own], found.chances[:, ~own], inner.numbers, inner.chances * whole)


@dataclass(frozen=True)
class Locked:
    """Segments that are decided by the `scorer` that they were locked in, before anything else is asked.

    Whom it does not put there gets the most probable of the others.
    """

    scorer: Scorer
    segments: tuple[int, ...]

    def after(self, found: Assigned, ask: Ask) -> Assigned:
        """The assignment that follows from the one before."""
        before = ask(self.scorer)
        kept, free = np.isin(before.numbers, self.segments), ~np.isin(found.numbers, self.segments)
        locked, inside = before.chances[:, kept], np.isin(before.segments, self.segments)
        rest = (1 - locked.sum(axis=1, keepdims=True)) * _shares(found.chances[:, free])
        others = _most_probable(found, free)
        segments = np.where(inside, before.segments, others)
        return _joined(segments, before.numbers[kept], locked, found.numbers[free], rest)


Edit = Renumbered | Divided | Locked


def _shares(chances: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The same in rows that sum to one."""
    total = chances.sum(axis=1, keepdims=True)
    even = np.full_like(chances, 1 / max(chances.shape[1], 1))
    return np.where(total > _TINY, chances / np.maximum(total, _TINY), even)


def _most_probable(found: Assigned, free: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The segment that was found where it may still be given, else the most probable one that may; or none at all."""
    if not free.any():
        return np.full(len(found.segments), NOISE)
    nearest = found.numbers[free][found.chances[:, free].argmax(axis=1)]
    return np.where(np.isin(found.segments, found.numbers[free]), found.segments, nearest)


def _joined(
    segments: npt.NDArray[np.int64],
    numbers: npt.NDArray[np.int64],
    chances: npt.NDArray[np.float64],
    further: npt.NDArray[np.int64],
    further_chances: npt.NDArray[np.float64],
) -> Assigned:
    """An assignment to both kinds of segments; what both know, such as the unassigned, is one."""
    known, places = np.unique(np.concatenate([numbers, further, np.unique(segments)]), return_inverse=True)
    both = np.zeros((len(segments), len(known)))
    for column, place in zip(np.hstack([chances, further_chances]).T, places, strict=False):
        both[:, place] += column
    return Assigned(known, segments, both)
