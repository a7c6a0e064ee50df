"""Reading a run's files so that no copy of them stays behind."""

import tempfile

import pandas as pd

from segkit.tracking.store import Store


def read_table(store: Store, run_id: str, path: str) -> pd.DataFrame:
    """A table among a run's files."""
    with tempfile.TemporaryDirectory() as folder:  # without a place of ours MLflow leaves a copy among temporary files
        return pd.read_csv(store.client.download_artifacts(run_id, path, folder))
