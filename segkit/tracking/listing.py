"""The registered models as they are listed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from segkit.tracking.store import Store
from segkit.tracking.versions import WHY, Version, champions, model_names, only_model, versions


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
    blocks = []
    for model in listed:
        rows = [
            f"  version {v.version}  {' '.join(v.aliases) or '-':<10} {v.tags.get(WHY, '')}" for v in model.versions
        ]
        history = " -> ".join(map(str, model.champions))
        blocks.append("\n".join([f"{model.name}   champions so far: {history}", *rows]))
    return "\n\n".join(blocks)


def as_values(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [asdict(model) for model in listed]
