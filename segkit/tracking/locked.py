"""Waiting for a database file that another process has locked, a backup say: MLflow would do so for 20 seconds."""

from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

_MILLISECONDS = 120_000
_AS_ASKED = "PRAGMA busy_timeout ="


@cache
def wait_for_others() -> None:
    """Have every connection to a database file wait for two minutes, from now on in this process."""
    event.listen(Engine, "before_cursor_execute", _longer, retval=True)


def _longer(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, several: bool
) -> tuple[str, Any]:
    """MLflow says with each session how long to wait, so that the address cannot."""
    return (f"{_AS_ASKED} {_MILLISECONDS}" if statement.startswith(_AS_ASKED) else statement), parameters
