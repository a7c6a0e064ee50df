"""Whether a run that says RUNNING lives: its lock tells where it is computed, elsewhere its signs of life do."""

import os
import platform
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from segkit.records import FINISHED, RUNNING, RunRecord
from segkit.tracking.names import ALIVE
from segkit.tracking.store import Store

# Most runs are shorter, and give none.
BEAT_SECONDS = 15.0
# Of runs of other places, as this process saw them: the last sign, since when it is that one, and the last look.
_SEEN: dict[str, tuple[str, float, float]] = {}


def place_of(store: Store) -> str:
    """Where this process computes and locks: the machine (SEGKIT_HOST, where several go by one name) and the folder."""
    return f"{os.environ.get('SEGKIT_HOST') or platform.node()}:{store.folder}"


@contextmanager
def signs_of_life(store: Store, run_id: str) -> Iterator[None]:
    """While the block lasts, the run's tag changes from time to time."""
    ended = threading.Event()
    threading.Thread(target=_beat, args=[store, run_id, ended], daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _beat(store: Store, run_id: str, ended: threading.Event) -> None:
    sign = 0
    while not ended.wait(BEAT_SECONDS):
        sign += 1
        with suppress(Exception):  # a store that is away for a while must not end the run
            store.client.set_tag(run_id, ALIVE, str(sign))


def is_here(store: Store, run: RunRecord) -> bool:
    """Whether a run was computed where this process computes, so that its lock can be asked."""
    return run.host in ("", place_of(store))


def is_orphan(store: Store, run: RunRecord, others: Sequence[RunRecord]) -> bool:
    """Whether a run says RUNNING though nobody is at it; `others` are the runs of the same sweep.

    A run of another place is one when its job was done anew, or when this process has looked for `store.silence`
    seconds and seen no new sign of life; so it has to ask more than once.
    """
    if run.status != RUNNING:
        return False
    if is_here(store, run):
        return is_free(lock_path(store, run.fingerprint))
    anew = any(other.fingerprint == run.fingerprint and other.status == FINISHED for other in others)
    return anew or _is_silent(store, run)


def lock_path(store: Store, fingerprint: str) -> Path:
    """The file whose lock a living run holds."""
    return store.locks / f"run-{fingerprint}.lock"


def sweep_lock_path(store: Store, sweep: str) -> Path:
    """The file whose lock a living sweep holds."""
    return store.locks / f"sweep-{sweep}.lock"


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock of that file."""
    if not path.exists():
        return True
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def _is_silent(store: Store, run: RunRecord) -> bool:
    now = time.monotonic()
    sign, since, looked = _SEEN.get(run.run_id, ("", now, now))
    # Who could not look for long, because the store was away say, does not know whether there was a sign.
    if sign != run.alive or now - looked > store.silence / 2:
        since = now
    _SEEN[run.run_id] = (run.alive, since, now)
    return now - since >= store.silence
