"""One live line on stderr while a sweep runs: done of total, failed, best so far, time left."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TextIO

from segkit.records import FAILED, FINISHED, RunRecord, latest_of_each

# A terminal's line is rewritten often; a log gets a new line, so seldom.
_EVERY_SECONDS = {True: 0.5, False: 5.0}
# Looking at thousands of runs takes seconds; it may not take more than a twentieth of the time.
_PATIENCE = 20

Best = Callable[[Sequence[RunRecord]], str]


class Progress:
    """Polls the runs of a sweep in a thread, so that it works under any launcher; `best` names the best of them.

    `what` says what is counted.
    """

    def __init__(
        self,
        poll: Callable[[], Sequence[RunRecord]],
        total: int,
        best: Best,
        out: TextIO | None = None,
        what: str = "runs",
    ) -> None:
        self._poll = poll
        self._total = total
        self._best = best
        self._what = what
        self._out = out or sys.stderr
        self._live = self._out.isatty()
        self._started = time.monotonic()
        self._done_before: int | None = None
        self._first_look = self._started
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._show(end="\n")

    def line(self, runs: Sequence[RunRecord]) -> str:
        """The state of the sweep in one line."""
        runs = latest_of_each(runs)
        finished, failed = _finished(runs), [run for run in runs if run.status == FAILED]
        parts = [f"{len(finished) + len(failed)}/{self._total} {self._what}"]
        if failed:
            parts.append(f"{len(failed)} failed")
        best = self._best(runs)
        parts.append(f"best {best}" if best else "")
        parts.append(self._time_left(len(finished) + len(failed)))
        return "  ".join(part for part in parts if part)

    def _time_left(self, done: int) -> str:
        if self._done_before is None:  # the first look: what was done by then tells nothing of the speed
            self._done_before, self._first_look = done, time.monotonic()
        fresh, since = done - self._done_before, time.monotonic() - self._first_look
        if done >= self._total:
            return f"{time.monotonic() - self._started:.0f} s"
        return f"about {since / fresh * (self._total - done):.0f} s left" if fresh > 2 else ""

    def _watch(self) -> None:
        pause = _EVERY_SECONDS[self._live]
        while not self._stop.wait(pause):
            started = time.monotonic()
            self._show(end="" if self._live else "\n")
            pause = max(_EVERY_SECONDS[self._live], _PATIENCE * (time.monotonic() - started))

    def _show(self, end: str) -> None:
        try:
            text = self.line(self._poll())
        except Exception:  # a busy store must not end the sweep; the next poll says it again
            return
        print(f"\r\x1b[2K{text}" if self._live else text, end=end, file=self._out, flush=True)


def _finished(runs: Sequence[RunRecord]) -> list[RunRecord]:
    return [run for run in runs if run.status == FINISHED]
