"""What a run costs as rows grow, as the runs of a sweep grow, and with one worker or two.

`python -m benchmarks.scale [rows|runs|workers ...]`, all three unless given; rows and runs may name their sizes, as in
`rows=2000,20000` and `runs=10,100`. Ratios are to the first line of each block, in processor time where other work may
share the cores.
"""

import json
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.measured import SEGKIT, Cost, cost_of, sweep_arguments, write_customers

ROWS, RUNS, WORKERS = (2_000, 20_000, 100_000), (10, 100, 1_000), (1, 2)
# Every shipped algorithm, and every reducer that is not none.
METHODS = (
    *(("none", algorithm) for algorithm in ("kmeans", "minibatch_kmeans", "bisecting_kmeans", "birch")),
    *(("none", algorithm) for algorithm in ("gmm", "bayesian_gmm", "latent_class", "kprototypes", "kmedoids")),
    *(("none", algorithm) for algorithm in ("agglomerative", "spectral", "affinity_propagation", "mean_shift")),
    *(("none", algorithm) for algorithm in ("hdbscan", "dbscan", "optics")),
    *(("pca", algorithm) for algorithm in ("agglomerative", "hdbscan", "dbscan")),
    *((reducer, "kmeans") for reducer in ("factor_analysis", "truncated_svd", "famd", "kernel_pca", "umap")),
)


def rows(sizes: Sequence[int] = ROWS) -> None:
    """One run of every shipped algorithm on tables of growing length."""
    header("rows", "cpu ratio", "fitted")
    for reducer, algorithm in METHODS:
        first = None
        for size in sizes:
            with tempfile.TemporaryDirectory() as name:
                table = Path(name) / "customers.csv"
                write_customers(table, size)
                asked = ["data=table", f"data.path={table}", f"reducer={reducer}", f"algorithm={algorithm}"]
                cost = done([SEGKIT, "run", *asked, "format=json"], Path(name))
            first = first or cost
            fitted = json.loads(cost.out[cost.out.index("{") :])["metrics"].get("fitted_share", 1)
            line(f"{reducer}-{algorithm}", f"{size:,}", cost, f"{cost.cpu / first.cpu:.1f}", f"{fitted:.0%}")


def runs(sizes: Sequence[int] = RUNS) -> None:
    """Sweeps of growing length over a tiny table by one worker, what comparing them costs, and starting them again.

    `cpu one more`: processor seconds of a run more than the sweep before had. `last/first`: from one start to the next.
    """
    header("runs", "cpu one more", "last/first")
    before = (0, 0.0)
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            axes = sweep_arguments(seed=tuple(range(size // 10)), k=tuple(range(3, 13)))
            cost = done([*sweep(), "hydra.launcher.n_jobs=1", "algorithm=kmeans", "reducer=none", *axes], folder)
            one_more = (cost.cpu - before[1]) / (size - before[0])
            line("sweep", f"{size:,}", cost, f"{one_more:.2f}", f"{late_to_early(folder):.2f}")
            before = (size, cost.cpu)
            line("compare", f"{size:,}", done([SEGKIT, "compare"], folder))
            line("sweep again", f"{size:,}", done([*sweep(), "algorithm=kmeans", "reducer=none", *axes], folder))


def workers(sizes: Sequence[int] = WORKERS) -> None:
    """The same sweep by one worker and by two."""
    header("workers", "wall ratio", "cpu ratio")
    axes = sweep_arguments(reducer=("none", "pca"), algorithm=("kmeans", "gmm", "agglomerative"), k=(3, 4, 5, 6, 7))
    first = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            cost = done([*sweep(2_000), f"hydra.launcher.n_jobs={size}", *axes], Path(name))
        first = first or cost
        line("sweep of 30", str(size), cost, f"{cost.wall / first.wall:.2f}", f"{cost.cpu / first.cpu:.2f}")


def sweep(customers: int = 200) -> list[str]:
    return [SEGKIT, "sweep", f"data.generate.rows={customers}"]


def done(command: list[str], folder: Path) -> Cost:
    source = Path(__file__).parent.parent
    cost = cost_of(["env", f"PYTHONPATH={source}", *command], folder)
    if cost.code:
        raise SystemExit(f"{' '.join(command)} failed:\n{cost.out[-2000:]}")
    return cost


def late_to_early(folder: Path) -> float:
    """Time from one start to the next among the last tenth of a sweep's runs, to that among the first tenth."""
    query = "SELECT start_time FROM runs WHERE name NOT LIKE 'sweep %' ORDER BY start_time"
    connection = sqlite3.connect(folder / "mlruns" / "mlflow.db")
    try:
        starts = [start for (start,) in connection.execute(query)][1:]  # the first run warms up
    finally:
        connection.close()
    took = [later - earlier for earlier, later in pairwise(starts)]
    part = max(len(took) // 10, 3)
    return median(took[-part:]) / median(took[:part])


def median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def header(size: str, *columns: str) -> None:
    print(f"\n{'':<20}{size:>9}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}" + "".join(f"{c:>14}" for c in columns))


def line(name: str, size: str, cost: Cost, *columns: str) -> None:
    numbers = f"{cost.wall:>9.1f}{cost.cpu:>9.1f}{cost.peak:>9.0f}"
    print(f"{name:<20}{size:>9}{numbers}" + "".join(f"{column:>14}" for column in columns), flush=True)


def main(asked: Sequence[str]) -> None:
    parts = {"rows": rows, "runs": runs, "workers": workers}
    for name, _, sizes in (part.partition("=") for part in asked or parts):
        parts[name](*([tuple(map(int, sizes.split(",")))] if sizes else []))


if __name__ == "__main__":
    main(sys.argv[1:])
