"""Reading back what a sweep found out about its best runs; what it did not look into is absent."""

import pandas as pd

from segkit.tracking.files import read_table
from segkit.tracking.store import Store

_EVIDENCE = ("agreement", "splits", "rivals")


def sweep_evidence(store: Store, parent: str) -> dict[str, pd.DataFrame]:
    """The tables of evidence on a sweep's parent run, by name: agreement (square, by run names), splits, rivals."""
    found = {name: _table(store, parent, "", f"{name}.csv") for name in _EVIDENCE}
    tables = {name: table for name, table in found.items() if table is not None}
    if "agreement" in tables:
        tables["agreement"] = _square(tables["agreement"])
    return tables


def segment_names(store: Store, run_id: str) -> dict[int, str]:
    """What a run calls its segments; empty if its table is gone."""
    table = segments_table(store, run_id)
    return {} if table is None else dict(zip(table["segment"].astype(int), table["name"].astype(str), strict=True))


def segments_table(store: Store, run_id: str) -> pd.DataFrame | None:
    """A run's table of segments; None if it is gone."""
    return _table(store, run_id, "tables", "segments.csv")


def _table(store: Store, run_id: str, folder: str, name: str) -> pd.DataFrame | None:
    path = f"{folder}/{name}" if folder else name
    if path not in {item.path for item in store.client.list_artifacts(run_id, folder or None)}:
        return None
    return read_table(store, run_id, path)


def _square(table: pd.DataFrame) -> pd.DataFrame:
    """Rows named like the columns, whether or not their names were written."""
    named = table.set_index(table.columns[0]) if table.shape[1] > len(table) else table
    return named.set_axis(named.columns, axis=0)
