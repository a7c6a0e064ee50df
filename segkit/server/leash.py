"""A program that ends when who started it is gone, however that came: `python -m segkit.server.leash USER PROGRAM ...`.

Killed without a chance to clean up, a server would leave programs behind that hold its port and its database.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_GRACE_SECONDS = 8.0


def leashed(
    command: Sequence[str], log: Path, lock: int, user: str = "", environment: dict[str, str] | None = None
) -> "Leashed":
    """Start a program, as another user where one is named; what it says goes to the end of the file `log`.

    The open file `lock` stays open until the program has ended.
    """
    start = log.stat().st_size if log.exists() else 0
    with log.open("ab") as said:
        holder = subprocess.Popen(
            [sys.executable, "-m", "segkit.server.leash", user, *command],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            env=os.environ | (environment or {}),
            pass_fds=[lock],
            start_new_session=True,  # Ctrl-C is for who started it: databases end last
        )
    return Leashed(holder, log, start)


class Leashed:
    """A program that was started so."""

    def __init__(self, holder: subprocess.Popen[bytes], log: Path, start: int) -> None:
        self._holder = holder
        self._log = log
        self._start = start

    @property
    def lives(self) -> bool:
        """Whether it still runs."""
        return self._holder.poll() is None

    def end(self) -> None:
        """Let go of it, and wait until it is gone with all that it started."""
        with suppress(OSError):
            assert self._holder.stdin is not None
            self._holder.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._holder.wait(3 * _GRACE_SECONDS)

    def last_words(self) -> str:
        """What it said last, on a line."""
        said = self._log.read_bytes()[self._start :].decode(errors="replace")
        return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")


def main() -> None:
    """Run the program until it ends by itself or standard input is closed, as it is when who started this is gone."""
    user, *command = sys.argv[1:]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, cwd="/", **as_user(user))
    threading.Thread(target=_end_when_let_go, args=[child], daemon=True).start()
    code = child.wait()
    _end_group(child.pid)
    os._exit(code if code >= 0 else 128 - code)  # at once: the thread may still listen


def as_user(user: str) -> dict[str, Any]:
    """What tells a process to run as another user; nothing where none is named."""
    return {"user": user, "group": _group(user), "extra_groups": []} if user else {}


def _group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _end_when_let_go(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    os.killpg(child.pid, signal.SIGINT)  # of PostgreSQL: end clients, then end
    with suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE_SECONDS)
        return
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _end_group(group: int) -> None:
    """End what a program that has ended leaves behind."""
    for send in (signal.SIGTERM, signal.SIGKILL):
        waited = threading.Event()
        for _ in range(int(_GRACE_SECONDS * 10)):
            try:
                os.killpg(group, send)
            except ProcessLookupError:
                return
            waited.wait(0.1)


if __name__ == "__main__":
    main()
