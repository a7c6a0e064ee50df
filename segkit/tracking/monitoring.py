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
from mlflow.entities import Metric, Run, RunTag
from mlflow.exceptions import MlflowException

from segkit.tracking.files import read_table
from segkit.tracking.names import KIND, NOTE, PARENT
from segkit.tracking.provenance import provenance_tags
from segkit.tracking.runs import metrics
from segkit.tracking.store import Store
from segkit.tracking.versions import Version

if TYPE_CHECKING:  # who only reads draws nothing
    from matplotlib.figure import Figure

LASTING, DATED = "monitor", "monitor date"
MODEL, VERSION, DATE, DECISION = "segkit.model", "segkit.version", "segkit.date", "segkit.decision"
# The day that the steps of the lasting run's curves count from.
FIRST = "segkit.first_date"
_WHY = "segkit.why"
_LABELS = "tables/labels.csv"
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


@dataclass(frozen=True)
class Past:
    """A date in the store."""

    run_id: str
    date: str
    version: int
    decision: str
    why: str
    numbers: Mapping[str, float]


def log_monitoring(store: Store, entry: Entry) -> str:
    """Keep a date, in the place of what was kept of it before; the id of the run that draws the model's trend."""
    name = entry.version.model
    store.locks.mkdir(parents=True, exist_ok=True)
    with FileLock(store.locks / f"monitor-{name}.lock"):
        before = [past.run_id for past in past_dates(store, name) if past.date == entry.date]
        _log_date(store, entry)
        for run_id in before:
            store.client.delete_run(run_id)
        return _trend(store, name, afresh=bool(before))


def past_dates(store: Store, model: str) -> list[Past]:
    """What is kept of a model, oldest first."""
    found = [_past(run) for run in _search(store, DATED, model) if run.info.status == "FINISHED"]
    return sorted(found, key=lambda past: past.date)


def past_text(model: str, dates: Sequence[Past]) -> str:
    """The dates of a model for people."""
    if not dates:
        return f"{model} has not been monitored yet"
    rows = [f"  {past.date}  version {past.version}  {past.decision:<6} {past.why}" for past in dates]
    return "\n".join([model, *rows])


def labels_before(store: Store, version: Version, date: str) -> tuple[pd.Series, str] | None:
    """The segments that this version gave at its last monitoring before a date, by customer, and the date of that."""
    known = [past for past in past_dates(store, version.model) if past.date < date and past.version == version.version]
    for past in reversed(known):
        try:
            table = read_table(store, past.run_id, _LABELS)
        except (MlflowException, OSError):  # whoever has cleared away the files still has the numbers
            continue
        return table.set_index(table.columns[0])["segment"], past.date
    return None


def _log_date(store: Store, entry: Entry) -> None:
    version = entry.version
    about = {MODEL: version.model, VERSION: str(version.version), DATE: entry.date}
    tags = provenance_tags() | about | {KIND: DATED, DECISION: entry.decision, _WHY: entry.why, NOTE: entry.note}
    made = store.client.create_run(store.experiment_id, tags=tags, run_name=f"{version.model} {entry.date}")
    run_id = made.info.run_id
    _log_points(store, run_id, metrics({_allowed(name): value for name, value in entry.numbers.items()}))
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), entry)
        store.client.log_artifacts(run_id, folder)
    store.client.set_terminated(run_id, "FINISHED")  # last of all: what was cut short counts for nothing


def _write_files(folder: Path, entry: Entry) -> None:
    from segkit.plots.style import save_png  # late: who only reads draws nothing

    (folder / "tables").mkdir()
    entry.labels.to_frame().to_csv(folder / _LABELS)
    for name, table in entry.tables.items():
        table.to_csv(folder / "tables" / f"{name}.csv", index=False, float_format="%.6g")
    (folder / "plots").mkdir()
    for name, figure in entry.figures.items():
        save_png(figure, folder / "plots" / f"{name}.png")
    (folder / "monitor.json").write_text(json.dumps(entry.values, indent=2, default=str), encoding="utf-8")


def _trend(store: Store, model: str, afresh: bool) -> str:
    """The lasting run, with every date that is kept on its curves."""
    dates, known = past_dates(store, model), list(_search(store, LASTING, model))
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
    store.client.set_terminated(run_id, "FINISHED")
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
    return "\n".join(["| date | version | decision | why |", "|---|---|---|---|", *rows])


def _past(run: Run) -> Past:
    tags = run.data.tags
    about = (tags[DATE], int(tags[VERSION]), tags.get(DECISION, ""), tags.get(_WHY, ""))
    return Past(str(run.info.run_id), *about, dict(run.data.metrics))


def _search(store: Store, kind: str, model: str) -> Iterator[Run]:
    query, token = f"tags.`{KIND}` = '{kind}' AND tags.`{MODEL}` = '{model}'", None
    while True:
        page = store.client.search_runs([store.experiment_id], query, max_results=1000, page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _allowed(name: str) -> str:
    """MLflow refuses some characters in the names of metrics."""
    return _NOT_IN_NAMES.sub("_", name)
