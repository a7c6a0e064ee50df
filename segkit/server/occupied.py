"""One server at a time in a folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from segkit.errors import UserError

_MOST_SECONDS = 40


@contextmanager
def occupied(folder: Path) -> Iterator[int]:
    """Hold the folder; raises UserError if a living server has it.

    Yields what programs must inherit that belong to the server: of a killed one they may be about to end, which is
    waited for.
    """
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + _MOST_SECONDS
        while not _taken(descriptor):
            if _lives(os.pread(descriptor, 20, 0)) or time.monotonic() > deadline:
                raise UserError(f"a server runs in {folder} already", "end that one, or take another: folder=...")
            time.sleep(0.1)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(number: bytes) -> bool:
    """Whether the process of this number is there."""
    if not number:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
