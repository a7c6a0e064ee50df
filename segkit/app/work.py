"""Commands in processes of their own: they go on when the app ends, and are found again when it starts."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from segkit.errors import UserError

RUNNING, DONE, STOPPED, FAILED = "running", "done", "stopped", "failed"
_WORK, _LOG, _ANSWER, _ALIVE, _STOPPED = "work.json", "work.log", "answer.json", "work.lock", "work.stopped"
_PATIENCE = 2.0
# How a sweep tells its progress: 12/96 runs  best standard-pca-kmeans-4 0.369  about 30 s left
_LINE = re.compile(r"(\d+)/(\d+) (runs|finalists weighed)(?:  (\d+) failed)?(?:  best (\S.*?))?(?:  (about .*|\d+ s))?")


@dataclass(frozen=True)
class Progress:
    """How far a sweep is: so many of so many, of what, the best so far, and the time that is left, in words."""

    done: int
    total: int
    what: str
    best: str = ""
    left: str = ""


@dataclass(frozen=True)
class Work:
    """A command that was started: its state, the arguments, when it began, what it has said, its answer when done."""

    state: str
    arguments: tuple[str, ...]
    started: float
    ended: float
    log: str
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sweep(self) -> str:
        """The id of the sweep that is done."""
        return str(self.answer.get("sweep", ""))

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return max(0.0, self.ended - self.started)

    @property
    def progress(self) -> Progress | None:
        """What a sweep's last line of progress says; None before there is one."""
        found = [match for line in self.log.splitlines() if (match := _LINE.fullmatch(line.strip()))]
        if not found:
            return None
        done, total, what, _, _, left = found[-1].groups(default="")
        best = next((match[5] for match in reversed(found) if match[5]), "")
        return Progress(int(done), int(total), what, best, left if left.startswith("about") else "")

    @property
    def complaint(self) -> str:
        """The last lines that it said."""
        return "\n".join([line for line in self.log.splitlines() if line.strip()][-3:])


def start(folder: Path, arguments: Sequence[str], command: str = "sweep") -> None:
    """Start a command with these arguments, or go on with one that was stopped; raises UserError if it runs."""
    # The process keeps the lock open as long as it lives, whatever becomes of the app.
    with (folder / _ALIVE).open("ab") as alive:
        _lock(alive)
        (folder / _STOPPED).unlink(missing_ok=True)
        words = [sys.executable, "-m", "segkit", command, *arguments, "format=json"]
        with (folder / _LOG).open("wb") as log, (folder / _ANSWER).open("wb") as out:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                start_new_session=True,
                pass_fds=[alive.fileno()],
            )
        values = {"pid": process.pid, "started": time.time(), "arguments": list(arguments)}
        (folder / _WORK).write_text(json.dumps(values), encoding="utf-8")


def stop(folder: Path) -> None:
    """End the command as Ctrl-C would: what is done is kept. Nothing happens where none runs."""
    if _lives(folder):
        (folder / _STOPPED).touch()
        with suppress(ProcessLookupError):
            os.kill(int(_values(folder)["pid"]), signal.SIGTERM)


def work_of(folder: Path) -> Work | None:
    """The command that was started in a folder; None while none was."""
    values = _values(folder)
    if not values:
        return None
    said = (folder / _LOG).read_text(encoding="utf-8", errors="replace")
    state, answer = _state(folder)
    ended = time.time() if state == RUNNING else (folder / _LOG).stat().st_mtime
    return Work(state, tuple(values["arguments"]), float(values["started"]), ended, said, answer)


def _state(folder: Path) -> tuple[str, Mapping[str, Any]]:
    """Whether it runs, and the answer where it has given one."""
    if _lives(folder):
        return RUNNING, {}
    with suppress(OSError, ValueError):
        return DONE, dict(json.loads((folder / _ANSWER).read_text(encoding="utf-8")))
    return STOPPED if (folder / _STOPPED).exists() else FAILED, {}


def _lock(alive: BinaryIO) -> None:
    """Take the lock of the living; who only looks holds it for a moment, which is waited for."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                raise UserError("this table is being segmented already", "wait for it, or stop it first") from None
            time.sleep(0.05)


def _lives(folder: Path) -> bool:
    if not (folder / _ALIVE).exists():
        return False
    with (folder / _ALIVE).open("ab") as alive:
        try:
            fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _values(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads((folder / _WORK).read_text(encoding="utf-8")))
    return {}
