"""Commands in processes of their own: they go on when the app ends, and are found again when it starts."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from segkit.app.folders import write_json
from segkit.app.running.progress_lines import Progress, progress_in
from segkit.errors import UserError

RUNNING, DONE, STOPPED, FAILED = "running", "done", "stopped", "failed"
_WORK, _LOG, _ANSWER, _ALIVE, _STOPPED = "work.json", "work.log", "answer.json", "work.lock", "work.stopped"
_PATIENCE = 2.0
_NOT_YET = 0


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
        """What its last line of progress says; None before there is one."""
        return progress_in(self.log)

    @property
    def complaint(self) -> str:
        """The last lines that it said."""
        return "\n".join([line for line in self.log.splitlines() if line.strip()][-3:])


def start(folder: Path, arguments: Sequence[str], command: str = "sweep") -> None:
    """Start a command with these arguments, or go on with one that was stopped; raises UserError if it runs."""
    with alone(folder) as alive:
        for before in (_STOPPED, _ANSWER):
            (folder / before).unlink(missing_ok=True)
        _note(folder, _NOT_YET, arguments)
        # The process keeps the lock open as long as it lives, whatever becomes of the app.
        _note(folder, _begun(folder, [command, *arguments], alive), arguments)


def stop(folder: Path) -> None:
    """End the command as Ctrl-C would: what is done is kept. Nothing happens where none runs."""
    deadline = time.monotonic() + _PATIENCE
    while _lives(folder):
        pid = int(_values(folder).get("pid", _NOT_YET))
        if pid != _NOT_YET:
            (folder / _STOPPED).touch()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            return
        if time.monotonic() > deadline:
            raise UserError("it is only just beginning", "stop it in a moment")
        time.sleep(0.05)


@contextmanager
def alone(folder: Path) -> Iterator[BinaryIO]:
    """Keep others from starting anything in a folder meanwhile; raises UserError if something runs, or it is gone."""
    try:
        with (folder / _ALIVE).open("ab") as alive:
            _lock(alive)
            yield alive
    except FileNotFoundError:
        if folder.is_dir():
            raise
        raise UserError("there is no such table or file any more", "somebody has deleted it") from None


def _begun(folder: Path, command: Sequence[str], alive: BinaryIO) -> int:
    """Begin the process; its number."""
    with (folder / _LOG).open("wb") as log, (folder / _ANSWER).open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "segkit", *command, "format=json"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            start_new_session=True,
            pass_fds=[alive.fileno()],
        ).pid


def _note(folder: Path, pid: int, arguments: Sequence[str]) -> None:
    """Write down what is begun, so that who reads it meanwhile sees this or what was before."""
    values = {"pid": pid, "started": time.time(), "arguments": list(arguments)}
    write_json(folder / _WORK, values)


def work_of(folder: Path) -> Work | None:
    """The command that was started in a folder; None while none was."""
    values = _values(folder)
    if not values:
        return None
    state, answer = _state(folder)
    started = float(values["started"])
    said, ended = "", started
    with suppress(FileNotFoundError):  # it is only just beginning, or somebody deletes the table
        said = (folder / _LOG).read_text(encoding="utf-8", errors="replace")
        ended = (folder / _LOG).stat().st_mtime
    return Work(state, tuple(values["arguments"]), started, time.time() if state == RUNNING else ended, said, answer)


def done_in(folder: Path) -> Work | None:
    """The command that was started in a folder, if it has ended well."""
    found = work_of(folder)
    return found if found is not None and found.state == DONE else None


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
                raise UserError("this is being worked on already", "wait for it, or stop it first") from None
            time.sleep(0.05)


def _lives(folder: Path) -> bool:
    try:
        with (folder / _ALIVE).open("rb") as alive:
            fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _values(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads((folder / _WORK).read_text(encoding="utf-8")))
    return {}
