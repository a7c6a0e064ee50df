"""Who moves when one segmentation follows another, as a page shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from segkit.plots.style import colour
from segkit.profiles.figures import percent
from segkit.segments import NOISE

# Smaller shares of a segment's people are told of together.
_FEW = 0.03


@dataclass(frozen=True)
class Before:
    """A segment as it was: its customers, the share of them who stay, where the others go; whether it is gone."""

    number: str
    name: str
    colour: str
    customers: int
    stay: str
    go: Sequence[str]
    gone: bool


@dataclass(frozen=True)
class After:
    """A segment as it will be: its customers, their share of all, and what it keeps of a segment that was there."""

    number: str
    name: str
    colour: str
    customers: int
    share: str
    keeps: str
    new: bool


@dataclass(frozen=True)
class Moved:
    """All of it: the customers that both tell of, the share of them who change segment, the segments of both."""

    customers: int
    share: str
    before: Sequence[Before]
    after: Sequence[After]


def moved(rows: pd.DataFrame | None) -> Moved | None:
    """Of the rows of a change (see `segkit.identity.moves.Change`); None where nobody is known to both."""
    if rows is None or rows.empty:
        return None
    customers = int(rows["customers"].sum())
    stayed = int(rows.loc[rows["segment_from"] == rows["segment_to"], "customers"].sum())
    after = list(_after(rows, customers))
    return Moved(customers, percent((customers - stayed) / customers), list(_before(rows)), after)


def number_of(segment: int) -> str:
    """The number that a segment has on pages."""
    return "" if segment == NOISE else str(segment)


def _before(rows: pd.DataFrame) -> Iterator[Before]:
    still = set(rows["segment_to"])
    for segment, name, own in _segments(rows, "from"):
        size = int(own["customers"].sum())
        stays = int(own.loc[own["segment_to"] == segment, "customers"].sum())
        go = list(_go(own[own["segment_to"] != segment].sort_values("customers", ascending=False), size))
        gone = segment not in still
        yield Before(number_of(segment), name, colour(segment), size, percent(stays / size), go, gone)


def _segments(rows: pd.DataFrame, end: str) -> Iterator[tuple[int, str, pd.DataFrame]]:
    """Each segment of one end with its name and rows."""
    names = dict(zip(rows[f"segment_{end}"], rows[f"name_{end}"], strict=True))
    for segment in sorted(names):
        yield int(segment), str(names[segment]), rows[rows[f"segment_{end}"] == segment]


def _go(others: pd.DataFrame, size: int) -> Iterator[str]:
    shares = others["customers"] / size
    rest = 0.0
    for share, segment, name in zip(shares, others["segment_to"], others["name_to"], strict=True):
        if share >= _FEW or share == shares.max():
            yield f"{percent(share)} to {f'{number_of(segment)} {name}'.strip()}"
        else:
            rest += share
    if rest > 0:
        yield f"{percent(rest)} to others"


def _after(rows: pd.DataFrame, customers: int) -> Iterator[After]:
    before = dict(zip(rows["segment_from"], rows["name_from"], strict=True))
    for segment, name, own in _segments(rows, "to"):
        size = int(own["customers"].sum())
        keeps = "new" if segment not in before else _keeps(segment, before[segment] == name)
        share = percent(size / customers)
        yield After(number_of(segment), name, colour(segment), size, share, keeps, segment not in before)


def _keeps(segment: int, same_name: bool) -> str:
    if segment == NOISE:
        return ""
    return "keeps its number and name" if same_name else "keeps its number, has another name"
