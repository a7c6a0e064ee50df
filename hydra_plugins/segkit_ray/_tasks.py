"""A sweep's jobs as tasks of Ray, and what became of each."""

import logging
import os
import signal
import socket
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from typing import Any

import ray
from hydra.core.utils import JobReturn
from ray.exceptions import RayError, RayTaskError

from hydra_plugins.segkit_sweeper import _elsewhere
from hydra_plugins.segkit_sweeper._elsewhere import Demands, failed
from segkit.errors import UserError
from segkit.worker import ONE_THREAD

# The sweep whose jobs this worker does, by its name.
_SWEEP: dict[str, Any] = {}
# What Ray keeps of results and of what jobs share is small here; by itself it would take a third of the memory.
_STORE_BYTES = 100_000_000
_CONNECT_SECONDS = 10.0
_MEND = """start one with `ray start --head`, join it here, or name where one is: hydra.launcher.address=HOST:6379
  if one is there it may ask for a token: RAY_AUTH_MODE=token, and its ~/.ray/auth_token on this machine"""


class WorkerKilled(Exception):
    """What is kept as the reason of a run whose job killed its workers again and again."""


def begin(address: str | None, workers: int | None) -> None:
    """Join the Ray cluster at an address, or start one of this machine's; raises UserError if none answers."""
    here = {"include_dashboard": False, "num_cpus": workers, "object_store_memory": _STORE_BYTES}
    started = {"_node_ip_address": "127.0.0.1", **here} if address is None else {"address": address}
    logging.getLogger("ray").setLevel(logging.CRITICAL + 1)
    try:
        _check_answers(address)
        with _handlers_kept():
            # The number of threads is read when libraries are imported; all else goes with the jobs, unseen.
            threads = {"env_vars": ONE_THREAD}
            ray.init(**started, log_to_driver=False, logging_level=logging.CRITICAL + 1, runtime_env=threads)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        if address is None:
            raise
        raise UserError(f"no Ray cluster answers at {address}", _MEND) from error


def _check_answers(address: str | None) -> None:
    """Raise OSError if nobody listens at HOST:PORT: Ray would try for minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if port.isdigit():
        socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS).close()


@contextmanager
def _handlers_kept() -> Iterator[None]:
    """What this process does when it is told to end stays: Ray's way would print where it was."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Tasks:
    """Does jobs on Ray's workers, each with one processor, and `memory_gb` that Ray sets aside for it."""

    def __init__(self, shared: bytes, demanded: Demands, memory_gb: float | None, retries: int) -> None:
        memory = None if memory_gb is None else int(memory_gb * 1e9)
        self._name = uuid.uuid4().hex
        self._shared = ray.put((shared, demanded))
        self._retries = retries
        self._task = ray.remote(num_cpus=1, memory=memory, max_retries=retries)(done)

    def at_once(self) -> int:
        """How many processors the cluster has."""
        return max(1, int(ray.cluster_resources().get("CPU", 1)))

    def do(self, job_overrides: Sequence[Sequence[str]], first: int) -> list[JobReturn]:
        """What each job returns, in their order."""
        numbered = enumerate(job_overrides, first)
        asked = [self._task.remote(self._name, self._shared, number, list(one)) for number, one in numbered]
        try:
            # Ray tells there of each worker that dies, amid the answer.
            with redirect_stdout(StringIO()):
                return [self._outcome(future) for future in asked]
        except BaseException:
            for future in asked:
                with suppress(Exception):  # it has ended, or the cluster is gone
                    ray.cancel(future, force=False)
            raise

    def close(self) -> None:
        """Leave the cluster, which ends if it was started here."""
        ray.shutdown()

    def _outcome(self, future: Any) -> JobReturn:
        try:
            outcome: JobReturn = ray.get(future)
        except RayTaskError as error:
            if isinstance(error.cause, UserError):
                raise error.cause from None
            return failed(error.cause)
        except RayError as error:
            return failed(self._killed(error))
        return outcome

    def _killed(self, error: RayError) -> Exception:
        times = self._retries + 1
        return WorkerKilled(f"{times} workers that did it were killed ({type(error).__name__})")


def done(name: str, told: tuple[bytes, Demands], number: int, overrides: list[str]) -> JobReturn:
    """Do a job of a sweep on a worker; raises UserError if this cannot do the sweep's jobs."""
    shared, demanded = told
    if name not in _SWEEP:
        os.environ.update(demanded.environment)
        problem = demanded.problem("Ray worker")
        if problem is not None:
            raise problem
        _SWEEP.clear()
        _SWEEP[name] = _elsewhere.known(shared)
    return _elsewhere.done(_SWEEP[name], number, overrides)
