"""Writing a table so that a reader never sees half of it."""

import os
from pathlib import Path

import pandas as pd

from segkit.errors import UserError

_KINDS = (".csv", ".parquet")


def check_output(path: str | Path) -> Path:
    """The path, if a table can be written there; raises UserError before any work is done."""
    path = Path(path).expanduser()
    if path.suffix.lower() not in _KINDS:
        raise UserError(
            f"output={path}: files of type {path.suffix or '(none)'} are not written", f"use {' or '.join(_KINDS)}"
        )
    if not path.parent.is_dir():
        raise UserError(f"output={path}: there is no folder {path.parent}", "make it first, or name another")
    if path.is_dir():
        raise UserError(f"output={path} is a folder", "name a file in it")
    return path


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write CSV or Parquet beside the target and move it there in one step."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.suffix.lower() == ".parquet":
            table.to_parquet(partial, index=False)
        else:
            table.to_csv(partial, index=False)
        os.replace(partial, path)
    except (OSError, ValueError, TypeError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise UserError(f"output={path} cannot be written: {reason}", "choose another place or type") from error
    finally:
        partial.unlink(missing_ok=True)
