"""What a table of a million customers costs: memory and time of a run, of workers who share it, of scoring, and what is
lost when a sample is fitted.

`python -m benchmarks.big_tables [runs|workers|scoring|samples ...]`, all four unless given; `rows=200000` makes the
table shorter. The table has 30 columns and five segments that overlap a little. Seconds are of the processor; what the
machine did beside (`load`) stands next to them, for it makes them longer.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from sklearn.base import clone
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score as ami

from benchmarks.measured import ONE_THREAD, SEGKIT
from benchmarks.trials import dataset_of
from segkit.config.asked import composed
from segkit.config.pieces import make
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.stages import SharedStages

ROWS, COPIES = 1_000_000, 10
ALGORITHMS = ("kmeans", "minibatch_kmeans", "gmm", "birch")
SAMPLES = (2_000, 5_000, 10_000, 50_000, 200_000)
# How far apart the middles of the segments are, in spreads: the second tells them hardly apart.
APART = {"clear": 2.5, "blurred": 0.8}
_SHARES, _NUMBERS, _SKEWED, _LEVELS = (0.35, 0.25, 0.2, 0.12, 0.08), 18, 6, 5


def table_of(rows: int, apart: float = 2.5) -> tuple[pd.DataFrame, np.ndarray]:
    """Customers with an id, 24 numbers (six of them skewed) and five categories, and their true segments."""
    rng = np.random.default_rng(0)
    truth = rng.choice(len(_SHARES), rows, p=_SHARES)
    width = _NUMBERS + _SKEWED
    X = rng.normal(0, apart, (len(_SHARES), width))[truth] + rng.normal(0, 1, (rows, width))
    columns: dict[str, np.ndarray] = {"customer_id": np.arange(rows)}
    columns |= {f"v{place}": np.round(X[:, place], 3) for place in range(_NUMBERS)}
    columns |= {f"v{place}": np.round(np.exp(X[:, place] / 2), 2) for place in range(_NUMBERS, width)}
    letters = np.array(["a", "b", "c", "d"])
    columns |= {f"c{place}": letters[(truth + rng.integers(0, 2, rows) + place) % 4] for place in range(_LEVELS)}
    return pd.DataFrame(columns), truth


def runs(folder: Path, rows: int) -> None:
    """One run of each algorithm in a space of three components, from Parquet and from CSV."""
    write(folder, rows)
    header(f"one run, {rows:,} x 30")
    for ending in ("parquet", "csv"):
        for algorithm in ALGORITHMS:
            asked = [f"data.path=big.{ending}", "reducer=pca", f"algorithm={algorithm}", "k=5"]
            line(f"{algorithm}, {ending}", measured([SEGKIT, "run", "data=table", *asked], folder))


def workers(folder: Path, rows: int) -> None:
    """A sweep by one worker and by two: memory of all processes together, shared pages counted once.

    Of two workers the processor's seconds are missing: these end after who started them.
    """
    write(folder, rows)
    header(f"sweep of eight, {rows:,} x 30")
    axes = ["reducer=pca,factor_analysis", "algorithm=kmeans,minibatch_kmeans", "k=4,5", "evidence=false"]
    for jobs in (1, 2):
        command = [SEGKIT, "sweep", "data=table", "data.path=big.parquet", *axes, f"hydra.launcher.n_jobs={jobs}"]
        line(f"{jobs} workers", measured([*command, f"tracking.folder=of{jobs}"], folder))


def scoring(folder: Path, rows: int) -> None:
    """The table scored, and one that is ten times as long."""
    write(folder, rows)
    fit = ["data=table", "data.path=big.parquet", "reducer=pca", "algorithm=kmeans", "k=5", "evidence=false"]
    for command in (["sweep", *fit], ["promote", "force=true"]):
        measured([SEGKIT, *command], folder)
    header("scoring")
    for copies in (1, COPIES):
        for ending in ("parquet", "csv"):
            write_copies(folder, copies, ending)
            command = [SEGKIT, "score", f"input=new.{ending}", f"output=scored.{ending}"]
            line(f"{copies * rows:,} rows, {ending}", measured(command, folder))


def samples(folder: Path, rows: int) -> None:
    """Fits of samples against the fit of everyone, also from another start: how far they agree with it, and with the
    true segments.
    """
    for word, apart in APART.items():
        table, truth = table_of(rows, apart)
        dataset = dataset_of(table.drop(columns="customer_id"), "big")
        columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns])
        stages = SharedStages(folder / word, dict.fromkeys(("preprocessing", "reducer"), "all"))
        print(f"\n{f'samples, {word} segments':<34}{'rows':>10}{'AMI to all':>12}{'AMI to truth':>14}{'CPU s':>8}")
        for algorithm in ALGORITHMS:
            page = make(composed("run", [f"algorithm={algorithm}", "k=5"]), "algorithm")
            whole: np.ndarray | None = None
            sizes = [(size, 0) for size in reversed(SAMPLES) if size < rows]
            for most, seed in ((None, 0), (None, 1), *sizes):
                steps = {"columns": columns, "features": features, "stages": stages}
                model = SegmentationModel(clone(page).set_params(random_state=seed), PCA(3), fit_rows=most, **steps)
                began = time.process_time()
                model.fit(dataset.features)
                assigned = model.assign(model.matrix_)
                spent = time.process_time() - began
                whole = assigned if whole is None else whole
                told = f"{ami(whole, assigned):>12.4f}{ami(truth, assigned):>14.4f}{spent:>8.1f}"
                name = f"{algorithm}{', another start' if seed else ''}"
                print(f"{name:<34}{most or rows:>10,}{told}", flush=True)


def write(folder: Path, rows: int) -> None:
    if not (folder / "big.parquet").exists():
        table = pa.Table.from_pandas(table_of(rows)[0], preserve_index=False)
        pq.write_table(table, folder / "big.parquet")
        pyarrow.csv.write_csv(table, folder / "big.csv")


def write_copies(folder: Path, copies: int, ending: str) -> None:
    """The table so many times below itself, with new ids."""
    table = pq.read_table(folder / "big.parquet")
    writer = pq.ParquetWriter if ending == "parquet" else pyarrow.csv.CSVWriter
    with writer(folder / f"new.{ending}", table.schema) as file:
        for copy in range(copies):
            ids = pa.array(np.arange(len(table)) + copy * len(table))
            file.write_table(table.set_column(0, table.schema.field(0), ids))


class Memory:
    """The most memory that a process and those below it have had together, in MB, looked at four times a second.

    What several share counts once; `file` is the part of it that is a mapped file.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.peak = self.file = 0.0
        self._process = process
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while self._process.returncode is None:
            found = [_shares_of(pid) for pid in _tree(self._process.pid)]
            self.peak = max(self.peak, sum(pss for pss, _ in found))
            self.file = max(self.file, sum(file for _, file in found))
            time.sleep(0.25)


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # it has ended
                continue
    return found


