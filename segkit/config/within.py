"""`within=RUN segment=2` before anything is loaded: only where it is said is the store asked."""

from collections.abc import Sequence
from typing import Any

from segkit.errors import UserError


def settled(config: Any, overrides: Sequence[str] | None = None) -> Any:
    """The configuration with what `within` and `segment` mean filled in: the run, the number, the run's data set.

    `overrides` are the arguments that it was composed with (without: those of the job that Hydra runs): data that they
    choose stay, and must be the run's. Raises UserError unless there are customers to segment again.
    """
    if config.within is None and config.segment is None:
        return config
    if config.segment is None:
        raise UserError(f"within={config.within} does not say which segment", "add segment=, a number or a name")
    if config.within is None:
        raise UserError(f"segment={config.segment} does not say of which run", "add within=, a run's id or name")
    from segkit.config.inside import filled_in  # opens the store, which takes longer than reading most tables

    return filled_in(config, overrides)


def within_arguments(config: Any) -> list[str]:
    """What is to be said to a job of a sweep, so that it means the same run whatever has been run since."""
    return [] if config.within is None else [f"within='{config.within}'", f"segment='{config.segment}'"]
