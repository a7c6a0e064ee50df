"""What a sweep asks of a tracking server, what a server can answer, and how far workers help.

`python -m benchmarks.scaling [requests|load|workers|many ...]`, all of them unless named. Needs PostgreSQL. Figures of
a machine with few cores, on which client and server share them, are worth most as ratios.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.counted_requests import MARK
from benchmarks.many_runs import fill
from benchmarks.measured import ONE_THREAD, SEGKIT, bytes_in, sweep_arguments, write_customers
from benchmarks.shared_server import account, asked, cpu_below, wait_until_up
from segkit.server.postgres import RUNS, find_database

PORT = 5747
ADDRESS = f"http://127.0.0.1:{PORT}"
SERVER = ["tracking=server", f"tracking.uri={ADDRESS}"]
# Straight methods only, so that one slow job does not hide what more workers bring.
GRID = [
    *sweep_arguments(preprocessing=("standard", "robust"), reducer=("none", "pca"), algorithm=("kmeans", "gmm")),
    *sweep_arguments(k=(3, 4, 5)),
    "evidence=false",
]
_RUNS = 24
# Runs of the sweeps whose requests are counted.
_COUNTED = (2, 4, 20)


@contextmanager
def served(folder: Path, workers: int = 2) -> Iterator[subprocess.Popen[str]]:
    """A server with so many processes that answer; gives the process that has started all of them."""
    command = [SEGKIT, "server", f"folder={folder}", f"port={PORT}", f"workers={workers}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        wait_until_up(server)
        os.environ.update(account(folder))
        try:
            yield server
        finally:
            server.terminate()


def requests(place: Path) -> None:
    """Requests of a run by kind, the server's processor time for each, and what a run takes on disk."""
    folder = place / "server"
    with served(folder) as server:
        # The first warms the server.
        _, few, many = (_counted(place, server, number) for number in _COUNTED)
        further = _COUNTED[2] - _COUNTED[1]
        print(f"{'requests of a run':<40}{'each':>8}")
        for kind in sorted(many[0], key=many[0].__getitem__, reverse=True):
            each = (many[0][kind] - few[0].get(kind, 0)) / further
            if each >= 0.5:
                print(f"{kind:<40}{each:>8.1f}")
        print(f"{'server, CPU ms a run':<40}{(many[1] - few[1]) / further * 1e3:>8.0f}")
        files = [bytes_in(folder / "artifacts" / str(number)) for number in (2, 3)]
        print(f"{'files, KB a run':<40}{(files[1] - files[0]) / further / 1e3:>8.0f}")


def _counted(place: Path, server: subprocess.Popen[str], runs: int) -> tuple[dict[str, int], float]:
    """The requests of a sweep of so many runs, by kind, and the server's processor seconds."""
    ks = ",".join(map(str, range(3, 3 + runs)))
    table = place / "customers.csv"
    arguments = [*SERVER, "data=table", f"data.path={table}", "reducer=pca", "algorithm=kmeans", f"k={ks}"]
    more = [
        "evidence=false",
        "hydra/launcher=basic",
        f"tracking.experiment=of{runs}",
        f"tracking.folder={place / str(runs)}",
    ]
    before = cpu_below(server.pid)
    counting = [sys.executable, "-m", "benchmarks.counted_requests", "sweep", *arguments, *more]
    done = subprocess.run(counting, cwd=place, capture_output=True, text=True, check=True, env=_environment())
    counts = [line.rsplit(maxsplit=1) for line in done.stderr.splitlines() if line.startswith(MARK)]
    return {kind.removeprefix(MARK): int(number) for kind, number in counts}, cpu_below(server.pid) - before


def _size(folder: Path) -> int:
    """What the database of runs takes."""
    return int(asked(folder, "SELECT pg_database_size('mlflow')")[0][0])


def load(place: Path) -> None:
    """Requests that a server answers in a second, of each kind, asked by several clients at once."""
    print(f"{'processes':>9}{'clients':>9}  {'kind':<12}{'per s':>8}{'server CPU ms':>15}")
    for workers in (1, 2):
        with served(place / f"server{workers}", workers) as server:
            for kind in ("set_tag", "log_batch", "search", "create_run", "upload"):
                for clients in (1, 4):
                    _loaded(server, workers, clients, kind)


