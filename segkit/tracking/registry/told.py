"""What became of an alias, gathered from the registry."""

from segkit.identity.promoted import Holder, Told
from segkit.profiles.figures import tenths
from segkit.tracking.registry.heirs import Heir
from segkit.tracking.registry.tags import segment_names
from segkit.tracking.registry.versions import Version, champion
from segkit.tracking.store import Store


def warning_of(heir: Heir | None, most: float) -> str:
    """What is said where many customers change segment."""
    if heir is None or heir.change is None or not heir.change.migration.moved_share > most:
        return ""
    return f"{tenths(heir.change.migration.moved_share)} of customers change segment, more than most_moved={most:g}"


def told(
    store: Store,
    alias: str,
    new: Version,
    old: Version | None,
    reason: str,
    heir: Heir | None = None,
    compared: Version | None = None,
    warning: str = "",
) -> Told:
    """The promotion or rollback that gave version `new` the alias of version `old`, `heir` following `compared`."""
    return Told(
        new.model,
        alias,
        _holder(new),
        _holder(old) if old else None,
        _holder(now) if (now := champion(store, new.model)) else None,
        reason,
        heir.change if heir else None,
        compared.version if compared and heir else None,
        new.locked,
        warning,
    )


def _holder(found: Version) -> Holder:
    return Holder(found.version, found.run_id, segment_names(found.tags))
