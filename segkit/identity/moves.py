"""What a migration says: as a table, in a few lines, in Markdown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.identity.people import Migration
from segkit.profiles import UNASSIGNED
from segkit.profiles.figures import percent
from segkit.segments import NOISE

COLUMNS = ("segment_from", "name_from", "segment_to", "name_to", "customers", "share")
# Smaller shares of a segment's people are told of together.
_FEW = 0.03
_LONGEST = 46
Names = Mapping[int, str]


@dataclass(frozen=True, eq=False)
class Change:
    """Who moves when one segmentation follows another, and what the segments of both are called, by number."""

    migration: Migration
    old: Names
    new: Names

    @property
    def rows(self) -> pd.DataFrame:
        """A row for each old and new segment that share people; `share` is that of the old segment's people."""
        rows: list[tuple[Any, ...]] = []
        for before, counts in self.migration.table.iterrows():
            number, whole = int(str(before)), max(int(counts.sum()), 1)
            for after, customers in counts[counts > 0].items():
                to = int(str(after))
                said = (number, _name(number, self.old), to, _name(to, self.new))
                rows.append((*said, int(customers), round(float(customers) / whole, 4)))
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @property
    def lines(self) -> list[str]:
        """Where the people of each old segment go, and whom the new ones come from, in a line each."""
        goes, comes = self._goes(), self._comes()
        width = min(max((len(name) for _, name, _, _ in [*goes, *comes]), default=0), _LONGEST)
        lines = [_line(*row, width) for row in goes]
        return [*lines, *(["added:"] if comes else []), *(_line(*row, width) for row in comes)]

    @property
    def markdown(self) -> str:
        """The same as a Markdown table."""
        goes = [f"| {_number(n)} {name} | {size:,} | {gone} |" for n, name, size, gone in self._goes()]
        comes = [f"| added: {_number(n)} {name} | {size:,} | {come} |" for n, name, size, come in self._comes()]
        return "\n".join(["| segment | customers | where they go |", "|---|---:|---|", *goes, *comes])

    def _goes(self) -> list[tuple[int, str, int, str]]:
        return [(n, _name(n, self.old), size, gone) for n, size, gone in _going(self.migration)]

    def _comes(self) -> list[tuple[int, str, int, str]]:
        return [(n, _name(n, self.new), size, come) for n, size, come in _coming(self.migration)]


def _going(migration: Migration) -> Iterator[tuple[int, int, str]]:
    """Each old segment with its customers, and where they go."""
    for before, counts in migration.table.iterrows():
        number = int(str(before))
        stay = int(counts.get(number, 0))
        shares = counts.drop(number, errors="ignore") / max(int(counts.sum()), 1)
        kept = [f"{percent(stay / max(int(counts.sum()), 1))} stay"] if stay else []
        gone = "" if number in migration.table.columns else "; gone"
        yield number, int(counts.sum()), ", ".join([*kept, *_shares(shares, "to")]) + gone


def _coming(migration: Migration) -> Iterator[tuple[int, int, str]]:
    """Each segment that was not there before with its customers, and where they come from."""
    for after in migration.table.columns.difference(migration.table.index):
        counts = migration.table[after]
        yield int(after), int(counts.sum()), ", ".join(_shares(counts / max(int(counts.sum()), 1), "from"))


def _shares(shares: pd.Series, word: str) -> list[str]:
    """The shares that are worth a word, the largest first, and what is left."""
    shares = shares[shares > 0].sort_values(ascending=False, kind="stable")
    told = shares[(shares >= _FEW) | (shares == shares.max())]
    rest = float(shares.sum() - told.sum())
    said = [f"{percent(share)} {word} {_number(int(str(number)))}" for number, share in told.items()]
    return [*said, f"{percent(rest)} {word} others"] if rest >= 0.005 else said


def _line(number: int, name: str, size: int, said: str, width: int) -> str:
    short = name if len(name) <= width else f"{name[: width - 1]}\u2026"
    return f"  {_number(number):>3}  {short:<{width}}  {size:>8,}  {said}"


def _number(number: int) -> str:
    return "-" if number == NOISE else str(number)


def _name(number: int, names: Names) -> str:
    return UNASSIGNED if number == NOISE else names.get(number, f"segment {number}")
