"""On a Dask worker: what a sweep's jobs share, got ready once, and doing a job. Needs segkit on the worker."""

import asyncio
import os
import platform
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any

from distributed import WorkerPlugin
from hydra.core.utils import JobReturn

from hydra_plugins.segkit_sweeper import _elsewhere
from hydra_plugins.segkit_sweeper._elsewhere import Demands
from hydra_plugins.segkit_sweeper._workers import ALWAYS
from segkit.errors import WorkFailed

# The sweeps that this process has been made ready for: their shared values, or why it cannot do their jobs.
_SWEEPS: dict[str, Any] = {}
# Hydra keeps a job's configuration for the whole process.
_ONE_AT_A_TIME = threading.Lock()


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
        problem = self.demands.problem("Dask worker")
        _SWEEPS[self.name] = problem
        if problem is not None:
            raise problem
        for module in ALWAYS:
            with suppress(Exception):  # what cannot be imported is told by the job that needs it
                import_module(module)
        _SWEEPS[self.name] = (_elsewhere.known(self.shared), self.demands.environment)

    def teardown(self, worker: object) -> None:
        """Called when the sweep has ended."""
        _SWEEPS.pop(self.name, None)


def done(name: str, number: int, overrides: list[str]) -> JobReturn:
    """Do a job of a sweep and say how it went."""
    sweep = _SWEEPS.get(name)
    if not isinstance(sweep, tuple):
        raise sweep or WorkFailed(f"the Dask worker on {platform.node()} knows nothing of the sweep")
    known, environment = sweep
    with _ONE_AT_A_TIME:
        os.environ.update(environment)
        return _elsewhere.done(known, number, overrides)
