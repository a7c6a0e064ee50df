"""Two segmentations of the same customers held against each other: how alike they are, what splits, who differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.evidence.agreement import agreement
from segkit.identity.people import compare_labels, paired_segments
from segkit.profiles import UNASSIGNED
from segkit.segments import NOISE, UNSURE

Flags = npt.NDArray[np.bool_]

# A part of a segment that is so large makes it split, or merge.
_A_PART = 0.2
# From which adjusted Rand index on two segmentations are how alike.
_ALIKE = (
    (1 - 1e-9, "These are the same segments"),
    (0.9, "These are nearly the same segments"),
    (0.65, "These are mostly the same segments"),
    (0.3, "These segments are alike only in part"),
    (-1.0, "These are different segments"),
)


@dataclass(frozen=True, eq=False)
class Seen:
    """The customers of a table as one run segments them, in their order: the segment, how surely, and the names."""

    segments: npt.NDArray[np.int64]
    confidence: npt.NDArray[np.float64]
    names: Mapping[int, str]

    def called(self, segment: int) -> str:
        """What a segment is called."""
        return UNASSIGNED if segment == NOISE else self.names.get(segment, f"segment {segment}")

    @property
    def unsure(self) -> Flags:
        """Who could as well be in another segment."""
        return np.asarray(self.confidence < UNSURE)


@dataclass(frozen=True, eq=False)
class Part:
    """A segment of one run of which several of the other hold a part: their numbers and shares, the largest first."""

    segment: int
    parts: Sequence[tuple[int, float]]


@dataclass(frozen=True, eq=False)
class TwoRuns:
    """Two runs of the same customers.

    `table` counts them by segment of the first (a row) and the second (a column), matching segments in the same order;
    `pairs` says which match. `alike` is the share of customers who are in matching segments, `rand` the adjusted Rand
    index of the two.
    """

    first: Seen
    second: Seen
    table: pd.DataFrame
    pairs: Mapping[int, int]
    alike: float
    rand: float

    @property
    def differ(self) -> Flags:
        """The customers whose two segments do not match."""
        matching = pd.Series(self.first.segments).map(self.pairs)
        return np.asarray(matching.to_numpy() != self.second.segments)

    @property
    def unsure(self) -> Flags:
        """The customers of whom both are unsure."""
        return self.first.unsure & self.second.unsure

    def cell(self, before: int, after: int) -> Flags:
        """The customers who are in these two segments."""
        return np.asarray((self.first.segments == before) & (self.second.segments == after))

    @property
    def splits(self) -> list[Part]:
        """The segments of the first run that the second takes apart."""
        return _parted(self.table)

    @property
    def merges(self) -> list[Part]:
        """The segments of the second run that are made of several of the first."""
        return _parted(self.table.T)

    @property
    def says(self) -> str:
        """How alike they are, in two or three words."""
        return next(words for least, words in _ALIKE if self.rand >= least)


def held_against(first: Seen, second: Seen) -> TwoRuns:
    """Compare two runs of the same customers, once their segments are paired by whom they share."""
    found = compare_labels(pd.Series(first.segments), pd.Series(second.segments))
    pairs = paired_segments(found.table)
    if NOISE in found.table.index and NOISE in found.table.columns:
        pairs[NOISE] = NOISE
    rand = float(agreement({"first": first.segments, "second": second.segments}).to_numpy()[0, 1])
    return TwoRuns(first, second, _in_order(found.table, pairs), pairs, 1 - found.moved_share, rand)


def _in_order(table: pd.DataFrame, pairs: Mapping[int, int]) -> pd.DataFrame:
    """The table with pairs on its diagonal, then those without a match, last the unassigned."""
    rows = sorted(map(int, table.index), key=lambda one: (one == NOISE, one not in pairs, one))
    matched = [pairs[one] for one in rows if one in pairs and one != NOISE]
    alone = sorted({int(one) for one in table.columns} - {*matched, NOISE})
    return table.loc[rows, [*matched, *alone, *([NOISE] if NOISE in table.columns else [])]]


def _parted(table: pd.DataFrame) -> list[Part]:
    """The rows of which at least two cells hold a good part."""
    shares = table.div(table.sum(axis=1), axis=0)
    found = []
    for segment, row in shares.iterrows():
        large = row[row >= _A_PART].sort_values(ascending=False, kind="stable")
        if len(large) > 1 and segment != NOISE:
            found.append(Part(int(str(segment)), [(int(str(one)), float(share)) for one, share in large.items()]))
    return found
