"""What an override does."""

from collections.abc import Callable

from hydra.core.override_parser.types import Override


def is_plain_value(override: Override, is_group: Callable[[str], bool]) -> bool:
    """Whether it only gives a key another value: it neither chooses a page, nor adds, nor removes."""
    changes = not (override.is_add() or override.is_delete() or override.is_force_add())
    return changes and override.package is None and not is_group(override.key_or_group)
