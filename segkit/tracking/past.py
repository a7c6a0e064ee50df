"""What is kept of the days on which a model's customers were monitored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from mlflow.entities import Run
from mlflow.exceptions import MlflowException

from segkit.records import FINISHED
from segkit.tracking.files import read_labels
from segkit.tracking.names import KIND
from segkit.tracking.pages import found_by
from segkit.tracking.registry.versions import WHY, Version
from segkit.tracking.store import Store

LASTING, DATED = "monitor", "monitor date"
MODEL, VERSION, DATE, DECISION = "segkit.model", "segkit.version", "segkit.date", "segkit.decision"
# The day that the steps of the lasting run's curves count from.
FIRST = "segkit.first_date"
LABELS = "tables/labels.csv"


@dataclass(frozen=True)
class Past:
    """A date in the store."""

    run_id: str
    date: str
    version: int
    decision: str
    why: str
    numbers: Mapping[str, float]


def past_dates(store: Store, model: str) -> list[Past]:
    """What is kept of a model, oldest first."""
    found = [_past(run) for run in runs_of_kind(store, DATED, model) if run.info.status == FINISHED]
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
            return read_labels(store, past.run_id, LABELS), past.date
        except (MlflowException, OSError):  # whoever has cleared away the files still has the numbers
            continue
    return None


def _past(run: Run) -> Past:
    tags = run.data.tags
    about = (tags[DATE], int(tags[VERSION]), tags.get(DECISION, ""), tags.get(WHY, ""))
    return Past(str(run.info.run_id), *about, dict(run.data.metrics))


def runs_of_kind(store: Store, kind: str, model: str) -> Iterator[Run]:
    """The runs of this kind that are about a model."""
    query = f"tags.`{KIND}` = '{kind}' AND tags.`{MODEL}` = '{model}'"
    return found_by(
        store.client.search_runs, experiment_ids=[store.experiment_id], filter_string=query, max_results=1000
    )
