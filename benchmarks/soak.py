"""Thousands of runs in one store by several sweeps at once: is any lost, and does a run stay as cheap as the first?

`python -m benchmarks.soak [runs] [processes]`, 5,000 by 4 unless given: each sweep works alone, with seeds of its own.
A line for every 500 runs. Ends with 1 if a run is lost or doubled, or if a sweep complained.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.kills import children, children_of
from benchmarks.measured import ONE_THREAD, SEGKIT, bytes_in, seconds_of

# A run as cheap as they come: few customers, one cached preprocessing, no reducer.
CHEAP = [SEGKIT, "sweep", "data.generate.rows=200", "preprocessing=standard", "reducer=none", "algorithm=kmeans"]
KS = (3, 4, 5, 6, 7)
_LOOK = 2  # seconds


class Used(NamedTuple):
    """Processor seconds so far, the largest launcher and the largest worker in MB."""

    seconds: float
    launcher: float
    worker: float


def soak(folder: Path, runs: int, sweeps: int, told: Callable[[int, Used], object], each: int = 500) -> list[str]:
    """Do so many runs with so many sweeps at once, telling what they use now and then; what is wrong in the end."""
    seeds = -(-runs // (len(KS) * sweeps))
    started = [_sweep(folder, range(number * seeds, (number + 1) * seeds)) for number in range(sweeps)]
    due, spent = each, dict[int, float]()
    while any(sweep.poll() is None for sweep in started):
        time.sleep(_LOOK)
        used = _used([sweep.pid for sweep in started], spent)
        if (done := finished(folder)) >= due:
            told(done, used)
            due = (done // each + 1) * each
    return [*_complaints(folder, started), *_wrong(folder, seeds * len(KS) * sweeps)]


def _sweep(folder: Path, seeds: range) -> subprocess.Popen[bytes]:
    asked = [
        f"k={','.join(map(str, KS))}",
        f"seed=range({seeds.start},{seeds.stop})",
        "evidence=false",
        "hydra.launcher.n_jobs=1",
    ]
    with _printed(folder, seeds.start).open("wb") as printed:
        environment = {**os.environ, **ONE_THREAD}
        return subprocess.Popen([*CHEAP, *asked], cwd=folder, env=environment, stdout=printed, stderr=printed)


def _printed(folder: Path, number: int) -> Path:
    return folder / f"printed-{number}.txt"


def _used(launchers: list[int], spent: dict[int, float]) -> Used:
    """What the sweeps and all below them use; `spent` keeps the seconds of those that have ended."""
    workers = [process for launcher in launchers for process in _below(launcher)]
    spent |= {process: max(seconds_of(process), spent.get(process, 0)) for process in [*launchers, *workers]}
    return Used(sum(spent.values()), max(map(_megabytes, launchers)), max(map(_megabytes, workers), default=0))


def _below(pid: int) -> Iterator[int]:
    for child in children_of(pid):
        yield child
        yield from _below(child)


def _megabytes(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def finished(folder: Path) -> int:
    return sum(status == "FINISHED" for *_, status in children(folder))


def _complaints(folder: Path, sweeps: list[subprocess.Popen[bytes]]) -> list[str]:
    codes = [f"a sweep ended with {sweep.returncode}" for sweep in sweeps if sweep.returncode]
    lines = [line for file in folder.glob("printed-*.txt") for line in file.read_text(errors="replace").splitlines()]
    return codes + [line for line in lines if any(word in line for word in ("locked", "Error", "Traceback", "failed"))]


def _wrong(folder: Path, expected: int) -> list[str]:
    """What is lost, doubled or unfinished."""
    marks = Counter(mark for _, mark, status in children(folder) if status == "FINISHED")
    states = Counter(status for *_, status in children(folder))
    doubled = sum(count - 1 for count in marks.values())
    return [
        *([f"{expected - len(marks)} runs lost"] if len(marks) != expected else []),
        *([f"{doubled} runs doubled"] if doubled else []),
        *(f"{count} runs are {status}" for status, count in states.items() if status != "FINISHED"),
    ]


class Table:
    """Prints a line of what the runs since the last line have cost."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.began, self.done, self.seconds = folder, time.monotonic(), 0, 0.0
        print(" runs   wall s  CPU s a run  launcher MB  worker MB  database MB  files MB")

    def line(self, done: int, used: Used) -> None:
        a_run = (used.seconds - self.seconds) / (done - self.done)
        store = self.folder / "mlruns"
        sizes = (store / "mlflow.db").stat().st_size / 1e6, bytes_in(store / "artifacts") / 1e6
        wall = time.monotonic() - self.began
        print(
            f"{done:>5}  {wall:>7.0f}  {a_run:>11.2f}  {used.launcher:>11.0f}  {used.worker:>9.0f}"
            f"  {sizes[0]:>11.1f}  {sizes[1]:>8.0f}",
            flush=True,
        )
        self.done, self.seconds = done, used.seconds


def main(runs: int = 5000, sweeps: int = 4) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = soak(folder, runs, sweeps, Table(folder).line)
    print("; ".join(wrong) or "none lost, none doubled, no complaint")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
