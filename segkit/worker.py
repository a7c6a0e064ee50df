"""Worker processes: one thread each, and an end with their launcher, after the job begun and before any other."""

import functools
import gc
import itertools
import multiprocessing.util
import os
import threading
import time
from collections.abc import Callable
from typing import Any

# The environment of a worker: threads that fight for cores cost everybody.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_EVERY_SECONDS = 1.0
_at_work = threading.Lock()


def ends_with_its_launcher(job: Callable[..., Any]) -> Callable[..., Any]:
    """The job; done in a worker process, it sees to it that the process does not outlive a launcher that is killed.

    The pool's own workers would wait for ever, at some hundred megabytes each, for a lock that the launcher held.
    """

    @functools.wraps(job)
    def watched(*arguments: Any) -> Any:
        if multiprocessing.current_process().name == "MainProcess":
            outcome = job(*arguments)
            let_go()
            return outcome
        end_with_launcher()
        _end_at_once()
        with _at_work:
            outcome = job(*arguments)
        set_aside()
        let_go()
        return outcome

    return watched


_jobs_before = itertools.count()
# After every so many jobs all is looked through that they have left, not only what is new.
_THOROUGH = 10


def let_go() -> None:
    """After a job: free what is left of it, figures above all, which is looked for too seldom else.

    What the first job leaves are mostly imports, and after it many a process ends. What is there by the second stays
    and is set aside. Only now and then all that came since is looked through: that takes longer the more there is.
    """
    if number := next(_jobs_before):
        set_aside()
        gc.collect(1 if number % _THOROUGH else 2)


@functools.cache
def end_with_launcher() -> None:
    """For a worker process: do not outlive the process that started it, from now on."""
    threading.Thread(target=_end_after, args=[os.getppid()], daemon=True).start()


@functools.cache
def _end_at_once() -> None:
    """Nothing is left to clean up when a worker ends, and taking all imports down would take a second."""
    multiprocessing.util.Finalize(None, os._exit, args=[0], exitpriority=0)


@functools.cache
def set_aside() -> None:
    """What is imported by now stays for good: looking through it for garbage took a sixth of a worker's time."""
    gc.collect()
    gc.freeze()


def _end_after(parent: int) -> None:
    while os.getppid() == parent and _launcher_lives():
        time.sleep(_EVERY_SECONDS)
    with _at_work:
        os._exit(0)


def _launcher_lives() -> bool:
    """Whether who asked for this process is there, where that is another than who forked it."""
    launcher = multiprocessing.parent_process()
    return launcher is None or launcher.is_alive()
