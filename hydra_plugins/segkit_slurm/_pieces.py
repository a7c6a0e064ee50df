"""A sweep's jobs dealt to jobs of Slurm, and what became of each."""

import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from hydra.core.utils import JobReturn

from hydra_plugins.segkit_slurm._piece import Piece
from hydra_plugins.segkit_slurm._queue import Queue
from hydra_plugins.segkit_sweeper._elsewhere import Demands, failed

_LOOK_EVERY = 0.5

Numbered = list[tuple[int, list[str]]]


class JobEnded(Exception):
    """What is kept as the reason of a run that was not done because its Slurm job ended before."""


class Pieces:
    """Does jobs in so many jobs of Slurm, or in as many as there are jobs, if these are fewer."""

    def __init__(self, queue: Queue, most: int, shared: bytes, demanded: Demands) -> None:
        self._queue = queue
        self._most = most
        self._shared = shared
        self._demanded = demanded

    def do(self, job_overrides: Sequence[Sequence[str]], first: int) -> list[JobReturn]:
        """What each job returns, in their order."""
        numbered = [(number, list(overrides)) for number, overrides in enumerate(job_overrides, first)]
        count = min(self._most, len(numbered))
        dealt = [numbered[start::count] for start in range(count)]  # those that take long lie beside each other
        pieces = [self._piece() for _ in dealt]
        submitted = self._queue.submit(pieces, dealt)
        found: dict[int, JobReturn] = {}
        try:
            for piece, jobs, end in zip(pieces, dealt, self._ends(submitted), strict=True):
                found |= _outcomes(piece, jobs, end)
        except BaseException:
            self._queue.cancel(submitted)
            raise
        return [found[number] for number, _ in numbered]

    def close(self) -> None:
        """Remove what the jobs of Slurm wrote, unless one ended before its time: its log may be wanted."""
        self._queue.close()

    def _piece(self) -> Piece:
        return Piece(self._shared, self._demanded, self._queue.folder / f"{uuid.uuid4().hex}.done")

    def _ends(self, submitted: list[Any]) -> Iterator[str]:
        """Of one after the other, once it has ended, why it did not do all; nothing if it did."""
        for job in submitted:
            while (end := self._queue.end_of(job)) is None:
                time.sleep(_LOOK_EVERY)
            yield end


def _outcomes(piece: Piece, jobs: Numbered, end: str) -> dict[int, JobReturn]:
    done = dict(piece.noted())
    return {number: done[number] if number in done else failed(JobEnded(end)) for number, _ in jobs}
