"""Stages that machines share: files under an address that fsspec reaches, each there as a whole or not at all."""

import os
import uuid
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from segkit.cache import PARTIAL
from segkit.errors import UserError


def check_address(address: str) -> None:
    """Raise UserError if nothing installed reaches the address; whether it answers is not asked."""
    _reached(address)


def fetch(address: str, path: Path) -> None:
    """Put the entry called like `path` there, if the address has it; one that cannot be had is computed instead."""
    files, folder = _reached(address)
    partial = path.with_suffix(PARTIAL)  # only who holds the entry's lock writes it
    with suppress(Exception):
        files.get_file(f"{folder}/{path.name}", str(partial))
        os.replace(partial, path)


def deliver(address: str, path: Path) -> None:
    """Give the entry to all who share the address; if that fails they compute it themselves."""
    files, folder = _reached(address)
    partial = f"{folder}/{uuid.uuid4().hex}{PARTIAL}"
    with suppress(Exception):
        files.makedirs(folder, exist_ok=True)
        files.put_file(str(path), partial)
        files.mv(partial, f"{folder}/{path.name}")


@lru_cache(maxsize=4)
def _reached(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    try:
        files, folder = url_to_fs(address)
    except Exception as error:  # a protocol that is not known, a package that is not installed, settings it refuses
        problem = f"tracking.cache={address} cannot be used: {error}"
        raise UserError(problem, "name a folder, or an address that fsspec reaches with what is installed") from error
    return files, str(folder).rstrip("/")
