"""Kills a sweep, or one of its workers, at a random moment, starts it again, and looks at what is there in the end.

`python -m benchmarks.kills [trials]`, 20 unless given. No finished run may be lost, none doubled, none left RUNNING.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.measured import ONE_THREAD, SEGKIT

SWEEP = [SEGKIT, "sweep", "data.generate.rows=300", "reducer=none,pca", "algorithm=kmeans,gmm", "k=3,4,5"]
RUNS = 12


def trial(folder: Path, kills: Iterable[tuple[str, Callable[[], object]]], *more: str) -> list[str]:
    """Kill a victim (sweep or worker) after a wait, each time in a new start, go on, and say what is wrong in the end.

    What `more` says to the sweep, `evidence=false` say, holds for every start.
    """
    before: dict[str, str] = {}
    workers: list[int] = []
    for victim, wait in kills:
        sweep = started(folder, *more)
        wait()
        before |= finished(folder)
        workers += workers_of(sweep.pid)
        for process in [sweep.pid] if victim == "sweep" else workers_of(sweep.pid)[:1]:
            os.kill(process, signal.SIGKILL)
        sweep.wait()
    for _ in range(3):
        again = started(folder, *more)
        if again.wait() == 0:
            break
    else:
        return ["started again it does not end well"]
    return problems(folder, before) + left_behind(workers)


def problems(folder: Path, before: dict[str, str]) -> list[str]:
    """What should not be: lost, doubled, unfinished runs."""
    wait_for_survivors(folder)
    after, states = finished(folder), Counter(status for _, _, status in children(folder))
    marks = Counter(after.values())
    return [
        *(f"{run} was finished and is lost" for run in before if run not in after),
        *(f"{mark} is there {count} times" for mark, count in marks.items() if count > 1),
        *([f"{len(marks)} of {RUNS} runs are finished"] if len(marks) != RUNS else []),
        *([f"{states['RUNNING']} runs say RUNNING"] if states["RUNNING"] else []),
    ]


def left_behind(workers: list[int]) -> list[str]:
    """Workers that are still there though nobody can ask anything of them."""
    deadline = time.monotonic() + 30
    while any(map(command_of, workers)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return [f"worker {worker} is left behind" for worker in workers if command_of(worker)]


def started(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **ONE_THREAD}
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        [*SWEEP, *more], cwd=folder, env=environment, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


def finished(folder: Path) -> dict[str, str]:
    """Run id -> fingerprint of the runs that are finished."""
    return {run: mark for run, mark, status in children(folder) if status == "FINISHED"}


def children(folder: Path) -> list[tuple[str, str, str]]:
    """Run id, fingerprint and status of every run below the sweep's parent, read past segkit and MLflow."""
    import sqlite3

    query = """SELECT runs.run_uuid, marks.value, runs.status FROM runs
        JOIN tags AS marks ON marks.run_uuid = runs.run_uuid AND marks.key = 'segkit.fingerprint'
        JOIN tags AS parents ON parents.run_uuid = runs.run_uuid AND parents.key = 'mlflow.parentRunId'"""
    database = folder / "mlruns" / "mlflow.db"
    if not database.exists():
        return []
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:  # the schema is being made
        return []
    finally:
        connection.close()


def workers_of(pid: int) -> list[int]:
    """The processes that do a sweep's jobs: those of the process that has imported for them."""
    servers = [child for child in children_of(pid) if b"forkserver" in command_of(child)]
    return [worker for server in servers for worker in children_of(server)]


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_for_survivors(folder: Path) -> None:
    """Workers outlive a sweep that is killed and end what they have begun; that has to be in the count."""
    deadline = time.monotonic() + 90
    while any(status == "RUNNING" for _, _, status in children(folder)) and time.monotonic() < deadline:
        time.sleep(0.5)


def main(trials: int = 20) -> None:
    moments, failures = random.Random(0), 0
    for number in range(trials):
        victim, moment = ("sweep", "worker")[number % 2], moments.uniform(2, 25)
        with tempfile.TemporaryDirectory() as name:
            wrong = trial(Path(name), [(victim, partial(time.sleep, moment))])
        failures += bool(wrong)
        print(
            f"{number + 1:>3}  {victim} killed after {moment:4.1f} s  {'; '.join(wrong) or 'nothing lost'}", flush=True
        )
    raise SystemExit(f"{failures} of {trials} trials went wrong" if failures else 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
