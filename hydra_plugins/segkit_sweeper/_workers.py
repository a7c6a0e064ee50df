"""Imports that are done before they are needed: for workers while a sweep is planned, here while workers work."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from unittest.mock import patch

from hydra.plugins.launcher import Launcher

from segkit.errors import UserError
from segkit.worker import ONE_THREAD

# All that a job imports; UMAP, because most sweeps use it and it takes longest.
ALWAYS = (
    "segkit.config.computed",
    "segkit.config.weighed",
    "segkit.tracking.results",
    "segkit.tracking.weighing",
    "umap",
)

_READY = "hydra_plugins.segkit_sweeper._ready"


def make_workers_ready(launcher: Launcher) -> None:
    """Have a process import what every job needs, of which the launcher's workers are then forked, ready for work.

    Returns at once. A launcher that knows how to, gets ready by itself. Does nothing if the launcher keeps no
    processes, or where forking what has imported so much is not safe: its workers import for themselves then.
    """
    if hasattr(launcher, "get_ready"):
        launcher.get_ready()
    elif at_once(launcher) > 1 and sys.platform == "linux":  # one alone would be this process
        from joblib.externals.loky.backend.context import set_start_method

        set_start_method("forkserver", force=True)
        start_fork_server(_READY)


def start_fork_server(ready: str) -> None:
    """Start the process that workers are forked from, and have it import the module `ready`."""
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload([ready])
    with _uninterrupted(), patch.dict(os.environ, ONE_THREAD):
        forkserver.ensure_running()


@contextmanager
def closing_workers(launcher: Launcher) -> Iterator[None]:
    """At the end, whatever happens, the launcher lets go of workers that it keeps from one launch to the next."""
    try:
        yield
    finally:
        if hasattr(launcher, "close"):
            launcher.close()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A process that is started here ignores Ctrl-C: amid its imports it would print where it was."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def at_once(launcher: Launcher) -> int:
    """How many jobs the launcher does at once, if it says so: else one."""
    if hasattr(launcher, "at_once"):
        return int(launcher.at_once())
    settings = getattr(launcher, "joblib", None)
    if not settings:
        return 1
    from joblib import effective_n_jobs

    if settings.get("n_jobs") == 0:
        raise UserError("hydra.launcher.n_jobs=0 starts no worker", "give a number of 1 or more, or -1 for every core")
    return int(effective_n_jobs(settings.get("n_jobs", -1)))


def import_meanwhile(modules: Sequence[str]) -> None:
    """Import these while this process waits for its workers; returns at once."""
    threading.Thread(target=_import_all, args=[modules], daemon=True).start()


def _import_all(modules: Sequence[str]) -> None:
    for module in modules:
        with suppress(Exception):  # told where it is needed
            import_module(module)
