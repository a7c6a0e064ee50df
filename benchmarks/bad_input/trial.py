"""One case tried: the command in a process of its own with limits, and what is wrong with its answer."""

import contextlib
import gc
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.bad_input import files, stores
from benchmarks.bad_input.case import Case
from benchmarks.bad_input.left import differences, snapshot
from benchmarks.measured import ONE_THREAD

MOST_SECONDS, MOST_MB, MOST_LINES, LONGEST_LINE = 10.0, 1024.0, 5, 500
_GIVE_UP = 240  # on the clock, which a busy machine needs
_NOBODY = 65534
# What a process has that has imported everything; one that runs other tests, too, has more, which is no case's doing.
_IMPORTED_MB = 450.0
_OWN = ("MLFLOW_DISABLE_TELEMETRY", "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR")


@dataclass(frozen=True)
class Tried:
    """What came of a case: the answer, what it cost, and what is wrong with it."""

    case: Case
    code: int
    out: str
    err: str
    seconds: float
    mb: float
    wrong: tuple[str, ...]


def tried(case: Case, template: Path, folder: Path, keep: bool = False) -> Tried:
    """Try a case in a new folder, removed unless it is to be kept; `template` holds a store with a champion."""
    here = folder / "here"
    shutil.rmtree(folder, ignore_errors=True)  # of a trial that was stopped
    _apart(lambda: prepare(case, template, here))
    before = snapshot(here)
    # A sweep starts workers, and a copy of a process that has started some would take them for its own.
    code, seconds, mb = (_alone if case.alone or case.command == "sweep" else _forked)(case, here, folder)
    out, err = ((folder / name).read_text(errors="replace") for name in ("out", "err"))
    changed = [path for path in differences(before, snapshot(here)) if not any(fnmatch(path, p) for p in case.leaves)]
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    wrong = [*_wrong_answer(case, code, out, err), *([f"changed {', '.join(changed[:5])}"] if changed else [])]
    wrong += [f"{seconds:.1f} s"] if seconds > MOST_SECONDS else []
    wrong += [f"{mb:.0f} MB"] if mb > MOST_MB else []
    return Tried(case, code, out, err, seconds, mb, tuple(wrong))


def _apart(do: Callable[[], None]) -> None:
    """Do it in a copy of this process: what it takes at most would count for every process that is started later."""
    pid = os.fork()
    if pid == 0:
        os._exit(_code_of(do))
    if os.waitpid(pid, 0)[1]:
        raise SystemExit("a case could not be prepared")


def prepare(case: Case, template: Path, here: Path) -> None:
    """The folder that a case finds itself in."""
    here.parent.mkdir(parents=True)
    if "nothing" in case.given:
        here.mkdir()
    else:
        shutil.copytree(template, here)
    for name in case.given:
        maker = files.MAKERS.get(name) or stores.MAKERS.get(name)
        if maker is not None:
            maker(here)
    if case.nobody and os.geteuid() == 0:
        for path in (here, *here.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def _wrong_answer(case: Case, code: int, out: str, err: str) -> list[str]:
    said, lines = out + err, err[max(err.find("error: "), 0) :].strip().splitlines()  # what was understood comes before
    found = [f"exit {code} instead of {case.code}"] if code != case.code else []
    found += [f"does not say {word!r}" for word in map(_with_port, case.say) if word not in said]
    found += ["a traceback"] if "Traceback" in said else []
    found += ["a warning of a library"] if re.search(r"\w+Warning: ", said) else []
    if case.code == 2:
        found += ["says nothing"] if not lines else []
        found += [f"{len(lines)} lines"] if len(lines) > MOST_LINES else []
        found += ["prints to stdout"] if out.strip() else []
    longest = max(map(len, said.splitlines()), default=0)
    return found + ([f"a line of {longest} characters"] if longest > LONGEST_LINE and case.code == 2 else [])


def _environment(case: Case) -> dict[str, str]:
    """What is set here, but for what steers MLflow and segkit."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "SEGKIT_"))}
    own = {_OWN[0]: "true", _OWN[1]: "false"}
    return {**mine, **ONE_THREAD, **own, **case.env}


def _arguments(case: Case) -> list[str]:
    return ["segkit", *shlex.split(_with_port(case.do))]


def _with_port(text: str) -> str:
    """A port that is taken, in the place of its name."""
    return text.replace("TAKEN", os.environ.get("TAKEN", "TAKEN"))


def _alone(case: Case, here: Path, folder: Path) -> tuple[int, float, float]:
    """A process as a user starts it."""
    command = [sys.executable, "-c", "from segkit.cli import main; main()", *_arguments(case)[1:]]
    become = {"user": _NOBODY} if case.nobody and os.geteuid() == 0 else {}
    environment = {name: value for name, value in _environment(case).items() if value != "UNSET"}
    with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
        process = subprocess.Popen(
            command, cwd=here, env=environment, stdin=-3, stdout=out, stderr=err, start_new_session=True, **become
        )
    code, seconds, mb = _ended(process.pid)
    # A process is charged with the most that the one which started it ever had: up to there nothing is known.
    return code, seconds, mb if mb > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 1 else 0.0


def _forked(case: Case, here: Path, folder: Path) -> tuple[int, float, float]:
    """A copy of this process, which has imported everything already: imports would be nine tenths of the time."""
    arguments, environment, surplus = _arguments(case), _environment(case), max(_here_mb() - _IMPORTED_MB, 0.0)
    pid = os.fork()
    if pid == 0:
        _become(case, here, folder, environment)
        os._exit(_code_of(lambda: _called(arguments)))
    code, seconds, mb = _ended(pid)
    return code, seconds, mb - surplus


def _here_mb() -> float:
    """What this process holds, with which a copy of it begins."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _become(case: Case, here: Path, folder: Path, environment: dict[str, str]) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (2 * int(MOST_SECONDS), 3 * int(MOST_SECONDS)))
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o666), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(here)
    os.environ.clear()
    os.environ.update(environment)
    if case.nobody and os.geteuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def _called(arguments: list[str]) -> None:
    from segkit.cli import main

    gc.freeze()
    sys.argv = arguments
    main()


def _code_of(call: Callable[[], None]) -> int:
    import traceback

    code = 0
    try:
        call()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code


def _ended(pid: int) -> tuple[int, float, float]:
    """Exit code, processor seconds and MB of a process, which is given up after a while, with what it started."""
    deadline, done = time.monotonic() + _GIVE_UP, 0
    while not done and time.monotonic() < deadline:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if not done:
            time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if not done:
        _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
