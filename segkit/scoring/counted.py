"""A line on stderr while rows are worked off, where that takes long enough for somebody to wonder."""

import sys
import time
from types import TracebackType
from typing import Self, TextIO

# A terminal's line is rewritten often; a log gets a new line, so seldom. What is done sooner needs none.
_EVERY_SECONDS = {True: 0.5, False: 5.0}


class Counted:
    """Says how many rows are done, of how many if that is known, and how long the rest will take."""

    def __init__(self, what: str, total: int | None = None, out: TextIO | None = None) -> None:
        self.total = total
        self._what, self._out = what, out or sys.stderr
        self._live = self._out.isatty()
        self._started = self._said = time.monotonic()
        self._done = 0
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def add(self, rows: int) -> None:
        """So many more are done."""
        self._done += rows
        now = time.monotonic()
        if now - self._said >= _EVERY_SECONDS[self._live]:
            self._said, self._shown = now, True
            print(*(["\r\x1b[2K"] if self._live else []), self.line(), sep="", end="" if self._live else "\n",
                  file=self._out, flush=True)  # fmt: skip

    def line(self) -> str:
        """The state in one line."""
        speed = self._done / max(time.monotonic() - self._started, 1e-9)
        of_all = f" of {self.total:,}" if self.total else ""
        left = f"  about {(self.total - self._done) / speed:.0f} s left" if self.total and speed else ""
        return f"{self._done:,}{of_all} {self._what}  {speed:,.0f} a second{left}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live and self._shown:
            print("\r\x1b[2K", end="", file=self._out, flush=True)
