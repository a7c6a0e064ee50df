"""What `k=auto` stands for, put in before a sweep is planned."""

from collections.abc import Iterator, Sequence

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig

from segkit.config.arguments import AUTO
from segkit.errors import UserError


def filled_in(overrides: Sequence[Override], config: DictConfig) -> list[Override]:
    """The same overrides, with every k of `k_range` in place of auto."""
    return [_filled(one, config) if one.key_or_group == "k" and AUTO in _values(one) else one for one in overrides]


def _values(override: Override) -> Iterator[str]:
    """The values that it gives, as they are written."""
    if override.is_discrete_sweep():
        yield from map(str, override.sweep_string_iterator())
    elif not override.is_sweep_override():
        yield str(override.value())


def _filled(override: Override, config: DictConfig) -> Override:
    if not config.k_range:
        raise UserError("k_range names no k", "give some: k_range=[3,4,5]")
    every = [str(k) for k in config.k_range]
    values = [k for value in _values(override) for k in (every if value == AUTO else [value])]
    return OverridesParser.create().parse_override(f"k={','.join(dict.fromkeys(values))}")
