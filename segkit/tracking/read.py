"""Reading sweeps and runs back from the store, as plain records."""

import math
import re
from collections.abc import Iterator, Sequence

from mlflow.entities import Run

from segkit.errors import UserError
from segkit.records import FINISHED, RUNNING, RunRecord, SweepRecord
from segkit.tracking.names import (
    ALIVE,
    DATA,
    EVIDENCE,
    FINGERPRINT,
    GUARDS,
    HOST,
    KIND,
    PARENT,
    RANK,
    REASON,
    REPEATS,
    SOURCE_RUN,
    SWEEP,
    WITHIN,
    inside_of,
)
from segkit.tracking.pages import found_by
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value

SETTINGS = "segkit.settings"
STARTED = "segkit.started"
# Of as many runs at once MLflow holds all that is known: of a thousand that would be tens of megabytes.
_PAGE = 200
# A sweep that is gone on with keeps its parent, so the parent's own start says nothing.
LAST_STARTED = f"tags.`{STARTED}` DESC"


def find_sweep(store: Store, sweep: str = "latest") -> SweepRecord:
    """The latest sweep, or the one whose id (or its beginning) or parent run id this is."""
    if sweep != "latest" and not re.fullmatch("[0-9a-f]+", sweep):
        raise UserError(
            f"sweep={sweep} is no id of a sweep", "`segkit sweep` says it at its end; sweep=latest is the last"
        )
    wanted = "" if sweep == "latest" else f" AND tags.`{SWEEP}` LIKE '{_safe(sweep)}%'"
    found = next(_search(store, f"tags.`{SWEEP}` != ''{wanted}", LAST_STARTED), None) or _parent_by_id(store, sweep)
    if found is None:
        name = "" if sweep == "latest" else f" called {sweep}"
        raise UserError(f"there is no sweep{name} in {store.place}", "start one with `segkit sweep`")
    return sweep_record(found)


def sweep_runs(store: Store, parent: str) -> list[RunRecord]:
    """All runs of a sweep, oldest first."""
    return [
        run_record(run) for run in _search(store, f"tags.`{PARENT}` = '{_safe(parent)}'", "attributes.start_time ASC")
    ]


def runs_of(store: Store, run_ids: Sequence[str]) -> list[RunRecord]:
    """The runs of these ids."""
    listed = ", ".join(f"'{_safe(run_id)}'" for run_id in run_ids)
    return [run_record(run) for run in _search(store, f"attributes.run_id IN ({listed})")]


def find_run(store: Store, run_id: str) -> tuple[RunRecord, str]:
    """A run by its id or the beginning of it, and the name of its data set."""
    found = list(_search(store, f"attributes.run_id LIKE '{_safe(run_id)}%'"))[:2]
    if len(found) > 1:
        raise UserError(f"several runs begin with {run_id}", "give more of the id")
    if not found:
        raise UserError(f"there is no run {run_id} in {store.place}", "`segkit compare` lists the ids")
    tags = found[0].data.tags
    if SWEEP in tags:
        raise UserError(f"{run_id} is a whole sweep, not a run", f"`segkit compare sweep={tags[SWEEP]}` lists its runs")
    if KIND in tags:
        raise UserError(f"{run_id} is a look at a table, not a run", "`segkit compare` lists the runs")
    return run_record(found[0]), tags.get(DATA, "")


def sweep_of(store: Store, run_id: str) -> SweepRecord | None:
    """The sweep that a run belongs to, if it was part of one."""
    parent = store.client.get_run(run_id).data.tags.get(PARENT)
    found = _parent_by_id(store, parent) if parent else None
    return sweep_record(found) if found else None


def sweeps_within(store: Store) -> list[SweepRecord]:
    """The sweeps that segmented a segment again, the latest first."""
    query = f"tags.`{SWEEP}` != '' AND tags.`{WITHIN}` != ''"
    return [sweep_record(run) for run in _search(store, query, LAST_STARTED)]


def latest_of_everyone(store: Store) -> SweepRecord | None:
    """The latest sweep that is not within a segment; None while there is none."""
    found = map(sweep_record, _search(store, f"tags.`{SWEEP}` != ''", LAST_STARTED))
    return next((sweep for sweep in found if sweep.inside is None), None)


def finished_run(store: Store, fingerprint: str) -> RunRecord | None:
    """A run that computed this before, if the store has one with its files."""
    records = (record for record, _ in finished_runs(store, fingerprint))
    return next((record for record in records if record.model_run == record.run_id), None)


def finished_runs(store: Store, fingerprint: str) -> list[tuple[RunRecord, str]]:
    """The finished runs of a computation, newest first, each with the parent that it stands under ("" for none)."""
    return [(run, under) for run, under in runs_alike(store, fingerprint) if run.status == FINISHED]


def runs_alike(store: Store, fingerprint: str) -> list[tuple[RunRecord, str]]:
    """All runs of a computation in the same way, whatever became of them."""
    found = _search(store, f"tags.`{FINGERPRINT}` = '{fingerprint}'")
    return [(run_record(run), run.data.tags.get(PARENT, "")) for run in found]


def unended(store: Store) -> list[tuple[RunRecord, str]]:
    """All that says RUNNING, and of a sweep its id ("" for none)."""
    found = _search(store, f"attributes.status = '{RUNNING}'")
    return [(run_record(run), run.data.tags.get(SWEEP, "")) for run in found]


def last_started(store: Store) -> str:
    """When the latest sweep was started, by the clock that its machine had then; "" if there is none."""
    query = f"tags.`{SWEEP}` != ''"
    found = store.client.search_runs([store.experiment_id], query, order_by=[LAST_STARTED], max_results=1)
    return str(found[0].data.tags.get(STARTED, "")) if found else ""


def run_record(run: Run) -> RunRecord:
    """A run as plain values."""
    tags = run.data.tags
    measured = {name: value for name, value in run.data.metrics.items() if not math.isnan(value)}
    return RunRecord(
        run_id=run.info.run_id,
        name=run.info.run_name or run.info.run_id,
        status=run.info.status,
        params=dict(run.data.params),
        metrics={name: value for name, value in measured.items() if name != RANK},
        fingerprint=tags.get(FINGERPRINT, ""),
        reason=tags.get(REASON, ""),
        model_run=tags.get(SOURCE_RUN, run.info.run_id),
        place=int(measured[RANK]) if RANK in measured else None,
        marks=tags.get(GUARDS, ""),
        evidence=tags.get(EVIDENCE, ""),
        repeats=tags.get(REPEATS, ""),
        inside=inside_of(tags),
        host=tags.get(HOST, ""),
        alive=tags.get(ALIVE, ""),
    )


def sweep_record(run: Run) -> SweepRecord:
    """A sweep's parent as plain values."""
    tags = run.data.tags
    settings = tag_value(tags, SETTINGS, {})
    name, data = run.info.run_name or "", tags.get(DATA, "")
    return SweepRecord(tags[SWEEP], run.info.run_id, name, run.info.status, data, settings, inside_of(tags))


def _parent_by_id(store: Store, run_id: str) -> Run | None:
    return next(_search(store, f"attributes.run_id = '{_safe(run_id)}' AND tags.`{SWEEP}` != ''"), None)


def _search(store: Store, query: str, order: str = "attributes.start_time DESC") -> Iterator[Run]:
    asked = {"experiment_ids": [store.experiment_id], "filter_string": query, "order_by": [order]}
    return found_by(store.client.search_runs, **asked, max_results=_PAGE)


def _safe(text: str) -> str:
    """A value that cannot leave its quotes in a search string."""
    return text.replace("'", "")
