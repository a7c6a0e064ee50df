"""A page as a file: where it may go, and that nobody ever sees half of it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from segkit.errors import UserError
from segkit.unfinished import unfinished

_TYPES = (".html", ".htm")


def page_name(*parts: str) -> str:
    """What a page is called unless somebody says otherwise: the command and what it is about.

    >>> page_name("explore", "shops/*.csv")
    'explore-shops_.csv.html'
    """
    return "-".join(re.sub(r"[^\w.-]+", "_", part) for part in parts) + ".html"


def check_page(output: str) -> Path:
    """The path, if the page can be written there; raises UserError before any work is done."""
    path = Path(output).expanduser()
    if path.is_dir():
        raise UserError(f"output={path} is a folder", "name a file in it")
    if path.suffix.lower() not in _TYPES:
        raise UserError(f"output={path}: the page is HTML, not {path.suffix or 'a file without a type'}", "use .html")
    if not path.parent.is_dir():
        raise UserError(f"output={path}: there is no folder {path.parent}", "make it first, or name another")
    return path.absolute()


def check_asked_page(output: str | None, form: str) -> Path | None:
    """The path that was asked for, if any; raises UserError where the format that was asked for prints instead."""
    if output and form != "html":
        raise UserError(f"output={output} is where a page goes, and format={form} prints", "format=html")
    return check_page(output) if output else None


def write_page(page: str, path: Path) -> None:
    """Write a page, so that an older one stays whole until the new one is."""
    write_whole(path, lambda place: place.write_text(page, encoding="utf-8"))


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` write beside the target, and move it there in one step; raises UserError where that fails."""
    partial = unfinished(path)
    try:
        write(partial)
        os.replace(partial, path)
    except OSError as error:
        raise UserError(f"output={path} cannot be written: {error.strerror}", "choose another place") from error
    finally:
        partial.unlink(missing_ok=True)
