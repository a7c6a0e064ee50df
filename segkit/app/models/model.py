"""A registered model as its page shows it: who its segments are, every version, who moved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from segkit.app.gathered.contents import opened
from segkit.app.models.moved import Moved, moved
from segkit.app.models.segments import Segment, segments_of_version
from segkit.app.settings import Settings
from segkit.profiles.figures import percent
from segkit.tracking.registry.listing import Listed, listed_models
from segkit.tracking.registry.tags import (
    AT,
    BY,
    COMPARED,
    EDIT,
    EVIDENCE_OF,
    MOVED,
    ROLLED_BACK,
    RUN_NAME,
    VERDICT,
    WARNING,
    segment_names,
)
from segkit.tracking.registry.version_files import version_moves
from segkit.tracking.registry.versions import CHAMPION, WHY, Version
from segkit.tracking.store import Store
from segkit.tracking.views import ui_address
from segkit.verdict import UNTESTED, WORDS


@dataclass(frozen=True)
class Row:
    """A version in the list of all: what was done ("promoted", "edited"), what is said of it, what became of it."""

    number: int
    aliases: Sequence[str]
    what: str
    says: str
    after: str
    verdict: str
    when: str
    by: str
    run: str
    moved: str
    segments: Mapping[int, str]


@dataclass(frozen=True)
class Holder:
    """A version that holds an alias, with its segments and what is said of it."""

    alias: str
    row: Row
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Change:
    """Who moved when a version was made, from the version it was compared with; what was warned of."""

    version: int
    compared: str
    moved: Moved
    warning: str


@dataclass(frozen=True)
class Model:
    """All that the page shows; `champions` are the versions that have been champion, oldest first, each with the steps
    that rolling back to it takes.
    """

    name: str
    holders: Sequence[Holder]
    rows: Sequence[Row]
    champions: Sequence[tuple[int, int]]
    change: Change | None
    shown: int | None
    mlflow: str

    @property
    def champion(self) -> Holder | None:
        """Who scores customers now."""
        return next((one for one in self.holders if one.alias == CHAMPION), None)


def model_of(settings: Settings, name: str, shown: int | None = None) -> Model:
    """The page of a model; `shown` is the version whose migration is asked for, else it is the champion's.

    Raises UserError where there is no such model.
    """
    store = opened(settings)
    (listed,) = listed_models(store, name)
    chosen = next((one for one in listed.versions if _is_asked(one, shown)), None)
    return Model(
        name,
        _holders(store, listed),
        [_row(one, listed) for one in listed.versions],
        _steps(listed),
        _change(store, chosen) if chosen else None,
        shown,
        f"{ui_address(store)}/#/models/{quote(name)}",
    )


def _is_asked(found: Version, shown: int | None) -> bool:
    return found.version == shown if shown else CHAMPION in found.aliases


def _holders(store: Store, listed: Listed) -> list[Holder]:
    """Who holds an alias, the champion first."""
    pairs = [(alias, one) for one in listed.versions for alias in one.aliases]
    pairs.sort(key=lambda pair: (pair[0] != CHAMPION, pair[0]))
    return [Holder(alias, _row(one, listed), segments_of_version(store, one)) for alias, one in pairs]


def _steps(listed: Listed) -> list[tuple[int, int]]:
    last = len(listed.champions) - 1
    return [(number, last - place) for place, number in enumerate(listed.champions)]


def _row(found: Version, listed: Listed) -> Row:
    tags = found.tags
    edited = json.loads(tags[EDIT]) if EDIT in tags else None
    verdict = WORDS.get(tags.get(VERDICT, ""), WORDS[UNTESTED])
    return Row(
        found.version,
        found.aliases,
        "edited" if edited else "promoted",
        str(edited["says"]) if edited else tags.get(WHY, ""),
        _after(tags, found.version in listed.champions),
        f"{verdict} (of version {tags[EVIDENCE_OF]})" if EVIDENCE_OF in tags else verdict,
        tags.get(AT, "")[:16].replace("T", " "),
        tags.get(BY, ""),
        tags.get(RUN_NAME, ""),
        f"{percent(float(tags[MOVED]))} of version {tags.get(COMPARED, '?')}" if MOVED in tags else "",
        segment_names(tags),
    )


def _after(tags: Mapping[str, str], stands: bool) -> str:
    if stands or ROLLED_BACK not in tags:
        return ""
    said = json.loads(tags[ROLLED_BACK])
    return f"rolled back to version {said['to']} on {said['at'][:16].replace('T', ' ')} by {said['by']}"


def _change(store: Store, found: Version) -> Change | None:
    moves = moved(version_moves(store, found))
    if moves is None:
        return None
    return Change(found.version, found.tags.get(COMPARED, "?"), moves, found.tags.get(WARNING, ""))
