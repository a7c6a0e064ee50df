"""Reading a run's files so that no copy of them stays behind."""

import tempfile
from pathlib import Path
from typing import Any

import mlflow.artifacts
import pandas as pd

from segkit.errors import UserError
from segkit.tracking.patient import PatientClient
from segkit.tracking.store import Store


def read_table(store: Store, run_id: str, path: str, **how: Any) -> pd.DataFrame:
    """A table among a run's files, read as `how` tells pandas."""
    with tempfile.TemporaryDirectory() as folder:  # without a place of ours MLflow leaves a copy among temporary files
        try:
            return pd.read_csv(store.client.download_artifacts(run_id, path, folder), **how)
        except ValueError as error:  # no text, no table, nothing
            raise _damaged(f"{path} of the run {run_id}") from error


def read_labels(store: Store, run_id: str, path: str) -> pd.Series:
    """The segments by customer that lie among a run's files; ids are text, lest 007 become 7 and NA nobody."""
    table = read_table(store, run_id, path, converters={0: str}, keep_default_na=False)
    if "segment" not in table:
        raise _damaged(f"{path} of the run {run_id}")
    return table.set_index(table.columns[0])["segment"]


def download(store: Store, address: str, folder: str) -> Path:
    """A file of the store's by its address, in a folder."""
    named = {"artifact_uri": address, "dst_path": folder, "tracking_uri": store.uri}
    client = store.client
    if isinstance(client, PatientClient):
        return Path(client.call(mlflow.artifacts.download_artifacts, **named))
    return Path(mlflow.artifacts.download_artifacts(**named))


def read_text(store: Store, address: str) -> str:
    """The text of such a file."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return download(store, address, folder).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise _damaged(address) from error


def _damaged(what: str) -> UserError:
    return UserError(f"{what} is damaged in the store", "put it back from a copy, or run it again")
