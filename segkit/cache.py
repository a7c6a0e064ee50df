"""The stage cache: what it holds, and keeping it small."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

# Endings of an entry's files: whole, and while it is being written.
WHOLE = ".skops"
PARTIAL = ".part"


@dataclass(frozen=True)
class Entry:
    """One stage on disk: which step, how many bytes, when it was last used (seconds since 1970)."""

    path: Path
    bytes: int
    used: float

    @property
    def step(self) -> str:
        """preprocessing, reducer, ...; unfinished for what is being written, or was when its writer was killed."""
        return "unfinished" if self.path.suffix == PARTIAL else self.path.name.partition("-")[0]


def cached(folder: Path) -> list[Entry]:
    """Every entry, the longest unused first."""
    found = []
    for path in [path for ending in (WHOLE, PARTIAL) for path in folder.glob(f"*{ending}")]:
        try:
            state = path.stat()
        except FileNotFoundError:  # another process trims at the same time
            continue
        found.append(Entry(path, state.st_size, state.st_mtime))
    return sorted(found, key=lambda entry: entry.used)


def trim(folder: Path, most_bytes: float) -> int:
    """Remove what killed workers left unfinished, then the longest unused entries until the rest fits.

    Those in use stay. Gives the bytes that were freed.
    """
    entries = sorted(cached(folder), key=lambda entry: entry.step != "unfinished")
    too_much, freed = sum(entry.bytes for entry in entries) - most_bytes, 0
    for entry in entries:
        if entry.step == "unfinished" or freed < too_much:
            freed += entry.bytes if _remove(entry.path) else 0
    return freed


def lock_of(path: Path) -> Path:
    """The file that is locked while an entry is read or written."""
    return path.with_suffix(".lock")


def cache_summary(folder: Path, freed: int = 0) -> dict[str, Any]:
    """What the cache holds by step, as plain values."""
    entries = pd.DataFrame([(e.step, e.bytes) for e in cached(folder)], columns=["step", "bytes"])
    steps = entries.groupby("step")["bytes"].agg(["size", "sum"])
    return {
        "folder": str(folder),
        "entries": len(entries),
        "bytes": int(entries["bytes"].sum()),
        "freed": freed,
        "steps": {str(step): {"entries": int(row["size"]), "bytes": int(row["sum"])} for step, row in steps.iterrows()},
    }


def cache_text(summary: Mapping[str, Any]) -> str:
    """The same for people."""
    lines = [f"{summary['folder']}: {summary['entries']:,} stages, {megabytes(summary['bytes'])}"]
    lines += [
        f"  {step:<14}{found['entries']:>6,}  {megabytes(found['bytes']):>10}"
        for step, found in summary["steps"].items()
    ]
    return "\n".join([*lines, *([f"freed {megabytes(summary['freed'])}"] if summary["freed"] else [])])


def megabytes(number: float) -> str:
    """Bytes as people read them.

    >>> megabytes(1_250_000)
    '1.2 MB'
    """
    return f"{number / 1e6:,.1f} MB"


def _remove(path: Path) -> bool:
    lock = lock_of(path)
    try:
        with FileLock(lock, timeout=0):
            path.unlink(missing_ok=True)
            lock.unlink(missing_ok=True)
    except Timeout:
        return False
    return True
