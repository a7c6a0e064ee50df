"""Reading a run's files so that no copy of them stays behind."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import mlflow.artifacts
import pandas as pd

from segkit.errors import UserError
from segkit.tracking.patient import PatientClient
from segkit.tracking.store import Store


def read_table(store: Store, run_id: str, path: str, **how: Any) -> pd.DataFrame:
    """A table among a run's files, read as `how` tells pandas."""
    try:
        with _file(store, run_id, path) as file:
            return pd.read_csv(file, **how)
    except ValueError as error:  # no text, no table, nothing
        raise _damaged(f"{path} of the run {run_id}") from error


def place_of(store: Store, run_id: str, path: str) -> Path | None:
    """Where a run's file lies, or would, if that is in a folder of this machine."""
    address = urlsplit(store.client.get_run(run_id).info.artifact_uri)
    return Path(url2pathname(address.path)) / path if address.scheme in ("", "file") else None


@contextmanager
def _file(store: Store, run_id: str, path: str) -> Iterator[Path]:
    """A run's file where it lies, or a copy: a copy of what is here would stay behind if this process were killed."""
    here = place_of(store, run_id, path)
    if here is not None and here.is_file():
        yield here
        return
    with tempfile.TemporaryDirectory() as folder:  # without a place of ours MLflow leaves a copy among temporary files
        yield Path(store.client.download_artifacts(run_id, path, folder))


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
