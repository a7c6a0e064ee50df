"""Writing a sweep: its parent run, from opened to closed, and the light children for what was done before."""

import json
import time
from collections.abc import Mapping, Sequence

import pandas as pd
from filelock import FileLock, Timeout
from mlflow.entities import Param

from segkit.errors import UserError
from segkit.records import FINISHED, RUNNING, Inside, RunRecord, latest_of_each
from segkit.tracking.alive import is_here, is_orphan, place_of, sweep_lock_path
from segkit.tracking.names import (
    CONCLUDED,
    DATA,
    EVIDENCE,
    FINGERPRINT,
    HOST,
    NOTE,
    PARENT,
    REPEATS,
    SOURCE_RUN,
    SWEEP,
    inside_tags,
)
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.read import SETTINGS, STARTED, finished_run, last_started, runs_alike
from segkit.tracking.runs import INTERRUPTED, SUPERSEDED, fail_run, metrics
from segkit.tracking.store import Store
from segkit.tracking.views import run_link

# Who only looks whether a lock is free holds it for less.
_LOOKED_AT = 0.5


def open_sweep(
    store: Store,
    sweep: str,
    data: str,
    settings: Mapping[str, object],
    config: str,
    fresh: bool = False,
    inside: Inside | None = None,
) -> str:
    """The parent run of a sweep: the one it had before, unless `fresh`, else a new one; `inside` names the segment that
    it is about, if any.
    """
    query = f"tags.`{SWEEP}` = '{sweep}'"
    found = store.client.search_runs(
        [store.experiment_id], query, order_by=["attributes.start_time DESC"], max_results=1
    )
    if found and not fresh:
        parent = str(found[0].info.run_id)
        store.client.set_tag(parent, SETTINGS, json.dumps(settings))
        store.client.set_tag(parent, HOST, place_of(store))
        store.client.set_tag(parent, STARTED, _now(store))
        store.client.update_run(parent, status=RUNNING)
        return parent
    tags = provenance_tags() | {
        SWEEP: sweep,
        DATA: data,
        SETTINGS: json.dumps(settings),
        STARTED: _now(store),
        HOST: place_of(store),
    }
    tags |= inside_tags(inside)
    parent = str(
        store.client.create_run(store.experiment_id, tags=tags, run_name=f"sweep {data} {sweep[:6]}").info.run_id
    )
    store.client.log_text(parent, config, "config.yaml")
    return parent


def sweep_lock(store: Store, sweep: str) -> FileLock:
    """A lock that only one process can hold per sweep; raises UserError if another sweep is at it."""
    store.locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(sweep_lock_path(store, sweep))
    try:
        lock.acquire(timeout=_LOOKED_AT)
    except Timeout:
        raise UserError(f"this sweep ({sweep}) is already running", "wait for it, or watch it in `segkit ui`") from None
    return lock


def close_orphans(store: Store, runs: Sequence[RunRecord]) -> None:
    """Mark runs of a sweep that say RUNNING but whose worker is gone, or whose job another has done."""
    for run in runs:
        if is_orphan(store, run, runs):
            fail_run(store, run.run_id, INTERRUPTED)


def close_doubles(store: Store, runs: Sequence[RunRecord]) -> None:
    """Of runs of a sweep that computed the same at the same time, each unaware of the other, the first counts."""
    counted = {run.run_id for run in latest_of_each(runs)}
    for run in runs:
        if run.status == FINISHED and run.run_id not in counted:
            fail_run(store, run.run_id, SUPERSEDED)


def at_work_elsewhere(store: Store, runs: Sequence[RunRecord]) -> dict[str, str]:
    """The fingerprints of runs that other places may still be at, and those places; each look tells more."""
    return {
        run.fingerprint: run.host
        for run in runs
        if run.status == RUNNING and not is_here(store, run) and not is_orphan(store, run, runs)
    }


def done_meanwhile(store: Store, parent: str, fingerprint: str, data: str, fresh: bool = False) -> bool:
    """Whether a job's work was done while it waited for its lock, by a killed sweep's worker or by another sweep;
    where all is to be `fresh` only what stands under the same parent counts.

    To be asked by who holds the lock: what a killed worker left behind here is closed.
    """
    alike = runs_alike(store, fingerprint)
    siblings = [run for run, under in alike if under == parent]
    for run in siblings:
        if run.status == RUNNING and is_here(store, run):
            fail_run(store, run.run_id, INTERRUPTED)
    if fresh or any(run.status == FINISHED for run in siblings):
        return any(run.status == FINISHED for run in siblings)
    own = next((run for run, _ in alike if run.status == FINISHED and run.model_run == run.run_id), None)
    if own is not None:
        adopt_run(store, parent, own, data)
    return own is not None


def adopt_finished(store: Store, parent: str, fingerprint: str, data: str) -> bool:
    """Show what another sweep computed under this parent too; False if nobody has computed it."""
    done = finished_run(store, fingerprint)
    if done is not None:
        adopt_run(store, parent, done, data)
    return done is not None


def adopt_run(store: Store, parent: str, done: RunRecord, data: str) -> None:
    """Show a run of an earlier sweep under this parent too: its numbers, and where its files are."""
    tags = provenance_tags() | {PARENT: parent, FINGERPRINT: done.fingerprint, SOURCE_RUN: done.model_run, DATA: data}
    tags |= {EVIDENCE: done.evidence, REPEATS: done.repeats, **inside_tags(done.inside)}
    tags[NOTE] = f"Computed by an earlier sweep: [the run with its pictures]({run_link(store, done.model_run, '')})."
    run_id = store.client.create_run(store.experiment_id, tags=tags, run_name=done.name).info.run_id
    params = [Param(name, value) for name, value in done.params.items()]
    store.client.log_batch(run_id, metrics=metrics(done.metrics), params=params)
    store.client.set_terminated(run_id, FINISHED)


def log_table(store: Store, parent: str, name: str, table: pd.DataFrame) -> None:
    """One table on the parent, before the sweep has found anything."""
    store.client.log_text(parent, table.to_csv(index=False), f"{name}.csv")


def is_concluded(store: Store, parent: str, mark: str) -> bool:
    """Whether all that the sweep says was written when it last ended, from what the mark names."""
    return bool(store.client.get_run(parent).data.tags.get(CONCLUDED) == mark)


def mark_concluded(store: Store, parent: str, mark: str) -> None:
    """Remember from what the sweep's tables, pictures and answer were made."""
    store.client.set_tag(parent, CONCLUDED, mark)


def close_sweep(store: Store, parent: str, failed: bool) -> None:
    """End the parent, whatever happened."""
    store.client.set_terminated(parent, "FAILED" if failed else FINISHED)


def _now(store: Store) -> str:
    """Milliseconds, so that text sorts by time; after the latest sweep, even where a clock was put back since."""
    latest = last_started(store)
    return f"{max(time.time_ns() // 1_000_000, int(latest) + 1 if latest.isdecimal() else 0):020d}"
