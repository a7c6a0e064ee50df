"""Fitted stages shared between runs: the same preprocessing or embedding is computed once, whoever needs it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from filelock import FileLock

from segkit.cache import PARTIAL, WHOLE, lock_of
from segkit.mapped import dump, load
from segkit.shared_cache import deliver, fetch

Stage = TypeVar("Stage")


class Stages(Protocol):
    """Where fitted stages come from: computed here, or shared with the other runs of a sweep."""

    def get(self, step: str, compute: Callable[[], Stage]) -> Stage:
        """What `compute` gives for the step of this name."""


class FittedHere:
    """Computes every stage on the spot."""

    def get(self, step: str, compute: Callable[[], Stage]) -> Stage:
        """What `compute` gives; `step` is only a name here."""
        return compute()


@dataclass(frozen=True)
class SharedStages:
    """Stages on disk, one file each under `folder`; `keys` names the content of each step ("preprocessing", "reducer").

    Several workers that want the same stage at once wait for the first to compute it. Large arrays are mapped, so that
    all have one copy of them; the rest is skops, so that reading runs no code. What cannot be read is computed again.
    What is given is shared: leave it as it is. With an `address` what other machines have put there is taken from it,
    and what is computed here put there.
    """

    folder: Path
    keys: Mapping[str, str]
    address: str = ""

    def get(self, step: str, compute: Callable[[], Stage]) -> Stage:
        """What `compute` gives (arrays, fitted estimators, tuples of them), from disk if it is there."""
        path = self.folder / f"{step}-{self.keys[step]}{WHOLE}"
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(lock_of(path)):
            found: Stage | None = self._found(path)
            if found is not None:
                os.utime(path)  # what is used stays longest
                return found
            stage = compute()
            mapped = _write(path, stage)
            if self.address:
                deliver(self.address, path)
            return _read(path) if mapped else stage

    def _found(self, path: Path) -> Any:
        found = _read(path)
        if found is None and self.address:
            fetch(self.address, path)
            found = _read(path)
        return found


def part_of(stages: Stages | None, part: str) -> Stages:
    """Stages of a part of the customers, named `part`, shared as those of all are."""
    if not isinstance(stages, SharedStages):
        return FittedHere()
    return replace(stages, keys={step: f"{key}-{part}" for step, key in stages.keys.items()})


def _read(path: Path) -> Any:
    try:
        state = path.stat()
        return _loaded(path, state.st_ino, state.st_size)
    except Exception:  # absent, cut short, or of another version: whatever it is, it is not an entry
        return None


@lru_cache(maxsize=6)  # the runs that a worker does one after the other mostly share their stages
def _loaded(path: Path, file_number: int, size: int) -> Any:
    return load(path)


def _write(path: Path, stage: Any) -> bool:
    """Write an entry; whether it is better read again, for others to share its memory."""
    partial = path.with_suffix(PARTIAL)  # only who holds the entry's lock writes it
    try:
        mapped = dump(stage, partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return mapped
