"""Hydra without what it does twice, or for nothing, on the way to a command: a tenth of a second of each."""

from typing import Any

from hydra._internal.hydra import Hydra
from hydra.core.config_store import ConfigStore
from hydra.types import RunMode

_MODE = "hydra.mode="


def spare_hydra() -> None:
    """Have Hydra compose a command's page once and leave the schemas where they are, from now on in this process."""
    Hydra.get_mode = _mode_as_typed  # type: ignore[method-assign, assignment]
    ConfigStore.__deepcopy__ = _itself  # type: ignore[attr-defined]


def _mode_as_typed(hydra: Hydra, config_name: str | None, overrides: list[str]) -> RunMode | None:
    """Hydra would compose the whole page to see whether it asks for a sweep: here the line says so, or nobody does."""
    said = [one.partition("=")[2] for one in overrides if one.lstrip("+").startswith(_MODE)]
    return RunMode.__members__.get(said[-1]) if said else None


def _itself(store: ConfigStore, memo: dict[int, Any]) -> ConfigStore:
    """Hydra copies the store with every schema in it whenever it composes, and what it then takes out once more."""
    return store
