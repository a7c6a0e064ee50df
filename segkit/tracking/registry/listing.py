"""The registered models as they are listed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from segkit.profiles.figures import percent
from segkit.tracking.registry.tags import AT, BY, COMPARED, MOVED, PARENT_VERSION, RUN_NAME, VERDICT, segment_names
from segkit.tracking.registry.versions import WHY, Version, champions, model_names, only_model, versions
from segkit.tracking.store import Store

_HEADS = ("version", "alias", "verdict", "segments", "moved", "parent", "when", "who", "run")
_TO_THE_RIGHT = ("version", "segments", "moved", "parent")
_LONGEST = 44


@dataclass(frozen=True)
class Listed:
    """A registered model: its versions, newest first, and which of them have been champion, oldest first."""

    name: str
    versions: Sequence[Version]
    champions: Sequence[int]


def listed_models(store: Store, name: str | None) -> list[Listed]:
    """The named model, or all."""
    names = [only_model(store, name)] if name else model_names(store)
    return [Listed(one, versions(store, one), champions(store, one)) for one in names]


def as_text(listed: Sequence[Listed]) -> str:
    """Models for people."""
    if not listed:
        return "no model is registered yet; `segkit promote` registers the best run of a sweep"
    return "\n\n".join(_block(model) for model in listed)


def _block(model: Listed) -> str:
    history = " -> ".join(map(str, model.champions)) or "none"
    why = [f"  why version {v.version}: {v.tags[WHY]}" for v in model.versions if v.aliases and v.tags.get(WHY)]
    return "\n".join([f"{model.name}   champions so far: {history}", *_lines(model.versions), *why])


def _lines(versions: Sequence[Version]) -> list[str]:
    """A line for each version, under a head; a column where no version has anything is left out."""
    cells = [_HEADS, *(_cells(version) for version in versions)]
    told = [column for column in range(len(_HEADS)) if any(row[column] != "-" for row in cells[1:])]
    widths = {column: max(len(row[column]) for row in cells) for column in told}
    right = {column for column in told if _HEADS[column] in _TO_THE_RIGHT}
    padded = (
        [row[column].rjust(widths[column]) if column in right else row[column].ljust(widths[column]) for column in told]
        for row in cells
    )
    return [f"  {'  '.join(row)}".rstrip() for row in padded]


def _cells(version: Version) -> tuple[str, ...]:
    tags = version.tags
    moved = f"{percent(float(tags[MOVED]))} of {tags.get(COMPARED, '?')}" if MOVED in tags else "-"
    when = tags.get(AT, "-")[:16].replace("T", " ")
    segments, run = str(len(segment_names(tags)) or "-"), tags.get(RUN_NAME, "-")
    short = run if len(run) <= _LONGEST else f"{run[: _LONGEST - 1]}\u2026"
    known = (str(version.version), " ".join(version.aliases) or "-", tags.get(VERDICT, "-"), segments, moved)
    return (*known, tags.get(PARENT_VERSION, "-"), when, tags.get(BY, "-"), short)


def as_values(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """The same as plain values, with all that is known of each version."""
    return [asdict(model) | {"versions": [_values(version) for version in model.versions]} for model in listed]


def _values(version: Version) -> dict[str, Any]:
    tags = version.tags
    return asdict(version) | {
        "verdict": tags.get(VERDICT, ""),
        "segments": {str(number): name for number, name in segment_names(tags).items()},
        "locked": list(version.locked),
        "moved_share": float(tags[MOVED]) if MOVED in tags else None,
        "compared_with": int(tags[COMPARED]) if tags.get(COMPARED, "").isdigit() else None,
        "parent": tags.get(PARENT_VERSION),
        "when": tags.get(AT, ""),
        "who": tags.get(BY, ""),
    }
