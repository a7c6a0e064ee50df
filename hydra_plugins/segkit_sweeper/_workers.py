"""Imports that are done before they are needed: by workers while a sweep is opened, here while workers work."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from hydra.plugins.launcher import Launcher
from hydra_plugins.hydra_joblib_launcher._core import process_joblib_cfg
from joblib import Parallel, delayed, effective_n_jobs

from segkit.worker import end_with_launcher

# All that a job imports, whatever it computes.
_ALWAYS = ("segkit.runs", "segkit.config.weighed", "segkit.tracking.results", "segkit.tracking.weighing")


def start_workers(launcher: Launcher) -> None:
    """Have the launcher's processes import what every job needs; does nothing if it keeps none.

    Returns at once. The jobs find the same processes: they are asked for with the same settings.
    """
    settings = dict(getattr(launcher, "joblib", {}))
    if settings:
        threading.Thread(target=_start, args=[settings, _ALWAYS], daemon=True).start()


def import_meanwhile(modules: Sequence[str]) -> None:
    """Import these while this process waits for its workers; returns at once."""
    threading.Thread(target=import_all, args=[modules], daemon=True).start()


def _start(settings: Mapping[str, Any], modules: Sequence[str]) -> None:
    settings = {**settings, "backend": "loky"}
    process_joblib_cfg(settings)
    workers = effective_n_jobs(settings.get("n_jobs", -1))
    if workers > 1:  # one alone would be this process
        with suppress(Exception):  # workers that cannot be started are told of when the jobs are launched
            Parallel(**settings)(delayed(_made_ready)(modules) for _ in range(workers))


def _made_ready(modules: Sequence[str]) -> None:
    end_with_launcher()  # who is killed now must not leave workers that wait for a first job
    import_all(modules)


def import_all(modules: Sequence[str]) -> None:
    """Import these; what cannot be imported is told by the job that needs it."""
    for module in modules:
        with suppress(Exception):
            import_module(module)