def _shares_of(pid: int) -> tuple[float, float]:
    try:
        rows = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]]
    except OSError:
        return 0.0, 0.0
    sizes = {name: int(size) / 1024 for name, size, *_ in rows}
    return sizes.get("Pss:", 0.0), sizes.get("Pss_File:", 0.0)


def measured(command: list[str], folder: Path) -> tuple[float, float, float, float, float]:
    """Seconds on the clock and of the processors, peak MB of all processes and of mapped files, the machine's load."""
    source = str(Path(__file__).parent.parent)
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": source}
    began, before = time.perf_counter(), os.times()
    with (folder / "printed.txt").open("w") as printed:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=printed, stderr=printed, text=True)
        memory = Memory(process)
        if process.wait():
            sys.exit((folder / "printed.txt").read_text())
    wall, after = time.perf_counter() - began, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return wall, cpu, memory.peak, memory.file, os.getloadavg()[0]


def header(what: str) -> None:
    print(f"\n{what:<34}{'wall s':>10}{'CPU s':>8}{'peak MB':>9}{'mapped':>8}{'load':>6}")


def line(name: str, cost: tuple[float, float, float, float, float]) -> None:
    wall, cpu, peak, file, load = cost
    print(f"{name:<34}{wall:>10.0f}{cpu:>8.0f}{peak:>9,.0f}{file:>8,.0f}{load:>6.1f}", flush=True)


def main(asked: Sequence[str]) -> None:
    rows = next((int(word.partition("=")[2]) for word in asked if word.startswith("rows=")), ROWS)
    parts = {"runs": runs, "workers": workers, "scoring": scoring, "samples": samples}
    for name in [word for word in asked if word in parts] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
