"""The segments of a version with their customers, as pages list them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from segkit.app.models.moved import number_of
from segkit.errors import WorkFailed
from segkit.plots.style import colour
from segkit.profiles import UNASSIGNED
from segkit.profiles.figures import percent
from segkit.segments import NOISE
from segkit.tracking.registry.sizes import version_sizes
from segkit.tracking.registry.tags import AT, segment_names
from segkit.tracking.registry.versions import Version, version, version_scorer
from segkit.tracking.store import Store


@dataclass(frozen=True)
class Segment:
    """A segment: its number ("" for nobody's), name and colour; customers and share, where they are known."""

    number: str
    name: str
    colour: str
    customers: int | None = None
    share: float | None = None

    @property
    def percent(self) -> str:
        """The share in words."""
        return "" if self.share is None else percent(self.share)


def segments_of_version(store: Store, found: Version) -> Sequence[Segment]:
    """The segments of a version, which never change; counts are missing where its files are gone."""
    return _segments(store, found.model, found.version, found.tags.get(AT, ""))


@lru_cache(maxsize=64)
def _segments(store: Store, model: str, number: int, made: str) -> Sequence[Segment]:
    found = version(store, model, number)
    try:
        sizes = version_sizes(store, found, version_scorer(store, found))
    except WorkFailed:
        sizes = None
    return sized(segment_names(found.tags), sizes)


def sized(names: Mapping[int, str], sizes: Mapping[int, int] | None) -> list[Segment]:
    """Segments by number, whoever is in none last; nobody in none is not told of."""
    known = sizes or {}
    whole = max(sum(known.values()), 1)
    numbers = [*sorted((set(names) | set(known)) - {NOISE}), *([NOISE] if known.get(NOISE) else [])]
    return [
        Segment(
            number_of(one),
            names.get(one, UNASSIGNED if one == NOISE else f"segment {one}"),
            colour(one),
            None if sizes is None else known.get(one, 0),
            None if sizes is None else known.get(one, 0) / whole,
        )
        for one in numbers
    ]
