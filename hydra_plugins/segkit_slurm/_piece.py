"""What one job of Slurm does: jobs of a sweep, one after the other, noting what became of each."""

import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from hydra.core.utils import JobReturn

from hydra_plugins.segkit_sweeper._elsewhere import Demands, done, known
from segkit.errors import UserError, WorkFailed

# Signals that tell a job to end: by scancel, and by Slurm a minute before it takes the processor away.
_WHY = {
    signal.SIGTERM: "its Slurm job was cancelled",
    signal.SIGUSR2: "its Slurm job's time was over (hydra.launcher.timeout_min)",
}


class SlurmJobEnded(KeyboardInterrupt):
    """What is kept as the reason of a run that was interrupted because its Slurm job was told to end."""


@dataclass(frozen=True)
class Piece:
    """Called in a job of Slurm with the sweep's jobs that it is to do; returns what it lacks for them, if anything."""

    shared: bytes
    demands: Demands
    notes: Path

    def __call__(self, jobs: list[tuple[int, list[str]]]) -> UserError | None:
        """Do the jobs, each with its number."""
        for told in _WHY:
            signal.signal(told, _end)
        os.environ.update(self.demands.environment)
        problem = self.demands.problem("Slurm job")
        if problem is None:
            try:
                self._do(jobs)
            except SlurmJobEnded as ended:  # submitit hands on what is an Exception
                raise WorkFailed(str(ended)) from None
        return problem

    def _do(self, jobs: list[tuple[int, list[str]]]) -> None:
        sweep = known(self.shared)
        for number, overrides in jobs:
            self._note(number, done(sweep, number, overrides))

    def _note(self, number: int, outcome: JobReturn) -> None:
        with self.notes.open("ab") as file:
            file.write(pickle.dumps((number, outcome)))

    def noted(self) -> Iterator[tuple[int, JobReturn]]:
        """The jobs that were done, by their numbers."""
        if not self.notes.exists():
            return
        with self.notes.open("rb") as file, suppress(EOFError, pickle.UnpicklingError):  # killed while it noted one
            while True:
                yield pickle.load(file)  # noqa: S301 - our own, in a folder that is the user's alone


def _end(number: int, frame: object) -> NoReturn:
    raise SlurmJobEnded(_WHY[signal.Signals(number)])
