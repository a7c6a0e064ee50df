"""Waiting for a tracking server that is away, and saying so."""

import multiprocessing
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from segkit.errors import WorkFailed

_PAUSE_SECONDS = 1.0
# So long a server may take for an answer before people are told.
_SILENT_SECONDS = 5.0


class ServerAway(WorkFailed):
    """The server was away for longer than one was to wait."""


class Absence:
    """Whether a server is away, since when, and what has been told of it."""

    def __init__(self, address: str, patience: float) -> None:
        self._address = address
        self._patience = patience
        self._since: float | None = None
        self._told = False
        # Workers' lines would repeat the launcher's.
        self._speaks = multiprocessing.current_process().name == "MainProcess"

    @contextmanager
    def watched(self) -> Iterator[float]:
        """While a call is made: says so if it takes long."""
        late = threading.Timer(_SILENT_SECONDS, self._tell, ["has not answered yet"])
        late.daemon = True
        if self._speaks:
            late.start()
        try:
            yield time.monotonic()
        finally:
            late.cancel()

    def wait(self, reason: str, begun: float, error: Exception) -> None:
        """Wait a little; raises ServerAway if that has been done for long enough."""
        since = self._since = begun if self._since is None else min(self._since, begun)
        if time.monotonic() - since > self._patience:
            raise ServerAway(
                f"the MLflow server {self._address} is away ({reason}), and was not back in {self._patience:.0f} s\n"
                "  what it has is kept; when it is back the same command goes on from there"
            ) from error
        self._tell(f"is away ({reason})")
        try:
            time.sleep(min(_PAUSE_SECONDS, self._patience))
        except KeyboardInterrupt:  # whoever stops waits no longer
            self._patience = 0
            raise

    def end(self) -> None:
        """It answered."""
        self._since = None
        if self._told:
            self._told = False
            _say("the MLflow server has answered")

    def _tell(self, what: str) -> None:
        if self._speaks and not self._told:
            self._told = True
            _say(f"the MLflow server {self._address} {what}; waiting for it, up to {self._patience:.0f} s")


def _say(text: str) -> None:
    clear = "\r\x1b[2K" if sys.stderr.isatty() else ""
    print(f"{clear}{text}", file=sys.stderr, flush=True)
