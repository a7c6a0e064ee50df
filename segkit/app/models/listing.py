"""The registered models, as the start page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from segkit.app.gathered.contents import opened
from segkit.app.settings import Settings
from segkit.tracking.registry.listing import listed_models
from segkit.tracking.registry.tags import AT, segment_names
from segkit.tracking.registry.versions import CHAMPION


@dataclass(frozen=True)
class ModelRow:
    """A registered model: its name, the champion's version, segments and day, and how many versions there are."""

    name: str
    champion: int | None
    segments: Sequence[str]
    since: str
    versions: int


def models_of(settings: Settings) -> list[ModelRow]:
    """All of them."""
    store = opened(settings)
    found = []
    for listed in listed_models(store, None):
        champion = next((version for version in listed.versions if CHAMPION in version.aliases), None)
        tags = champion.tags if champion else {}
        names, since = list(segment_names(tags).values()), str(tags.get(AT, ""))[:10]
        found.append(ModelRow(listed.name, champion.version if champion else None, names, since, len(listed.versions)))
    return found
