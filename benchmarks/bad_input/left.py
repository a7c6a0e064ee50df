"""What a folder holds, so that one can tell what a command has left behind."""

import hashlib
import sqlite3
import stat
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

# Locks and what Hydra always makes; what is in them is nobody's work.
_UNIMPORTANT = ("mlruns/hydra*", "mlruns/locks*", "*.lock", "mlruns", "*.db-journal", "*.db-wal", "*.db-shm")


def snapshot(folder: Path) -> dict[str, str]:
    """Everything below a folder by its path: its mode, and when it was changed or, of a database, its content."""
    paths = {str(path.relative_to(folder)): path for path in folder.rglob("*")}
    important = {name: path for name, path in paths.items() if not any(fnmatch(name, p) for p in _UNIMPORTANT)}
    return {name: _state(path) for name, path in important.items()} | {".": str(folder.lstat().st_mode)}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What is new, gone or other."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _state(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {path.readlink()}"
    if not stat.S_ISREG(mode):
        return str(mode)
    return f"{mode} {_database(path) if path.suffix == '.db' else path.lstat().st_mtime_ns}"


def _database(path: Path) -> str:
    """The content of a database whatever its pages; of what is none, the bytes."""
    seen = hashlib.sha256()
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            for line in database.iterdump():
                seen.update(line.encode())
    except (sqlite3.Error, UnicodeDecodeError):
        seen.update(path.read_bytes())
    return seen.hexdigest()
