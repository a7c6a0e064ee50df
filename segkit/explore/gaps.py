"""Where values are missing."""

from dataclasses import dataclass

from segkit.explore.values import Values
from segkit.explore.words import short_share


@dataclass(frozen=True)
class Gap:
    """A column with gaps: how many, as a share from 0 to 1 and in words."""

    name: str
    part: float
    words: str
    cells: int


def gaps_in(values: Values) -> list[Gap]:
    """The columns with gaps, the emptiest first; what was stated to mean unknown counts as a gap."""
    empty = values.blanks.sum().sort_values(ascending=False, kind="stable")
    rows = len(values.blanks)
    gaps = [(str(name), int(cells)) for name, cells in empty.items() if cells]
    return [Gap(name, cells / rows, short_share(cells, rows), cells) for name, cells in gaps]
