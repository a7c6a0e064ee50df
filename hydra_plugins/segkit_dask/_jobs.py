"""A sweep's jobs handed to Dask workers, a few at a time, and what became of each."""

import time
import uuid
from collections.abc import Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from hydra.core.utils import JobReturn
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from hydra_plugins.segkit_dask._cluster import Cluster
from hydra_plugins.segkit_dask._worker import SweepOnWorker, done
from hydra_plugins.segkit_sweeper._elsewhere import Demands, demands, failed, shared
from segkit.errors import UserError, WorkFailed

_LOOK_EVERY = 2.0


class WorkerKilled(Exception):
    """What is kept as the reason of a run whose job killed its workers again and again."""


class Jobs:
    """Does jobs on a cluster; every worker, also one that comes later, gets what they share once."""

    def __init__(self, cluster: Cluster, context: HydraContext, config: DictConfig, task: TaskFunction) -> None:
        self._cluster = cluster
        self._client = cluster.client
        self._name = f"segkit-{uuid.uuid4().hex}"
        self._make_ready(shared(context, config, task), demands(config))

    def do(self, job_overrides: Sequence[Sequence[str]], first: int) -> list[JobReturn]:
        """What each job returns, in their order."""
        waiting = list(enumerate(job_overrides, first))
        found: dict[int, JobReturn] = {}
        pending: dict[Any, int] = {}
        try:
            while waiting or pending:
                # No more than there are workers: who waits at a worker that another job kills is suspected with it.
                for number, overrides in self._taken(waiting, self._at_once() - len(pending)):
                    pending[self._submit(number, overrides)] = number
                for future in self._ended(list(pending)):
                    found[pending.pop(future)] = _outcome(future)
        except (CancelledError, OSError) as error:
            self._drop(list(pending))
            raise self._cluster.gone() from error
        except BaseException:
            self._drop(list(pending))
            raise
        return [found[number] for number in sorted(found)]

    def close(self) -> None:
        """Have the workers forget the sweep."""
        if not self._cluster.local:
            with suppress(Exception):  # the scheduler may be gone
                self._client.unregister_worker_plugin(self._name)

    def _make_ready(self, known: bytes, demanded: Demands) -> None:
        plugin = SweepOnWorker(self._name, known, demanded)
        try:
            self._client.register_plugin(plugin, name=self._name)
        except ImportError as error:
            mend = "install the same segkit on every machine, with segkit[dask]"
            raise UserError(f"a Dask worker {self._cluster.place} has no {error.name or 'segkit'}", mend) from error
        self._workers, self._looked, self._alone = self._cluster.workers(), time.monotonic(), 0.0

    def _at_once(self) -> int:
        """How many workers there are, or were a moment ago; raises WorkFailed when there have been none for long."""
        passed = time.monotonic() - self._looked
        if passed > _LOOK_EVERY:
            self._workers, self._looked = self._cluster.workers(), time.monotonic()
            self._alone = 0.0 if self._workers else self._alone + passed
            if self._alone > self._cluster.patience:
                raise WorkFailed(f"no Dask worker {self._cluster.place} is left; what is done is kept")
        return self._workers

    def _taken(self, waiting: list[tuple[int, Sequence[str]]], room: int) -> list[tuple[int, Sequence[str]]]:
        taken, waiting[:] = waiting[: max(room, 0)], waiting[max(room, 0) :]
        return taken

    def _submit(self, number: int, overrides: Sequence[str]) -> Any:
        return self._client.submit(done, self._name, number, list(overrides), pure=False)

    def _ended(self, pending: list[Any]) -> list[Any]:
        from distributed import wait

        try:
            return list(wait(pending, timeout=_LOOK_EVERY, return_when="FIRST_COMPLETED").done) if pending else []
        except TimeoutError:
            return []

    def _drop(self, pending: list[Any]) -> None:
        """Take back what is not begun; workers of this machine end, others end what they do first, which is kept."""
        if self._cluster.local:
            self._cluster.close()
        elif pending:
            with suppress(Exception):  # the scheduler may be gone
                self._client.cancel(pending, force=True)


def _outcome(future: Any) -> JobReturn:
    """What a job returned, or else why it did not."""
    if future.status == "cancelled":
        raise CancelledError
    if future.status == "finished":
        outcome: JobReturn = future.result()
        return outcome
    return failed(_in_plain_words(future.exception()))


def _in_plain_words(error: BaseException) -> BaseException:
    from distributed import KilledWorker

    if not isinstance(error, KilledWorker):
        return error
    times = error.allowed_failures + 1
    return WorkerKilled(f"{times} workers that did it were killed, most likely for want of memory")
