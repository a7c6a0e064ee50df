"""From the page of `segkit score` to what is scored, where it goes, and what is asked of it."""

import glob
import os
from pathlib import Path
from typing import Any

from segkit.data.database import is_database, shown
from segkit.data.read import check_source
from segkit.data.write import FileWriter, Writer, check_output
from segkit.data.write_database import DatabaseWriter, check_table
from segkit.errors import UserError
from segkit.scoring.asked import Asked, read_suppressed
from segkit.scoring.into import Input

_ABSENT = ("", "unknown")


def input_of(config: Any) -> Input:
    """What is to be scored; raises UserError where it leads to no table."""
    if (config.absent or "") not in _ABSENT:
        raise UserError(f"absent={config.absent} is not known", "absent=unknown scores with nothing known of them")
    check_source(config.input)
    return Input(config.input, config.query, config.as_of, config.absent or "")


def writer_of(config: Any) -> tuple[Writer, str]:
    """What writes the scored customers, and the name of the place; raises UserError where nothing can be written."""
    if is_database(config.output):
        check_table(config.output, config.output_table, config.replace)
        return DatabaseWriter(config.output, config.output_table), f"{shown(config.output)} {config.output_table}"
    if config.output_table:
        raise UserError(f"output_table is given, but {config.output} is no database", "leave it out")
    output = check_output(config.output)
    if "://" not in config.input and output.resolve() in _files(config.input):
        raise UserError(f"output={output} is the table to score", "name another file")
    return FileWriter(output), str(output)


def asked_of(config: Any, id_column: str) -> Asked:
    """Which further columns are wanted; the list of suppressed ids is read here."""
    suppressed = read_suppressed(config.suppress, id_column) if config.suppress else None
    extra = (config.outlier, config.why, config.probabilities)
    return Asked(*extra, suppressed, config.control, config.campaign)


def _files(source: str) -> set[Path]:
    path = Path(source).expanduser()
    found = [path] if path.exists() else [Path(name) for name in glob.glob(str(path), recursive=True)]
    return {Path(os.path.realpath(file)) for file in found}  # unlike resolve() it goes through links in a circle
