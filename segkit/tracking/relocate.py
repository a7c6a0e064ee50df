"""A store that was moved or copied: MLflow keeps absolute places in its database, and they must follow the folder."""

import sqlite3
from pathlib import Path
from urllib.parse import unquote

from segkit.errors import UserError
from segkit.tracking.locked import SECONDS
from segkit.tracking.names import HOST

# Every column of MLflow's schema that holds the place of a file.
_PLACES = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)


def relocate(database: str | Path, recorded: str, actual: str) -> None:
    """Rewrite the places below `recorded` to below `actual`, all or none."""
    connection = sqlite3.connect(database, timeout=SECONDS)
    try:
        with connection:  # one transaction
            for table, column in _PLACES:
                connection.execute(
                    f"UPDATE {table} SET {column} = ? || substr({column}, ?) WHERE substr({column}, 1, ?) = ?",  # noqa: S608
                    (actual, len(recorded) + 1, len(recorded), recorded),
                )
            before, now = _folder(recorded), _folder(actual)
            connection.execute(
                "UPDATE tags SET value = substr(value, 1, length(value) - ?) || ?"
                " WHERE key = ? AND substr(value, ?) = ':' || ?",
                (len(before), now, HOST, -len(before) - 1, before),
            )
    except sqlite3.Error as error:
        raise UserError(
            f"the store was moved here from {recorded}, and its places cannot be rewritten: {error}",
            "move it back, or make the file writable",
        ) from error
    finally:
        connection.close()


def _folder(artifacts: str) -> str:
    """The store's folder, as the tag says it of a run that is computed there."""
    return unquote(artifacts.removeprefix("file://").removesuffix("/artifacts"))
