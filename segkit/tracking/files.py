"""Reading a run's files so that no copy of them stays behind."""

import tempfile
from typing import Any

import pandas as pd

from segkit.tracking.store import Store


def read_table(store: Store, run_id: str, path: str, **how: Any) -> pd.DataFrame:
    """A table among a run's files, read as `how` tells pandas."""
    with tempfile.TemporaryDirectory() as folder:  # without a place of ours MLflow leaves a copy among temporary files
        return pd.read_csv(store.client.download_artifacts(run_id, path, folder), **how)


def read_labels(store: Store, run_id: str, path: str) -> pd.Series:
    """The segments by customer that lie among a run's files; ids are text, lest 007 become 7 and NA nobody."""
    table = read_table(store, run_id, path, converters={0: str}, keep_default_na=False)
    return table.set_index(table.columns[0])["segment"]
