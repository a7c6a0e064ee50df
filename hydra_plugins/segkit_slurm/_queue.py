"""Slurm's queue, or processes of this machine in its place: jobs submitted, watched and cancelled, through submitit."""

import io
import logging
import os
import re
import shutil
import subprocess
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hydra_plugins.segkit_slurm._piece import Piece
from segkit.errors import UserError, WorkFailed
from segkit.worker import ONE_THREAD

_ASK_EVERY = 5.0
# How long files of a job that has ended may take to be seen here.
_GRACE_SECONDS = 10.0
_ENDED = ("COMPLETED", "COMPLETING", "UNKNOWN")


def queue_of(cluster: str, folder: str, settings: Mapping[str, Any], patience: float) -> "Queue":
    """A queue whose jobs write below `folder`, which they must see; raises UserError if it refuses the settings."""
    import submitit

    logging.getLogger("submitit").setLevel(logging.CRITICAL + 1)  # it speaks on stdout, where the answer belongs
    place = Path(folder).expanduser().absolute() / "slurm" / uuid.uuid4().hex[:8]
    place.mkdir(parents=True)
    place.chmod(0o700)  # what is unpickled there is done
    executor = submitit.AutoExecutor(folder=place / "%j", cluster=cluster)
    given = {name: value for name, value in settings.items() if value is not None}
    try:
        executor.update_parameters(name="segkit", slurm_signal_delay_s=60, **given)
    except (NameError, TypeError, ValueError) as error:
        _remove(place)
        said = str(error).partition(". ")[0].partition("\n")[0]
        raise UserError(f"these settings of hydra.launcher do not do: {said}") from error
    return Queue(executor, place, patience)


@dataclass
class Queue:
    """Asks Slurm rarely, and for all jobs of the user at once: it has other users."""

    executor: Any
    folder: Path
    patience: float
    _there: set[str] = field(default_factory=set)
    _asked: float = 0.0
    _answered: float = field(default_factory=time.monotonic)
    _gone: dict[str, float] = field(default_factory=dict)
    _in_order: bool = True

    def submit(self, pieces: Sequence[Piece], dealt: Sequence[Any]) -> list[Any]:
        """A job for each piece; raises UserError in Slurm's words if it refuses them."""
        try:
            # Slurm hands the environment on; what submitit prints of a refusal is told below.
            with patch.dict(os.environ, ONE_THREAD), redirect_stderr(io.StringIO()):
                submitted = self.executor.submit_array(
                    [partial(piece, jobs) for piece, jobs in zip(pieces, dealt, strict=True)]
                )
        except Exception as error:
            refused = re.search(r"sbatch: error: (.*)", str(error))
            if refused is None:
                raise
            mend = "see hydra.launcher.sbatch.partition, .account, timeout_min and mem_gb"
            raise UserError(f"Slurm refuses the jobs: {refused[1]}", mend) from error
        return list(submitted)

    def end_of(self, job: Any) -> str | None:
        """None while it is there; then why it did not do what it had to, or nothing; raises UserError if it could not.

        Slurm's accounting, which submitit would ask and for ever wait for, is not needed.
        """
        if job.paths.result_pickle.exists():
            return self._said(job)
        if self._is_there(job):
            self._gone.pop(job.job_id, None)
            return None
        since = self._gone.setdefault(job.job_id, time.monotonic())
        if time.monotonic() - since < _GRACE_SECONDS:
            return None
        self._in_order = False
        return f"its Slurm job {job.job_id} ended before ({_state(job)})"

    def cancel(self, jobs: Sequence[Any]) -> None:
        """End them, in the midst of what they do."""
        self._in_order = False
        for job in jobs:
            with suppress(Exception):  # it has ended, or Slurm is away
                job.cancel()

    def close(self) -> None:
        """Remove what jobs wrote, unless one ended before its time."""
        if self._in_order:
            _remove(self.folder)

    def _said(self, job: Any) -> str:
        try:
            problem = job.result()
        except Exception as error:
            self._in_order = False
            return _last_line(str(error)).removeprefix("segkit.errors.WorkFailed: ")
        if problem is not None:
            raise problem
        return ""

    def _is_there(self, job: Any) -> bool:
        if self.executor.cluster == "local":
            return bool(job.get_info()["jobState"] == "RUNNING")
        now = time.monotonic()
        if now - self._asked > _ASK_EVERY:
            self._asked, there = now, _queued()
            if there is not None:
                self._there, self._answered = there, now
            elif now - self._answered > self.patience:
                raise WorkFailed("Slurm does not answer any more; what is done is kept, the same sweep goes on")
        return job.job_id in self._there or self._answered < self._asked


def _queued() -> set[str] | None:
    """The user's jobs that wait or run; None if Slurm does not answer."""
    if not shutil.which("squeue"):
        return None
    asked = subprocess.run(["squeue", "--me", "--noheader", "--array", "--format=%i"], capture_output=True, text=True)
    return set(asked.stdout.split()) if asked.returncode == 0 else None


def _state(job: Any) -> str:
    """How Slurm calls a job's end, while it remembers; its log says more."""
    asked = subprocess.run(["scontrol", "-o", "show", "job", job.job_id], capture_output=True, text=True)
    found = re.search(r"JobState=(\w+)", asked.stdout)
    state = found[1] if found and found[1] not in _ENDED else ""
    return f"{state}, its log: {job.paths.stderr}".removeprefix(", ")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # another sweep is using it
        folder.parent.rmdir()


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip() and not set(line) <= {"-"}]
    return lines[-1] if lines else ""
