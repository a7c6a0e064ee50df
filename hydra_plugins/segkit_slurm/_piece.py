"""What one job of Slurm does: jobs of a sweep, one after the other, noting what became of each."""

import os
import pickle
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from hydra.core.utils import JobReturn

from hydra_plugins.segkit_sweeper._elsewhere import Demands, done, known
from segkit.errors import UserError


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
        for told in (signal.SIGTERM, signal.SIGUSR2):  # cancelled, and a while before the time is over
            signal.signal(told, _end)
        os.environ.update(self.demands.environment)
        problem = self.demands.problem("Slurm job")
        if problem is None:
            sweep = known(self.shared)
            for number, overrides in jobs:
                self._note(number, done(sweep, number, overrides))
        return problem

    def _note(self, number: int, outcome: JobReturn) -> None:
        with self.notes.open("ab") as file:
            file.write(pickle.dumps((number, outcome)))

    def noted(self) -> Iterator[tuple[int, JobReturn]]:
        """The jobs that were done, by their numbers."""
        if not self.notes.exists():
            return
        with self.notes.open("rb") as file:
            while file.peek(1):
                yield pickle.load(file)  # noqa: S301 - our own, in a folder that is the user's alone


def _end(number: int, frame: object) -> NoReturn:
    raise SlurmJobEnded("its Slurm job was told to end: cancelled, or out of time")
