"""Short, distinct, lasting names for segments, in plain words from their strongest traits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.findings.names import is_sensitive_name
from segkit.profiles.phrases import said

Floats = npt.NDArray[np.float64]

EVERYONE, AVERAGE = "All customers", "Close to average"
# Deviations below this are rounding, not traits: with one segment everyone is average.
_ROUNDING = 1e-9
# A weaker trait, in standard deviations, is no name.
_LEAST = 0.3
# Of traits that are nearly as strong as each other the first of the table names the segment, and columns count less
# the later they stand: what is about the same in two samples of the customers must not call them by other names. On
# eight tables 93 % of names are the same on a resample; with the strongest traits, whatever they are, 83 %.
_NEAR = 0.85
_LATER_COUNTS = 0.6
# That a level is rare says little of who somebody is.
_RARELY = 0.5
# So many times stronger is "very".
_VERY = 1.5
_BY_DEGREES = ("high", "low", "many", "few", "big", "small", "frequent")


@dataclass(frozen=True)
class _Traits:
    """What may name segments: deviations and means, one row a segment; how alike the traits are; which are 0 and 1."""

    names: tuple[str, ...]
    deviations: Floats
    means: Floats
    alike: Floats
    flags: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def is_level(self) -> npt.NDArray[np.bool_]:
        """Which traits are shares of levels."""
        return np.array(["=" in name for name in self.names], dtype=bool)

    @cached_property
    def weight(self) -> Floats:
        """How much each counts by its column's place in the table."""
        columns = [name.partition("=")[0] for name in self.names]
        places = {column: place for place, column in enumerate(dict.fromkeys(columns))}
        return np.exp([-_LATER_COUNTS * places[column] / len(places) for column in columns])

    def words(self, segment: int, trait: int) -> str:
        """The trait of a segment, rows by number, as it is said."""
        name, mean = self.names[trait], float(self.means[segment, trait])
        return said(name, bool(self.deviations[segment, trait] > 0), mean, name in self.flags)


def name_segments(
    deviations: pd.DataFrame,
    means: pd.DataFrame | None = None,
    alike: pd.DataFrame | None = None,
    flags: Collection[str] = (),
) -> dict[int, str]:
    """A short, distinct name for each segment from its strongest traits that say different things: "High income, no
    kids".

    `deviations` is what `effects` gives: one row per segment, one column per trait. `means` in raw units, one row per
    segment, let words say how many do (`often married`); `alike` is the `likeness` of the traits; `flags` name those
    that are 0 or 1. Protected attributes name nobody. Where two names would be the same, that of the later segment
    gives way to what tells the two apart.
    """
    traits = _usable(deviations, means, alike, flags)
    holders: dict[str, int] = {}
    for place in range(len(deviations)):
        name = next(name for name in _candidates(traits, place, holders) if name not in holders)
        holders[name] = place
    return dict(zip(deviations.index.astype(int).tolist(), holders, strict=True))


def _usable(
    deviations: pd.DataFrame, means: pd.DataFrame | None, alike: pd.DataFrame | None, flags: Collection[str]
) -> _Traits:
    places = [place for place, name in enumerate(deviations.columns) if _may_name(str(name))]
    names = deviations.columns[places]
    known = np.full((len(deviations), len(names)), np.nan) if means is None else _values(means, deviations.index, names)
    same = np.eye(len(names)) if alike is None else _values(alike, names, names)
    return _Traits(tuple(map(str, names)), deviations.to_numpy()[:, places], known, same, frozenset(map(str, flags)))


def _values(table: pd.DataFrame, rows: pd.Index, columns: pd.Index) -> Floats:
    """These rows and columns, without what `loc` costs: every run has names."""
    found = table.to_numpy()[np.ix_(table.index.get_indexer(rows), table.columns.get_indexer(columns))]
    return np.asarray(found, dtype=float)


@cache
def _may_name(trait: str) -> bool:
    return not is_sensitive_name(trait.partition("=")[0]) and bool(said(trait, True))


def _candidates(traits: _Traits, segment: int, holders: Mapping[str, int]) -> Iterator[str]:
    """Names for a segment, the best first; the last is numbered, so that one is always left."""
    usual = _chosen(traits, segment)
    if usual:
        yield (name := _joined(traits, segment, usual))
        yield from _told_apart(traits, segment, usual, holders.get(name, segment))
    else:
        yield EVERYONE if len(traits.deviations) == 1 else AVERAGE
    yield from (_joined(traits, segment, pair) for pair in combinations(_marked(traits, segment), 2))
    yield f"Segment {segment}"


def _chosen(traits: _Traits, segment: int) -> tuple[int, ...]:
    """Up to two strong traits that say different things, in the order of the table."""
    strength = np.abs(traits.deviations[segment])
    weight = traits.weight * np.where(traits.is_level & (traits.deviations[segment] < 0), _RARELY, 1.0)
    chosen: list[int] = []
    for _ in range(2):
        new = 1 - traits.alike[chosen].max(axis=0, initial=0.0)
        score = np.where(strength >= _LEAST, strength * weight * new, 0.0)
        if not score.size or score.max() <= _ROUNDING:
            break
        chosen.append(int(np.flatnonzero(score >= _NEAR * score.max())[0]))
    return tuple(sorted(chosen))


def _told_apart(traits: _Traits, segment: int, usual: Sequence[int], rival: int) -> Iterator[str]:
    """Names that say in what a segment differs from another that has its usual traits, too."""
    own, other = traits.deviations[segment], traits.deviations[rival]
    further = np.where(own * (own - other) > _ROUNDING, np.abs(own - other), 0.0)
    further[list(usual[:1])] = 0.0
    telling = [int(trait) for trait in np.argsort(-further, kind="stable") if further[trait] > _ROUNDING]
    clear = [trait for trait in telling if min(abs(own[trait]), further[trait]) >= _LEAST]
    yield from (_joined(traits, segment, sorted((usual[0], trait))) for trait in clear)
    if name := _very(traits, segment, usual, rival):
        yield name
    yield from (_joined(traits, segment, sorted((usual[0], trait))) for trait in telling)


def _very(traits: _Traits, segment: int, usual: Sequence[int], rival: int) -> str:
    """The usual traits, with "very" for the one that is much stronger than the rival's; "" where none is."""
    own, other = (np.abs(traits.deviations[row, list(usual)]) for row in (segment, rival))
    words = [traits.words(segment, trait) for trait in usual]
    for place in np.argsort(-own / np.maximum(other, _ROUNDING)):
        if own[place] >= _VERY * other[place] and words[place].split()[0] in _BY_DEGREES:
            words[place] = f"very {words[place]}"
            return _capital(", ".join(dict.fromkeys(words)))
    return ""


def _marked(traits: _Traits, segment: int) -> list[int]:
    strength = np.abs(traits.deviations[segment])
    return [int(trait) for trait in np.argsort(-strength, kind="stable") if strength[trait] > _ROUNDING]


def _joined(traits: _Traits, segment: int, chosen: Iterable[int]) -> str:
    return _capital(", ".join(dict.fromkeys(traits.words(segment, trait) for trait in chosen)))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
