"""Writing a first look at a table: one finished run that holds the page, and no model."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from mlflow.entities import RunTag

from segkit.data import Dataset
from segkit.records import RunLabel
from segkit.tracking.descriptions import without_tags
from segkit.tracking.killed import close_killed
from segkit.tracking.names import DATA, KIND, NOTE
from segkit.tracking.runs import log_dataset, logged_run, run_lock
from segkit.tracking.store import Store
from segkit.tracking.views import artifact_link

EXPLORATION = "exploration"
PAGE = "explore.html"


def log_exploration(
    store: Store, dataset: Dataset, page: str, tables: Mapping[str, pd.DataFrame], note: str = ""
) -> str:
    """Keep the page and its tables as a run of their own; the id of the run.

    It belongs to no sweep, and its fingerprint is none that a run of a pipeline can have.
    """
    tags = {DATA: dataset.name, KIND: EXPLORATION}
    label = RunLabel(f"explore {dataset.name}", {}, f"explore-{dataset.key}", tags=tags)
    with run_lock(store, label.fingerprint):
        close_killed(store, held=label.fingerprint)
        return _logged(store, label, dataset, page, tables, note)


def _logged(
    store: Store, label: RunLabel, dataset: Dataset, page: str, tables: Mapping[str, pd.DataFrame], note: str
) -> str:
    with logged_run(store, label) as run_id:
        store.client.log_batch(run_id, tags=[RunTag(NOTE, without_tags(note))])
        log_dataset(store, run_id, dataset)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / PAGE).write_text(page, encoding="utf-8")
            for name, table in tables.items():
                table.to_csv(Path(folder) / f"{name}.csv", index=False)
            store.client.log_artifacts(run_id, folder)
    return run_id


def page_link(store: Store, run_id: str) -> str:
    """The address of the page in the MLflow UI."""
    return artifact_link(store, run_id, PAGE)
