"""Writing what a whole sweep found: the ranks on its runs, tables, pictures and the answer on its parent."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from mlflow.entities import Metric, RunTag

from segkit.plots.style import save_png
from segkit.records import FINISHED, RunRecord
from segkit.selection import Ranking
from segkit.tracking.names import GUARDS, NOTE, RANK
from segkit.tracking.runs import metrics
from segkit.tracking.store import Store

_NOT_IN_NAMES = re.compile(r"[^\w. -]")


def log_places(store: Store, ranking: Ranking) -> None:
    """Each run's place as a metric and its guards as a tag, so that the UI can sort and show them."""
    for ranked in ranking.runs:
        guards = " ".join(ranked.guards) or "none"
        if (ranked.run.place, ranked.run.marks) != (ranked.rank, guards):
            tags = [RunTag(GUARDS, guards)]
            store.client.log_batch(ranked.run.run_id, metrics=metrics({RANK: ranked.rank}), tags=tags)


def log_sweep(
    store: Store,
    parent: str,
    runs: Sequence[RunRecord],
    tables: Mapping[str, pd.DataFrame],
    answer: str,
    figures: Mapping[str, Figure],
) -> None:
    """What the sweep found, on its parent: the answer as description, tables, pictures, metrics against k."""
    # The parent's own time: logged again at the same time and step, a value is not doubled.
    started = store.client.get_run(parent).info.start_time
    store.client.log_batch(parent, metrics=_against_k(runs, started), tags=[RunTag(NOTE, answer)])
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            table.to_csv(Path(folder) / f"{name}.csv", index=False, float_format="%.6g")
        for name, figure in figures.items():
            save_png(figure, Path(folder) / f"{name}.png")
        store.client.log_artifacts(parent, folder)


def _against_k(runs: Sequence[RunRecord], now: int) -> list[Metric]:
    """`silhouette_macro/<pipeline>` with step=k, so that MLflow's own charts draw the elbow."""
    shown = ("silhouette_macro", "inertia")
    return [
        Metric(f"{name}/{_NOT_IN_NAMES.sub('_', run.pipeline)}", run.metrics[name], now, run.k)
        for run in runs
        for name in shown
        if run.status == FINISHED and run.k is not None and name in run.metrics
    ]
