"""Monitorings in the store: a lasting run per model that draws the trend, and under it a run for each date.

The same date again takes the place of what was there. MLflow cannot take back a point of a curve, so the lasting run
is then made anew from the dates that remain.
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from filelock import FileLock
from mlflow.entities import Metric, RunTag

from segkit.records import FINISHED, RUNNING
from segkit.tracking.descriptions import spaced
from segkit.tracking.names import KIND, NOTE, PARENT
from segkit.tracking.past import (
    DATE,
    DATED,
    DECISION,
    FIRST,
    LABELS,
    LASTING,
    MODEL,
    VERSION,
    Past,
    past_dates,
    runs_of_kind,
)
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.registry.versions import WHY, Version
from segkit.tracking.runs import metrics
from segkit.tracking.store import Store

if TYPE_CHECKING:  # who only reads draws nothing
    from matplotlib.figure import Figure

_NOT_IN_NAMES = re.compile(r"[^\w. /-]")
_MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """One date of a model as it is kept: the decision, the reasons (the first in a word), numbers, tables, pictures."""

    version: Version
    date: str
    decision: str
    why: str
    note: str
    numbers: Mapping[str, float]
    labels: pd.Series
    values: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    figures: Mapping[str, "Figure"] = field(default_factory=dict)


def log_monitoring(store: Store, entry: Entry) -> str:
    """Keep a date, in the place of what was kept of it before; the id of the run that draws the model's trend."""
    name = entry.version.model
    store.locks.mkdir(parents=True, exist_ok=True)
    with FileLock(store.locks / f"monitor-{name}.lock"):
        before = [past.run_id for past in past_dates(store, name) if past.date == entry.date]
        unfinished = [str(run.info.run_id) for run in runs_of_kind(store, DATED, name) if run.info.status == RUNNING]
        _log_date(store, entry)
        for run_id in [*before, *unfinished]:  # whoever left those was killed: the lock is ours
            store.client.delete_run(run_id)
        return _trend(store, name, afresh=bool(before))


def _log_date(store: Store, entry: Entry) -> None:
    version = entry.version
    about = {MODEL: version.model, VERSION: str(version.version), DATE: entry.date}
    tags = provenance_tags() | about | {KIND: DATED, DECISION: entry.decision, WHY: entry.why, NOTE: entry.note}
    made = store.client.create_run(store.experiment_id, tags=tags, run_name=f"{version.model} {entry.date}")
    run_id = made.info.run_id
    _log_points(store, run_id, metrics({_allowed(name): value for name, value in entry.numbers.items()}))
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), entry)
        store.client.log_artifacts(run_id, folder)
    store.client.set_terminated(run_id, FINISHED)  # last of all: what was cut short counts for nothing


def _write_files(folder: Path, entry: Entry) -> None:
    from segkit.plots.style import save_png  # late: who only reads draws nothing

    (folder / "tables").mkdir()
    entry.labels.to_frame().to_csv(folder / LABELS)
    for name, table in entry.tables.items():
        table.to_csv(folder / "tables" / f"{name}.csv", index=False, float_format="%.6g")
    (folder / "plots").mkdir()
    for name, figure in entry.figures.items():
        save_png(figure, folder / "plots" / f"{name}.png")
    (folder / "monitor.json").write_text(json.dumps(entry.values, indent=2, default=str), encoding="utf-8")


def _trend(store: Store, model: str, afresh: bool) -> str:
    """The lasting run, with every date that is kept on its curves."""
    dates, known = past_dates(store, model), list(runs_of_kind(store, LASTING, model))
    run_id = str(known[0].info.run_id) if known and not afresh else _open(store, model, dates[0].date)
    first = store.client.get_run(run_id).data.tags[FIRST]
    _log_points(store, run_id, [point for past in dates for point in _points(past, first)])
    store.client.log_batch(run_id, tags=[RunTag(NOTE, _history(dates)), RunTag(DECISION, dates[-1].decision)])
    for past in dates:
        store.client.set_tag(past.run_id, PARENT, run_id)
    for other in known:
        if other.info.run_id != run_id:
            store.client.delete_run(other.info.run_id)
    return run_id


def _open(store: Store, model: str, first: str) -> str:
    tags = provenance_tags() | {KIND: LASTING, MODEL: model, FIRST: first}
    run_id = str(store.client.create_run(store.experiment_id, tags=tags, run_name=f"monitor {model}").info.run_id)
    store.client.set_terminated(run_id, FINISHED)
    return run_id


def _log_points(store: Store, run_id: str, points: Sequence[Metric]) -> None:
    """Keep points of curves; one that is there already is not doubled."""
    for start in range(0, len(points), _MOST_AT_ONCE):
        store.client.log_batch(run_id, metrics=points[start : start + _MOST_AT_ONCE])


def _points(past: Past, first: str) -> Iterator[Metric]:
    """A date's numbers at noon of that day (midnight would show as the day before in the west)."""
    noon = int((pd.Timestamp(past.date, tz="UTC") + pd.Timedelta(hours=12)).timestamp() * 1000)
    step = (pd.Timestamp(past.date) - pd.Timestamp(first)).days
    return (Metric(name, value, noon, step) for name, value in past.numbers.items())


def _history(dates: Sequence[Past]) -> str:
    rows = [f"| {past.date} | {past.version} | **{past.decision}** | {past.why} |" for past in reversed(dates)]
    return spaced("\n".join(["| date | version | decision | why |", "|---|---|---|---|", *rows]))


def _allowed(name: str) -> str:
    """MLflow refuses some characters in the names of metrics."""
    return _NOT_IN_NAMES.sub("_", name)
