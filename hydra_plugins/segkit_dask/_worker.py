"""On a Dask worker: what a sweep's jobs share, got ready once, and doing a job. Needs segkit on the worker."""

import asyncio
import os
import pickle
import platform
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from glob import glob
from importlib import import_module
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin
from hydra.core.utils import JobReturn, JobStatus

from hydra_plugins.segkit_sweeper._workers import ALWAYS
from segkit.errors import UserError, WorkFailed

# The sweeps that this process has been made ready for: their shared values, or why it cannot do their jobs.
_SWEEPS: dict[str, Any] = {}
# Hydra keeps a job's configuration for the whole process.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Demands:
    """What a worker must have: the same code, the launcher's store where that is in a folder (whose number in its file
    system is `folder_number`, else 0), the data file if there is one, and environment variables, which it is given.
    """

    code: str
    folder: str
    folder_number: int
    path: str
    environment: dict[str, str] = field(default_factory=dict)

    def problem(self) -> UserError | None:
        """What is lacking here, if anything."""
        from segkit.fingerprint import code_hash

        place = f"the Dask worker on {platform.node()}"
        if code_hash() != self.code:
            mend = "install the same versions on every machine, and restart workers after a change"
            return UserError(f"{place} has another segkit, or other libraries, than this machine", mend)
        if self.folder_number and not self._has_folder():
            mend = "keep runs on a server that all reach: tracking=server tracking.uri=..."
            return UserError(f"{place} does not see the store in {self.folder}", mend)
        if self.path and not (os.path.exists(self.path) or glob(self.path)):
            mend = "put it under the same path on every machine, or give an address that all reach"
            return UserError(f"{place} cannot read {self.path}", mend)
        return None

    def _has_folder(self) -> bool:
        try:
            return Path(self.folder).stat().st_ino == self.folder_number
        except OSError:
            return False


class SweepOnWorker(WorkerPlugin):
    """Makes a worker ready for a sweep's jobs; raises UserError to the launcher if it cannot do them."""

    def __init__(self, name: str, shared: bytes, demands: Demands) -> None:
        self.name = name
        self.shared = shared
        self.demands = demands

    async def setup(self, worker: object) -> None:
        """Called on every worker, on those that come later as they come."""
        await asyncio.to_thread(self._get_ready)  # imports take seconds, in which the worker has to answer

    def _get_ready(self) -> None:
        os.environ.update(self.demands.environment)
        problem = self.demands.problem()
        _SWEEPS[self.name] = problem
        if problem is not None:
            raise problem
        for module in ALWAYS:
            with suppress(Exception):  # what cannot be imported is told by the job that needs it
                import_module(module)
        _SWEEPS[self.name] = (_known(self.shared), self.demands.environment)

    def teardown(self, worker: object) -> None:
        """Called when the sweep has ended."""
        _SWEEPS.pop(self.name, None)


def _known(shared: bytes) -> Any:
    context, config, task, state = pickle.loads(shared)  # noqa: S301 - from the launcher, as the jobs are
    loader = context.config_loader
    if loader.composed:  # pages may lie elsewhere on this machine, and a worker that stays may know older ones
        loader.composer(config).learn(loader.composed)
    return context, config, task, state


def done(name: str, number: int, overrides: list[str]) -> JobReturn:
    """Do a job of a sweep and say how it went."""
    from hydra_plugins.hydra_joblib_launcher._core import execute_job

    sweep = _SWEEPS.get(name)
    if not isinstance(sweep, tuple):
        raise sweep or WorkFailed(f"the Dask worker on {platform.node()} knows nothing of the sweep")
    (context, config, task, state), environment = sweep
    with _ONE_AT_A_TIME:
        os.environ.update(environment)
        return _told(execute_job(number, overrides, context, config, task, state))


def _told(outcome: JobReturn) -> JobReturn:
    """What the launcher asks of a job's outcome: a configuration a job would only cost its time."""
    told = JobReturn(overrides=outcome.overrides, status=outcome.status)
    if outcome.status == JobStatus.FAILED:
        told.return_value = _that_travels(outcome._return_value)
    return told


def _that_travels(error: Any) -> Any:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:
        return WorkFailed(f"{type(error).__name__}: {error}")
    return error
