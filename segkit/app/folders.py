"""Folders of what people brought: each is named by an id of ours, has a page that tells of it, and goes as a whole."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

_ID = re.compile(r"[0-9a-f]{12}")
_PAGE, _GONE = "page.json", ".gone-"


def new_folder(below: Path) -> Path:
    """A folder with an id for its name; nobody finds it until it has a page."""
    folder = below / secrets.token_hex(6)
    folder.mkdir(parents=True)
    return folder


def ids_in(below: Path) -> list[str]:
    """The ids of the folders that have a page."""
    return [page.parent.name for page in below.glob(f"*/{_PAGE}") if _ID.fullmatch(page.parent.name)]


def has_page(folder: Path) -> bool:
    """Whether the folder is found."""
    return (folder / _PAGE).exists()


def read_page(below: Path, wanted: str) -> dict[str, Any] | None:
    """What the page of an id says; None where there is none, or somebody deletes it now."""
    if not _ID.fullmatch(wanted):
        return None
    try:
        return dict(json.loads((below / wanted / _PAGE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def write_page(folder: Path, values: Mapping[str, Any]) -> None:
    """Write down what there is to tell of a folder."""
    write_json(folder / _PAGE, values)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Write values so that who reads them meanwhile sees these or those before."""
    partial = path.with_name(f"{path.name}.part")
    partial.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(partial, path)


def leave_nothing(folder: Path) -> None:
    """Delete a folder so that nobody ever sees half of it, and what was left when an app was killed meanwhile."""
    with suppress(FileNotFoundError):  # somebody else was quicker
        os.replace(folder, folder.with_name(f"{_GONE}{folder.name}"))
    for gone in folder.parent.glob(f"{_GONE}*"):
        shutil.rmtree(gone, ignore_errors=True)


def this_moment() -> str:
    """When something came, as pages say it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
