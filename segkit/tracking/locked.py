"""Waiting for a database file that another process has locked, a backup say: MLflow would do so for 5 to 20 seconds."""

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

# So long whoever wants to read or write waits for another process.
SECONDS = 120
_ASKED = "PRAGMA busy_timeout ="
_ASKS = f"{_ASKED} {SECONDS * 1000}"


@cache
def wait_for_others() -> None:
    """Have every connection to a database file wait for two minutes, from now on in this process."""
    event.listen(Engine, "connect", _from_the_start)
    event.listen(Engine, "before_cursor_execute", _longer, retval=True)


def _from_the_start(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(_ASKS)


def _longer(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, several: bool
) -> tuple[str, Any]:
    """MLflow says with each session how long to wait, so saying it once does not do."""
    return (_ASKS if statement.startswith(_ASKED) else statement), parameters
