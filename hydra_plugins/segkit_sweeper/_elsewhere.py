"""What a sweep's jobs need where processes of other machines do them, and what travels back."""

import os
import pickle
import platform
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path
from typing import Any

from hydra.core.singleton import Singleton
from hydra.core.utils import JobReturn, JobStatus
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from segkit.errors import UserError, WorkFailed
from segkit.worker import ONE_THREAD

_FORWARDED = ("MLFLOW_", "SEGKIT_")


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

    def problem(self, worker: str) -> UserError | None:
        """What is lacking here, if anything; `worker` is what people call this process."""
        from segkit.fingerprint import code_hash

        place = f"the {worker} on {platform.node()}"
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


def demands(config: DictConfig) -> Demands:
    """What a worker must have for the jobs of a sweep."""
    from segkit.config.datasets import absolute
    from segkit.fingerprint import code_hash

    folder, path = Path(config.tracking.folder).expanduser().absolute(), absolute(config.data.path)
    # A store in a file is the same only where the folder is.
    number = folder.stat().st_ino if config.tracking.uri is None else 0
    forwarded = {name: value for name, value in os.environ.items() if name.startswith(_FORWARDED)}
    forwarded.pop("SEGKIT_HOST", None)  # a worker's is its own
    return Demands(code_hash(), str(folder), number, "" if "://" in path else path, forwarded | ONE_THREAD)


def shared(context: HydraContext, config: DictConfig, task: TaskFunction) -> bytes:
    """What all jobs of a sweep need beside their own arguments, for `known` in another process."""
    import cloudpickle

    return bytes(cloudpickle.dumps((context, config, task, Singleton.get_state())))


def known(shared: bytes) -> Any:
    """What `done` needs of the sweep."""
    context, config, task, state = pickle.loads(shared)  # noqa: S301 - from the launcher, as the jobs are
    loader = context.config_loader
    if loader.composed:  # pages may lie elsewhere on this machine, and a worker that stays may know older ones
        loader.composer(config).learn(loader.composed)
    return context, config, task, state


def done(sweep: Any, number: int, overrides: list[str]) -> JobReturn:
    """Do a job of a sweep and say how it went."""
    from hydra_plugins.hydra_joblib_launcher._core import execute_job

    context, config, task, state = sweep
    return told(execute_job(number, overrides, context, config, task, state))


def told(outcome: JobReturn) -> JobReturn:
    """What the launcher asks of a job's outcome: a configuration a job would only cost its time."""
    said = JobReturn(overrides=outcome.overrides, status=outcome.status)
    if outcome.status == JobStatus.FAILED:
        said.return_value = _that_travels(outcome._return_value)
    return said


def failed(error: BaseException) -> JobReturn:
    """The outcome of a job that could not say one itself."""
    outcome = JobReturn(status=JobStatus.FAILED)
    outcome.return_value = error
    return outcome


def _that_travels(error: Any) -> Any:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:
        return WorkFailed(f"{type(error).__name__}: {error}")
    return error
