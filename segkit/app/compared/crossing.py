"""Who is where in two runs, as the page's table shows it, and in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segkit.activation.words import listed
from segkit.answer import counted
from segkit.identity.two_runs import Part, Seen, TwoRuns
from segkit.plots.style import NOISE_COLOUR, colour
from segkit.profiles.figures import percent
from segkit.segments import NOISE


@dataclass(frozen=True)
class Head:
    """A segment at the edge of the table; segments that match have one colour."""

    segment: int
    name: str
    colour: str
    customers: int

    @property
    def number(self) -> str:
        """Its number; none of the unassigned."""
        return "" if self.segment == NOISE else str(self.segment)


@dataclass(frozen=True)
class Cell:
    """Customers of a row's segment who are in a column's: how many, their share of the row, whether the two match."""

    before: int
    after: int
    customers: int
    share: float
    matches: bool


@dataclass(frozen=True)
class Crossing:
    """The table: its columns, and its rows with their cells."""

    heads: Sequence[Head]
    rows: Sequence[tuple[Head, Sequence[Cell]]]


def crossing_of(two: TwoRuns) -> Crossing:
    """The table of two runs, matching segments on its diagonal."""
    table, pairs = two.table, {after: before for before, after in two.pairs.items()}
    heads = [_head(two.second, int(after), pairs.get(int(after)), int(table[after].sum())) for after in table.columns]
    rows = []
    for before, counts in zip(map(int, table.index), table.to_numpy().tolist(), strict=True):
        whole, after = sum(counts), map(int, table.columns)
        cells = [
            Cell(before, one, count, count / max(whole, 1), two.pairs.get(before) == one)
            for one, count in zip(after, counts, strict=True)
        ]
        rows.append((_head(two.first, before, before, whole), cells))
    return Crossing(heads, rows)


def _head(seen: Seen, segment: int, like: int | None, customers: int) -> Head:
    shade = NOISE_COLOUR if like is None else colour(like)
    return Head(segment, seen.called(segment), shade, customers)


def sentences(two: TwoRuns) -> list[str]:
    """What splits, what merges and who is left out, a sentence each."""
    if not two.differ.any():
        return ["Both put every customer in the same segment."]
    found = [*_split(two), *_merged(two), *_left_out(two)]
    return found or ["No segment splits and none is made of several: who differs has changed over at a border."]


def _split(two: TwoRuns) -> Iterator[str]:
    for part in two.splits:
        yield f"{_named(two.first, part.segment, 'A')} splits: {_shares(part, 'to', 'B')}."


def _merged(two: TwoRuns) -> Iterator[str]:
    for part in two.merges:
        yield f"{_named(two.second, part.segment, 'B')} is made of several: {_shares(part, 'from', 'A')}."


def _left_out(two: TwoRuns) -> Iterator[str]:
    in_none = [seen.segments == NOISE for seen in (two.first, two.second)]
    for run, other, only in (("A", "B", in_none[0] & ~in_none[1]), ("B", "A", in_none[1] & ~in_none[0])):
        if only.any():
            yield f"{run} leaves {counted(int(only.sum()), 'customer')} unassigned whom {other} gives a segment."


def _shares(part: Part, word: str, run: str) -> str:
    return listed([f"{percent(share)} {word} {_short(one, run)}" for one, share in part.parts], "and")


def _short(segment: int, run: str) -> str:
    return "the unassigned" if segment == NOISE else f"{run}{segment}"


def _named(seen: Seen, segment: int, run: str) -> str:
    return f"{run}{segment} {seen.called(segment)}"
