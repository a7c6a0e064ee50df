"""One input tried in a process of its own, which may crash, hang or eat memory."""

import os
import resource
import shutil
import signal
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bad_input.trial import MOST_MB, MOST_SECONDS
from benchmarks.fuzz.reading import BadAnswer
from segkit.errors import UserError, WorkFailed

_GIVE_UP_SECONDS = 20
_MOST_LINES = 5


@dataclass(frozen=True)
class Input:
    """A file under its name, of a kind that is counted, and what is done with it."""

    kind: str
    name: str
    content: bytes
    do: Callable[[Path], None]


def tried(given: Input, folder: Path) -> str:
    """Do it in a copy of this process, in a folder that is new; what is wrong with the answer, "" for nothing."""
    path, answer = folder / given.name, folder / "answer"
    shutil.rmtree(folder, ignore_errors=True)
    path.parent.mkdir(parents=True)
    path.write_bytes(given.content)
    pid = os.fork()
    if pid == 0:
        _alone(folder)
        answer.write_text(bad_answer(lambda: given.do(path)), errors="backslashreplace")
        os._exit(0)
    _, status, used = os.wait4(pid, 0)
    seconds, mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    if code := os.waitstatus_to_exitcode(status):
        return f"ended with {code} after {seconds:.0f} s"
    too_dear = f"{seconds:.0f} s" if seconds > MOST_SECONDS else f"{mb:.0f} MB" if mb > MOST_MB else ""
    return answer.read_text() or too_dear


def bad_answer(do: Callable[[], None]) -> str:
    """What is wrong with how an input is answered, "" for nothing: the error and where in segkit it was raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            do()
    except (UserError, WorkFailed) as error:
        lines = str(error).strip().splitlines()
        return "" if 0 < len(lines) <= _MOST_LINES else f"{len(lines)} lines of an answer"
    except BadAnswer as error:
        return str(error)
    except Exception as error:
        inside = [frame for frame in traceback.extract_tb(error.__traceback__) if "/segkit/" in frame.filename]
        where = f"{Path(inside[-1].filename).name}:{inside[-1].name}" if inside else "?"
        return f"{type(error).__name__} in {where}: {str(error)[:150]}"
    return ""


def _alone(folder: Path) -> None:
    signal.alarm(6 * _GIVE_UP_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (_GIVE_UP_SECONDS, _GIVE_UP_SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.chdir(folder)
