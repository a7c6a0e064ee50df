"""Which columns go together: how strongly, in which direction, and which of them mostly say one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, takewhile

import numpy as np
import pandas as pd

from segkit.data.columns import Column, lineage
from segkit.data.findings import groups
from segkit.data.findings.associations import associations
from segkit.data.findings.cells import ROWS, sampled
from segkit.explore.values import Values

# More rows and columns than that nobody can read in a map; time and pairs grow with the square of the columns.
_MOST_DRAWN, _MOST_COMPARED = 36, 120
_MOST_PAIRS, _WEAKEST_PAIR = 15, 0.3
_RISE, _FALL = "rise together", "one falls as the other rises"


@dataclass(frozen=True)
class Pair:
    """Two columns, how much they tell of each other (0 to 1), by which measure, and in which direction if any."""

    first: str
    second: str
    strength: float
    measure: str
    direction: str

    @property
    def colour(self) -> str:
        """In which it is drawn."""
        return {"": "violet", _RISE: "blue"}.get(self.direction, "red")


@dataclass(frozen=True)
class Together:
    """Associations from -1 to 1 of the columns that are drawn, those alike side by side; the strongest pairs; groups.

    `directed` are the columns that have a direction. Of `columns` that vary, the first `compared` were compared.
    """

    drawn: pd.DataFrame
    directed: frozenset[str]
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, ...], ...]
    compared: int
    columns: int


def together(
    values: Values, columns: tuple[Column, ...], blocks: Mapping[str, Sequence[str]] | None = None
) -> Together:
    """What goes together in a table; features first where there are too many columns to compare all.

    Groups are of columns that each count; what is in one of `blocks` counts as one already.
    """
    ordered, unordered = values.ordered, values.unordered
    features, answers = values.of_use("segment_on"), values.of_use("truth")
    both = pd.concat([ordered, unordered], axis=1)
    varied = [name for name in map(str, both) if name not in answers and both[name].nunique() > 1]
    compared = sorted(varied, key=lambda name: name not in features)[:_MOST_COMPARED]
    ordered, unordered = (frame[[name for name in frame if name in compared]] for frame in (ordered, unordered))
    signed = associations(ordered, unordered) * _directions(ordered).reindex(
        index=[*ordered, *unordered], columns=[*ordered, *unordered], fill_value=1.0
    )
    counted_once = set(chain.from_iterable((blocks or {}).values()))
    fitted = both[[n for n in map(str, both) if n in features and n in compared and n not in counted_once]]
    return Together(
        _side_by_side(signed, [name for name in compared if name in signed][:_MOST_DRAWN]),
        frozenset(map(str, ordered)),
        _strongest(signed, [*map(str, ordered)], columns),
        tuple(groups(fitted)),
        len(compared),
        len(varied),
    )


def _directions(ordered: pd.DataFrame) -> pd.DataFrame:
    """-1 where one column falls as the other rises, else 1."""
    return sampled(ordered, ROWS).rank().corr(min_periods=3).lt(0) * -2.0 + 1.0


def _side_by_side(signed: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The columns in an order in which those that go together are neighbours."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(names) < 3:
        return signed.loc[names, names]
    distance = np.clip(1 - signed.loc[names, names].abs().to_numpy(), 0, 1)
    np.fill_diagonal(distance, 0)
    order = leaves_list(linkage(squareform(distance, checks=False), "average", optimal_ordering=True))
    names = [names[place] for place in order]
    return signed.loc[names, names]


def _strongest(signed: pd.DataFrame, directed: list[str], columns: tuple[Column, ...]) -> tuple[Pair, ...]:
    """The strongest pairs, without those of which one is made of the other: they go together by construction."""
    made_of = {c.name: {one.name for one in lineage(columns, [c.name])} for c in columns if c.recipe}
    names, strengths = [*map(str, signed)], signed.to_numpy(dtype=float)
    places = sorted(combinations(range(len(names)), 2), key=lambda place: -abs(strengths[place]))
    found = (_pair(names[one], names[other], float(strengths[one, other]), directed) for one, other in places)
    own = (p for p in found if p.second not in made_of.get(p.first, ()) and p.first not in made_of.get(p.second, ()))
    return tuple(takewhile(lambda pair: pair.strength >= _WEAKEST_PAIR, islice(own, _MOST_PAIRS)))


def _pair(first: str, second: str, signed: float, directed: list[str]) -> Pair:
    of_numbers = (first in directed) + (second in directed)
    direction = (_FALL if signed < 0 else _RISE) if of_numbers == 2 else ""
    return Pair(first, second, abs(signed), _MEASURES[of_numbers], direction)


# How many of the two have an order -> what was measured.
_MEASURES = ("Cramér's V", "correlation ratio", "rank correlation")
