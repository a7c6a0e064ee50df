"""What a command costs: time, processor time, memory, and what it leaves on disk."""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segkit.data import make_customers
from segkit.worker import ONE_THREAD

SEGKIT = str(Path(sys.executable).parent / "segkit")
# Linux: whoever loses its parent becomes a child of this process, which can then see what it used.
_ADOPT = 36
# The grid of 90 runs that every contender goes through.
PREPROCESSINGS, REDUCERS = ("standard", "robust"), ("none", "pca", "umap")
ALGORITHMS, KS = ("kmeans", "agglomerative", "gmm"), (3, 4, 5, 6, 8)


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and on the processors, the largest process in MB, the exit code, what was printed."""

    wall: float
    cpu: float
    peak: float
    code: int
    out: str


def cost_of(command: list[str], folder: Path) -> Cost:
    """Run a command in a folder to its end; the processor time and memory of its workers count."""
    known, started = adopting(), time.perf_counter()
    with (folder / "printed.txt").open("w+") as printed:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **ONE_THREAD}, stdout=printed, stderr=subprocess.STDOUT
        )
        wall, cpu, peak = used_by(process, known, started)
        printed.seek(0)
        out = printed.read()
    return Cost(wall, cpu, peak, process.returncode, out)


def adopting() -> set[int]:
    """Until `used_by` has ended, what loses its parent among this process's descendants comes to it; returns those it
    has already.
    """
    ctypes.CDLL(None).prctl(_ADOPT, 1)
    return _children()


def used_by(process: subprocess.Popen[Any], known: set[int], started: float) -> tuple[float, float, float]:
    """Wait for its end: seconds since it was started, those on processors, and MB of the largest process, all of
    what it leaves behind included; `known` are children of others.
    """
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    everything = [used, *_left_behind(known)]
    ctypes.CDLL(None).prctl(_ADOPT, 0)
    cpu = sum(one.ru_utime + one.ru_stime for one in everything)
    return wall, cpu, max(one.ru_maxrss for one in everything) / 1024


def _left_behind(known: set[int]) -> Iterator[resource.struct_rusage]:
    """What was used by processes that end after the one that started them, and by theirs; `known` are of others."""
    while found := _children() - known:
        yield from (os.wait4(child, 0)[2] for child in found)


def _children() -> set[int]:
    """The processes below this one."""
    threads = Path("/proc/self/task").glob("*/children")
    return {int(child) for children in threads for child in children.read_text().split()}


def seconds_of(pid: int) -> float:
    """Processor seconds of a process that may be gone, and of those that it has seen end."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def write_customers(path: Path, rows: int) -> None:
    """The generated customers without their answers, as every contender reads them."""
    make_customers(rows).drop(columns=["truth", "response", "spend_total"]).to_csv(path, index=False)


def bytes_in(folder: Path) -> int:
    """What all files below a folder take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def sweep_arguments(**axes: tuple[object, ...]) -> list[str]:
    """Axes as the command takes them.

    >>> sweep_arguments(k=(3, 4))
    ['k=3,4']
    """
    return [f"{name}={','.join(map(str, values))}" for name, values in axes.items()]
