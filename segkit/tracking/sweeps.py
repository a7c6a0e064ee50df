"""Writing a sweep: its parent run, the light children for what was done before, and what the whole sweep found."""

import json
import re
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout
from matplotlib.figure import Figure
from mlflow.entities import Metric, Param, RunTag

from segkit.errors import UserError
from segkit.plots.style import save_png
from segkit.records import FINISHED, RUNNING, RunRecord
from segkit.selection import Ranking
from segkit.tracking.names import DATA, EVIDENCE, FINGERPRINT, GUARDS, NOTE, PARENT, RANK, REPEATS, SOURCE_RUN
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.read import SETTINGS, STARTED, SWEEP, finished_here, finished_run
from segkit.tracking.runs import fail_run, lock_path, metrics
from segkit.tracking.store import Store

_NOT_IN_NAMES = re.compile(r"[^\w. -]")


def open_sweep(
    store: Store, sweep: str, data: str, settings: Mapping[str, object], config: str, fresh: bool = False
) -> str:
    """The parent run of a sweep: the one it had before, unless `fresh`, else a new one."""
    query = f"tags.`{SWEEP}` = '{sweep}'"
    found = store.client.search_runs(
        [store.experiment_id], query, order_by=["attributes.start_time DESC"], max_results=1
    )
    if found and not fresh:
        parent = str(found[0].info.run_id)
        store.client.set_tag(parent, SETTINGS, json.dumps(settings))
        store.client.set_tag(parent, STARTED, _now())
        store.client.update_run(parent, status=RUNNING)
        return parent
    tags = provenance_tags() | {SWEEP: sweep, DATA: data, SETTINGS: json.dumps(settings), STARTED: _now()}
    parent = str(
        store.client.create_run(store.experiment_id, tags=tags, run_name=f"sweep {data} {sweep[:6]}").info.run_id
    )
    store.client.log_text(parent, config, "config.yaml")
    return parent


def sweep_lock(store: Store, sweep: str) -> FileLock:
    """A lock that only one process can hold per sweep; raises UserError if another sweep is at it."""
    store.locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store.locks / f"sweep-{sweep}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(f"this sweep ({sweep}) is already running", "wait for it, or watch it in `segkit ui`") from None
    return lock


def close_orphans(store: Store, runs: Iterable[RunRecord]) -> None:
    """Mark runs that say RUNNING but whose worker is gone (its lock is free)."""
    for run in runs:
        if run.status == RUNNING and _is_free(lock_path(store, run.fingerprint)):
            fail_run(store, run.run_id, "interrupted: its process ended before the run did")


def done_meanwhile(store: Store, parent: str, fingerprint: str, data: str) -> bool:
    """Whether a job's work was done while it waited for its lock, by a killed sweep's worker or by another sweep."""
    return finished_here(store, parent, fingerprint) or adopt_finished(store, parent, fingerprint, data)


def adopt_finished(store: Store, parent: str, fingerprint: str, data: str) -> bool:
    """Show what another sweep computed under this parent too; False if nobody has computed it."""
    done = finished_run(store, fingerprint)
    if done is not None:
        adopt_run(store, parent, done, data)
    return done is not None


def adopt_run(store: Store, parent: str, done: RunRecord, data: str) -> None:
    """Show a run of an earlier sweep under this parent too: its numbers, and where its files are."""
    tags = provenance_tags() | {PARENT: parent, FINGERPRINT: done.fingerprint, SOURCE_RUN: done.model_run, DATA: data}
    tags |= {EVIDENCE: done.evidence, REPEATS: done.repeats}
    run_id = store.client.create_run(store.experiment_id, tags=tags, run_name=done.name).info.run_id
    params = [Param(name, value) for name, value in done.params.items()]
    store.client.log_batch(run_id, metrics=metrics(done.metrics), params=params)
    store.client.set_terminated(run_id, FINISHED)


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


def log_table(store: Store, parent: str, name: str, table: pd.DataFrame) -> None:
    """One table on the parent, before the sweep has found anything."""
    store.client.log_text(parent, table.to_csv(index=False), f"{name}.csv")


def close_sweep(store: Store, parent: str, failed: bool) -> None:
    """End the parent, whatever happened."""
    store.client.set_terminated(parent, "FAILED" if failed else FINISHED)


def _now() -> str:
    """Milliseconds, so that text sorts by time."""
    return f"{time.time_ns() // 1_000_000:020d}"


def _against_k(runs: Sequence[RunRecord], now: int) -> list[Metric]:
    """`silhouette_macro/<pipeline>` with step=k, so that MLflow's own charts draw the elbow."""
    shown = ("silhouette_macro", "inertia")
    return [
        Metric(f"{name}/{_NOT_IN_NAMES.sub('_', run.pipeline)}", run.metrics[name], now, run.k)
        for run in runs
        for name in shown
        if run.status == FINISHED and run.k is not None and name in run.metrics
    ]


def _is_free(path: Path) -> bool:
    if not path.exists():
        return True
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True
