"""What the tests of the Dask launcher share: a scheduler and two workers, as if on machines of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SWEEP = ("sweep", "data.generate.rows=150", "reducer=none,pca", "algorithm=kmeans", "k=3,4,5", "evidence=false")


class Machines(NamedTuple):
    """A scheduler's address, its process, and those of two workers' nannies, which start them again."""

    address: str
    scheduler: subprocess.Popen[bytes]
    nannies: list[subprocess.Popen[bytes]]

    def arguments(self, patience: int) -> tuple[str, ...]:
        there = (f"hydra.launcher.address={self.address}", f"hydra.launcher.patience={patience}")
        return ("hydra/launcher=segkit_dask", *there)


@pytest.fixture(scope="session")
def plain_table(new_folder, command) -> str:
    """What the sweep says when its jobs are done in the launching process."""
    done = command(new_folder(), *SWEEP, "hydra/launcher=basic", "format=json")
    assert done.code == 0, done.err
    return done.out


@pytest.fixture(scope="module")
def machines(free_port, tmp_path_factory) -> Iterator[Machines]:
    pytest.importorskip("distributed", reason="distributed is not installed")
    folder, address = tmp_path_factory.mktemp("machines"), f"tcp://127.0.0.1:{free_port}"
    started = [_started(folder, "scheduler", "--host", "127.0.0.1", "--port", str(free_port))]
    for name in ("node1", "node2"):
        where = ("--nthreads", "1", "--host", f"127.0.0.{name[-1]}", "--local-directory", str(folder / name))
        started.append(_started(folder, "worker", address, *where, host=name))
    yield Machines(address, started[0], started[1:])
    for process in reversed(started):
        process.terminate()
    for process in started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _started(folder: Path, kind: str, *arguments: str, host: str = "") -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SEGKIT_HOST": host}
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, "--no-dashboard"]
    log = (folder / f"{kind}{host}.log").open("wb")
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


@pytest.fixture
def spawned() -> Callable[[int], list[int]]:
    """The workers that a nanny has started, by its process."""

    def workers(nanny: int) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(nanny), "-f", "spawn_main"], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]

    return workers


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Waits until something is so."""

    def wait(so: Callable[[], object]) -> None:
        deadline = time.monotonic() + 90
        while not so():
            assert time.monotonic() < deadline, "it does not get so far"
            time.sleep(0.02)

    return wait


@pytest.fixture
def small_sweep() -> tuple[str, ...]:
    return SWEEP