def _loaded(server: subprocess.Popen[str], workers: int, clients: int, kind: str, seconds: float = 4) -> None:
    command = [sys.executable, "-m", "benchmarks.client", ADDRESS, kind, str(seconds)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": _environment()}
    asking = [subprocess.Popen(command, **pipes) for _ in range(clients)]
    for client in asking:
        client.stdout.readline()  # it has imported and met the server
    before = cpu_below(server.pid)
    for client in asking:
        client.stdin.write("go\n")
        client.stdin.flush()
    answers = sum(int(client.communicate()[0]) for client in asking)
    cost = (cpu_below(server.pid) - before) / answers * 1e3
    print(f"{workers:>9}{clients:>9}  {kind:<12}{answers / seconds:>8.0f}{cost:>15.1f}", flush=True)


def workers(place: Path) -> None:
    """Runs per second with more workers, under either launcher, with either store."""
    print(f"{_RUNS} runs{'':<20}{'workers':>8}{'wall s':>8}{'runs/s':>8}{'x one':>8}")
    with served(place / "server"):
        for launcher in ("joblib", "segkit_dask"):
            for store in ("SQLite", "server"):
                _curve(place, launcher, store)


def _curve(place: Path, launcher: str, store: str) -> None:
    key = {"joblib": "n_jobs", "segkit_dask": "n_workers"}[launcher]
    first = 0.0
    for number in (1, 2, 4):
        folder = place / f"{launcher}-{store}-{number}"
        asked_for = [f"hydra/launcher={launcher}", f"hydra.launcher.{key}={number}", f"tracking.folder={folder}"]
        asked_for += [*SERVER, f"tracking.experiment={folder.name}"] if store == "server" else []
        command = [SEGKIT, "sweep", "data=table", f"data.path={place / 'customers.csv'}", *GRID, *asked_for]
        wall = _timed(command, place)
        first = first or wall
        name = f"{launcher}, {store}"
        print(f"{name:<27}{number:>8}{wall:>8.1f}{_RUNS / wall:>8.2f}{first / wall:>8.2f}", flush=True)


def many(place: Path) -> None:
    """What it takes to rank a sweep that has thousands of runs, from a file and from a server."""
    print(f"{'runs':>6}  {'store':<8}{'compare s':>10}{'beyond one run':>16}{'database KB a run':>19}")
    with served(place / "server"):
        for store in ("SQLite", "server"):
            first = 0.0
            for number in (1, 1000, 5000):
                before = _size(place / "server")
                where = [f"tracking.folder={place / f'many{number}'}", f"tracking.experiment=many{number}"]
                where += SERVER if store == "server" else []
                fill(_database(place, number, store), where, number)
                size = (_size(place / "server") - before) / number / 1e3
                wall = _timed([SEGKIT, "compare", *where, "format=json"], place)
                first = first or wall
                told = f"{size:>19.1f}" if store == "server" and number > 1 else ""
                print(f"{number:>6}  {store:<8}{wall:>10.1f}{wall - first:>16.1f}{told}", flush=True)


def _database(place: Path, number: int, store: str) -> str:
    if store == "server":
        return find_database(place / "server").uri(RUNS)
    return f"sqlite:///{place / f'many{number}' / 'mlflow.db'}"


def _timed(command: Sequence[str], place: Path) -> float:
    """Seconds that a command takes."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=place, env=_environment(), capture_output=True, check=True)
    return time.perf_counter() - begun


def _environment() -> dict[str, str]:
    return {**os.environ, **ONE_THREAD}


def main(which: Sequence[str]) -> None:
    parts = {"requests": requests, "load": load, "workers": workers, "many": many}
    for name in which or parts:
        with tempfile.TemporaryDirectory(prefix="segkit-scaling-", ignore_cleanup_errors=True) as made:
            place = Path(made)
            place.chmod(0o755)  # PostgreSQL runs as another user
            write_customers(place / "customers.csv", 2240)
            parts[name](place)


if __name__ == "__main__":
    main(sys.argv[1:])
