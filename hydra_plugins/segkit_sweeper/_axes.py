"""The axes of a sweep, looked at before anything is made of their values."""

from collections.abc import Iterable
from itertools import islice
from math import prod

from hydra.core.override_parser.types import Override
from hydra.errors import HydraException

from segkit.errors import UserError

# More values, and more combinations, than anybody waits for.
_MOST = 10_000


def check_axes(overrides: Iterable[Override]) -> None:
    """Raise UserError for an axis without a value, or with more than anybody can mean."""
    for override in overrides:
        if override.is_discrete_sweep() and not _count(override):
            raise UserError(f"{override.input_line} names no value", "give some: k=3,4,5")


def check_grid(overrides: Iterable[Override]) -> None:
    """Raise UserError where every combination of the axes would be more runs than anybody waits for."""
    if prod(_count(override) for override in overrides if override.is_discrete_sweep()) > _MOST:
        raise UserError(f"these are more than {_MOST:,} runs", "give fewer values, or let a search draw: search=tpe")


def _count(override: Override) -> int:
    try:
        count = sum(1 for _ in islice(override.sweep_string_iterator(), _MOST + 1))
    except HydraException as error:
        raise UserError(f"{override.input_line} names no values of its own", "name them: k=3,4,5") from error
    except ValueError as error:  # a range with steps of 0
        raise UserError(f"{override.input_line}: {error}", "write it like range(3,8) or range(2,10,2)") from error
    if count > _MOST:
        raise UserError(f"{override.input_line} has more than {_MOST:,} values", "give fewer")
    return count
