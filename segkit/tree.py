"""Segments within segments: the tree of a segmentation whose segments were segmented again, and how it is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.profiles.figures import percent
from segkit.segments import NOISE

_LONGEST = 60


@dataclass(frozen=True)
class Branch:
    """One segment: its number and name, its customers and their share of the segmentation that it belongs to, and how
    it was segmented again, if it was.
    """

    segment: int
    name: str
    customers: int
    share: float
    again: "Split | None" = None


@dataclass(frozen=True)
class Split:
    """One segmentation: the data set and the run that made it, its segments, and whether its sweep recommends it."""

    data: str
    run_id: str
    run: str
    branches: Sequence[Branch]
    recommended: bool = True

    @property
    def customers(self) -> int:
        """How many customers it divides."""
        return sum(branch.customers for branch in self.branches)

    @property
    def title(self) -> str:
        """The run, and a warning where it is not worth promoting."""
        return self.run if self.recommended else f"{self.run}, which is not recommended"


@dataclass(frozen=True)
class Row:
    """A segment as the tree shows it: below so many others, its number with theirs before it, its share of everyone,
    what made the segments below it, and the lines that lead to it.
    """

    depth: int
    number: str
    name: str
    customers: int
    share: float
    again: str
    lines: str


def split_of(data: str, run_id: str, run: str, segments: pd.DataFrame, again: Mapping[int, Split]) -> Split:
    """A segmentation from its table of segments, `again` says which of them were segmented again, and how."""
    rows = zip(segments["segment"].astype(int), segments["name"].astype(str), strict=True)
    sizes = zip(segments["customers"].astype(int), segments["share"].astype(float), strict=True)
    found = [Branch(number, name, *size, again.get(number)) for (number, name), size in zip(rows, sizes, strict=True)]
    return Split(data, run_id, run, tuple(found))


def tree_rows(split: Split, before: str = "", share: float = 1.0, lines: str = "", depth: int = 0) -> Iterator[Row]:
    """Every segment from the top, each followed by those within it."""
    for branch in split.branches:
        last = branch is split.branches[-1]
        number, of_all = f"{before}{_number(branch.segment)}", share * branch.share
        again = branch.again.title if branch.again else ""
        yield Row(depth, number, branch.name, branch.customers, of_all, again, f"{lines}{'└' if last else '├'} ")
        if branch.again is not None:
            below = f"{lines}{'  ' if last else '│ '}"
            yield from tree_rows(branch.again, f"{number}.", of_all, below, depth + 1)


def tree_text(split: Split) -> str:
    """The tree for a terminal."""
    rows = list(tree_rows(split))
    shown = [f"{row.lines}{row.number} {_short(row.name)}" for row in rows]
    wide, digits = max(map(len, shown), default=0), len(f"{split.customers:,}")
    lines = [
        f"{label:<{wide}}  {row.customers:>{digits},}  {percent(row.share):>5}{_again(row)}".rstrip()
        for label, row in zip(shown, rows, strict=True)
    ]
    return "\n".join([f"{split.data}  {split.title}  {split.customers:,} customers", *lines])


def tree_markdown(split: Split) -> str:
    """The tree as nested lists."""
    items = [
        f"{'    ' * row.depth}- **{row.number}** {row.name}: {row.customers:,} customers, {percent(row.share)}"
        f"{_again(row, ', ')}"
        for row in tree_rows(split)
    ]
    return "\n".join([f"Segments within segments ({split.data}, {split.title}):", "", *items])


def tree_values(split: Split, before: str = "", share: float = 1.0) -> dict[str, Any]:
    """The tree as nested plain values."""
    return {
        "data": split.data,
        "run_id": split.run_id,
        "run": split.run,
        "recommended": split.recommended,
        "customers": split.customers,
        "segments": [_values(branch, f"{before}{_number(branch.segment)}", share) for branch in split.branches],
    }


def _values(branch: Branch, number: str, share: float) -> dict[str, Any]:
    of_all = share * branch.share
    return {
        "number": number,
        "segment": branch.segment,
        "name": branch.name,
        "customers": branch.customers,
        "share": of_all,
        "again": tree_values(branch.again, f"{number}.", of_all) if branch.again else None,
    }


def _number(segment: int) -> str:
    return "-" if segment == NOISE else str(segment)


def _again(row: Row, before: str = "   ") -> str:
    return f"{before}segmented again: {row.again}" if row.again else ""


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}..."
