"""A worker that ends when its launcher is gone: it finishes the job that it has begun and takes no other."""

import atexit
import functools
import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from typing import Any

_EVERY_SECONDS = 1.0
_at_work = threading.Lock()
_watched = threading.Event()


def ends_with_its_launcher(job: Callable[..., Any]) -> Callable[..., Any]:
    """The job; done in a worker process, it sees to it that the process does not outlive a launcher that is killed.

    The pool's own workers would wait for ever, at some hundred megabytes each, for a lock that the launcher held.
    """

    @functools.wraps(job)
    def watched(*arguments: Any) -> Any:
        end_with_launcher()
        with _at_work:
            outcome = job(*arguments)
        _set_aside()
        return outcome

    return watched


def end_with_launcher() -> None:
    """In a worker process: do not outlive the launcher, from now on; elsewhere nothing."""
    if multiprocessing.current_process().name.startswith("Loky") and not _watched.is_set():
        _watched.set()
        atexit.register(os._exit, 0)  # nothing is left to clean up, and taking all imports down takes a second
        threading.Thread(target=_end_after, args=[os.getppid()], daemon=True).start()


@functools.cache
def _set_aside() -> None:
    """What the first job imported stays for good: looking through it for garbage took a sixth of a worker's time."""
    gc.collect()
    gc.freeze()


def _end_after(launcher: int) -> None:
    while os.getppid() == launcher:
        time.sleep(_EVERY_SECONDS)
    with _at_work:
        os._exit(0)
