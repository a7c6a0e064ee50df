"""What is done with an input: whatever is wrong with it ends in a UserError, or in a command's exit code and words."""

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

_MOST_LINES = 5


class BadAnswer(Exception):
    """A command that says nothing, too much, or where in the code it stumbled."""


def read_table(path: Path) -> None:
    """A table read and understood."""
    from segkit.data import make_dataset
    from segkit.data.findings import find
    from segkit.data.read import read

    reading = read(path)
    dataset = make_dataset("fuzzed", reading.table, str(path), notes=reading.notes)
    find(dataset.table, dataset.columns)


def look_at_table(path: Path) -> None:
    """A table with its page."""
    run_command("explore", "data=table", f"data.path={path}")


def segment_table(path: Path) -> None:
    """A table's customers segmented."""
    run_command("run", "data=table", f"data.path={path}", "k=2", "evidence=false")


def read_model(path: Path) -> None:
    """A model file loaded, and customers scored with what comes of it."""
    from segkit.data import make_customers
    from segkit.scoring.scored import scored_table
    from segkit.scoring.scorer_file import load_scorer

    scored_table(load_scorer(path), make_customers(5), "2025-06-30")


def read_store(path: Path) -> None:
    """A store's sweep ranked and its models listed."""
    for command in ("compare", "models", "forget"):
        run_command(command, f"tracking.folder={path.parent}", *(["id=1"] if command == "forget" else []))


def compose_page(path: Path) -> None:
    """A page of one's own composed and what it describes made, without a run."""
    run_command("run", f"--config-dir={path.parent.parent}", f"{path.parent.name}={path.stem}", "k=0")


def type_line(path: Path) -> None:
    """A command line, its arguments apart by zeros."""
    run_command(*path.read_bytes().decode(errors="surrogateescape").split("\0"))


def run_command(*arguments: str) -> None:
    """A command in this process; raises BadAnswer for what it says, whatever it leaves."""
    from segkit.cli import main

    err = io.StringIO()
    sys.argv = ["segkit", *arguments]
    code: Any = 0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    said = err.getvalue()
    stumbled = "Traceback" in said or "debug=true shows where" in said
    if stumbled or (code == 2 and len(said.splitlines()) > _MOST_LINES) or (code and not said.strip()):
        raise BadAnswer(f"exit {code}: {said.strip()[:300]}")
