"""What a report needs of a run's files, and the report put beside them."""

import tempfile
from pathlib import Path

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.errors import WorkFailed
from segkit.records import RunRecord
from segkit.scoring.scorer import Scorer
from segkit.tracking.files import read_table, read_text
from segkit.tracking.model_files import read_scorer, run_model_location
from segkit.tracking.store import Store

_FOLDER = "report"


def run_config(store: Store, run: RunRecord) -> str:
    """The configuration that a run was computed with, as YAML."""
    try:
        return read_text(store, f"{_artifacts(store, run.model_run)}/config.yaml")
    except (MlflowException, OSError) as error:
        raise WorkFailed(f"the files of run {run.model_run} are gone; run it again with rerun=true") from error


def fitted_hash(store: Store, run: RunRecord) -> str:
    """The hash of the table that a run was fitted on; "" if it was not logged."""
    inputs = store.client.get_run(run.model_run).inputs
    return str(inputs.dataset_inputs[0].dataset.digest) if inputs and inputs.dataset_inputs else ""


def run_scorer(store: Store, run: RunRecord) -> Scorer:
    """What scores customers as a run segments them."""
    return read_scorer(store, run_model_location(store, run.model_run))


def stability_of(store: Store, run: RunRecord) -> pd.DataFrame | None:
    """How surely each segment of a run comes out again; None where that was not looked into."""
    for run_id in (run.run_id, run.model_run):  # evidence hangs where it was gathered
        if "tables/stability.csv" in {item.path for item in store.client.list_artifacts(run_id, "tables")}:
            return read_table(store, run_id, "tables/stability.csv")
    return None


def attach_report(store: Store, run: RunRecord, path: Path, form: str) -> None:
    """Keep a copy of the report beside the run's other files, under a name that does not depend on where it lies."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ("report.html" if form == "html" else "segments.xlsx")
        copy.write_bytes(path.read_bytes())
        store.client.log_artifact(run.model_run, str(copy), _FOLDER)


def _artifacts(store: Store, run_id: str) -> str:
    return str(store.client.get_run(run_id).info.artifact_uri).rstrip("/")
