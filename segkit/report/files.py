"""Where the report goes, in each of its forms."""

import re
from collections.abc import Mapping
from pathlib import Path

from segkit.errors import UserError

# What each form is written as.
ENDINGS: Mapping[str, str] = {
    "html": ".html",
    "markdown": ".md",
    "xlsx": ".xlsx",
    "sql": ".sql",
    "list": ".csv",
    "names": ".yaml",
}


def check_place(output: str | None, form: str, name: str) -> Path:
    """Where this form goes, `name` without its ending unless `output` is given; raises UserError before any work."""
    ending = ENDINGS.get(form, "")
    path = Path(output).expanduser() if output else Path(f"{name}{ending}")
    if path.is_dir():
        raise UserError(f"output={path} is a folder", "name a file in it")
    if output and not ending:
        raise UserError(f"output={path} is where a file goes, and format={form} prints", "leave one of them out")
    if path.suffix.lower() != ending and ending:
        raise UserError(f"output={path}: format={form} is written as {ending}", f"use {path.stem}{ending}")
    if not path.parent.is_dir():
        raise UserError(f"output={path}: there is no folder {path.parent}", "make it first, or name another")
    return path.absolute()


def report_name(form: str, data: str, run_id: str) -> str:
    """What the file is called, without its ending, unless somebody says otherwise."""
    return re.sub(r"[^\w.-]+", "_", f"{'report' if form in ('html', 'markdown', 'xlsx') else form}-{data}-{run_id[:6]}")


def check_control(share: float) -> float:
    """The share of a control group; raises UserError if it is none."""
    if not 0 <= share < 1:
        raise UserError(f"control={share:g} is no share to set aside", "give one from 0 up to 1, such as 0.1")
    return share
