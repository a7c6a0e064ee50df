"""Dask workers: a cluster of this machine's, or a client of one that runs already."""

import logging
import os
import signal
import sys
import time
import warnings
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hydra_plugins.segkit_sweeper._workers import start_fork_server
from segkit.algorithms.extras import installing
from segkit.errors import UserError, WorkFailed

_GRACE_SECONDS = 5.0
_READY = "hydra_plugins.segkit_dask._ready"
# Of this process and of its workers: jobs come one by one and keep nothing that Dask could write to disk.
_SETTINGS = {
    **{f"distributed.worker.memory.{level}": False for level in ("target", "spill", "pause")},
    "distributed.worker.memory.terminate": 0.95,
    # What scheduler and workers would show of themselves to browsers.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
# Dask's folder in the one that it is given.
_SPACE = "dask-scratch-space"
# Dask's log speaks of what is answered in plain words here. Each of these has a level of its own.
_LOGS = ("distributed", "distributed.client", "distributed.nanny", "distributed.scheduler", "distributed.worker")


@dataclass
class Cluster:
    """A client of a scheduler, `place` as people know it, and what ends with it."""

    client: Any
    place: str
    patience: float
    local: bool
    ending: ExitStack

    def workers(self) -> int:
        """How many workers there are now; raises WorkFailed if the scheduler is gone."""
        try:
            return len(self.client.nthreads())
        except (OSError, TimeoutError) as error:
            raise self.gone() from error

    def gone(self) -> WorkFailed:
        """What is said when the scheduler does not answer any more."""
        return WorkFailed(f"the Dask scheduler {self.place} is gone; what is done is kept, the same sweep goes on")

    def close(self) -> None:
        """Leave; workers that were started here end at once."""
        with suppress(Exception):  # it is left, whatever it says to that
            self.ending.close()


def check_installed() -> None:
    """Raise UserError with the mend where Dask is not installed."""
    if find_spec("distributed") is None:
        raise UserError("hydra/launcher=segkit_dask needs the package distributed", installing("dask"))


def fork_ready_workers() -> None:
    """Have a process import what every job needs, of which a local cluster's workers are then forked; at once back."""
    if sys.platform == "linux":
        start_fork_server(_READY)


def local_cluster(folder: str, workers: int, memory: str, failures: int, patience: float) -> Cluster:
    """Workers of this machine, one thread each, that nobody else can reach; what they write lies below `folder`."""
    from dask import config
    from distributed import Client, LocalCluster
    from distributed.security import Security

    method = "forkserver" if sys.platform == "linux" else "spawn"
    settings = {**_SETTINGS, "distributed.scheduler.allowed-failures": failures}
    ending = _quietly()
    try:
        ending.enter_context(config.set({**settings, "distributed.worker.multiprocessing-method": method}))
        scratch = Path(folder).expanduser().absolute() / "dask"
        ending.callback(_clear, scratch)
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            silence_logs=logging.CRITICAL,
            memory_limit=memory,
            local_directory=str(scratch),
            security=Security.temporary(),  # or whoever works on this machine too could have its workers do anything
        )
        ending.callback(cluster.close)
        ending.callback(_kill_workers, cluster)
        client = ending.enter_context(Client(cluster))
    except BaseException:
        ending.close()
        raise
    return Cluster(client, "of this machine", patience, True, ending)


def remote_cluster(address: str, patience: float) -> Cluster:
    """A client of the scheduler at an address; raises UserError if none answers, or if it has no workers."""
    from distributed import Client

    ending = _quietly()
    try:
        client = ending.enter_context(Client(address, timeout=patience))
        client.wait_for_workers(1, timeout=patience)
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        ending.close()
        raise _unreachable(address, patience, error, "client" in locals()) from error
    except BaseException:
        ending.close()
        raise
    return Cluster(client, f"at {address}", patience, False, ending)


def _unreachable(address: str, patience: float, error: Exception, answered: bool) -> UserError:
    if answered and isinstance(error, TimeoutError):
        start = f"start some: dask worker {address} --nthreads 1 --nworkers 2"
        return UserError(f"the Dask scheduler at {address} has no workers ({patience:g} s waited)", start)
    if isinstance(error, OSError | TimeoutError):
        mend = "start one with `dask scheduler`, or name where one is: hydra.launcher.address=tcp://HOST:8786"
        return UserError(f"no Dask scheduler answers at {address} ({patience:g} s waited)", mend)
    return UserError(f"hydra.launcher.address={address} does not do: {error}", "write it like tcp://HOST:8786")


def check_memory(limit: str) -> None:
    """Raise UserError if this is no size."""
    from dask.utils import parse_bytes

    try:
        _ = limit == "auto" or parse_bytes(limit)
    except ValueError:
        mend = "write it like 4GB, or auto: an equal share of the machine's"
        raise UserError(f"hydra.launcher.memory_limit={limit} is no size", mend) from None


def _quietly() -> ExitStack:
    """What is to be undone at the end; until then Dask says nothing by itself."""
    ending = ExitStack()
    ending.enter_context(warnings.catch_warnings())
    warnings.filterwarnings("ignore", module="distributed")
    for name in _LOGS:
        log = logging.getLogger(name)
        ending.callback(log.setLevel, log.level)
        log.setLevel(logging.CRITICAL + 1)
    return ending


def _kill_workers(cluster: Any) -> None:
    """End them in the midst of what they do: asked to end, each would first wait for seconds for its job."""
    nannies = list(cluster.workers.values())
    pids = [nanny.pid for nanny in nannies if nanny.pid is not None]
    for nanny in nannies:
        nanny.auto_restart = False
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + _GRACE_SECONDS
    while any(map(_is_there, pids)) and time.monotonic() < deadline:
        time.sleep(0.01)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _clear(scratch: Path) -> None:
    """Remove what workers that are gone have left, also those of a sweep that was killed."""
    from distributed.diskutils import WorkSpace

    space = scratch / _SPACE
    WorkSpace(str(space)).new_work_dir(prefix="last-").release()  # it clears the others away when one is made
    for lock in ("global.lock", "purge.lock"):
        (space / lock).unlink(missing_ok=True)
    for folder in (space, scratch):
        with suppress(OSError):  # another sweep is using it
            folder.rmdir()
