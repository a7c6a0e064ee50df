"""Reading back what a sweep found out about its best runs; what it did not look into is absent."""

from contextlib import suppress

import pandas as pd

from segkit.evidence.agreement import agreement, mean_agreement
from segkit.over_seeds import SeedGroup, over_seeds, with_same_labels
from segkit.selection import Ranking
from segkit.tracking.files import read_table
from segkit.tracking.store import Store
from segkit.tracking.weighing import labels_of

# Labels are read from files, some ten milliseconds a run: of so many groups, and so many runs of each.
_MOST_READ, _MOST_SEEDS = 5, 10
_EVIDENCE = ("agreement", "splits", "rivals", "k_suggestions")


def sweep_evidence(store: Store, parent: str) -> dict[str, pd.DataFrame]:
    """The tables of evidence on a sweep's parent run, by name.

    agreement (square, by run names), splits, rivals, k_suggestions.
    """
    found = {name: _table(store, parent, "", f"{name}.csv") for name in _EVIDENCE}
    tables = {name: table for name, table in found.items() if table is not None}
    if "agreement" in tables:
        tables["agreement"] = _square(tables["agreement"])
    if "k_suggestions" in tables:
        tables["k_suggestions"] = tables["k_suggestions"].astype({"k": "Int64"})
    return tables


def segment_names(store: Store, run_id: str) -> dict[int, str]:
    """What a run calls its segments; empty if its table is gone."""
    return names_in(segments_table(store, run_id))


def names_in(segments: pd.DataFrame | None) -> dict[int, str]:
    """What a table of segments calls them; empty without one."""
    if segments is None:
        return {}
    return dict(zip(segments["segment"].astype(int), segments["name"].astype(str), strict=True))


def segments_table(store: Store, run_id: str) -> pd.DataFrame | None:
    """A run's table of segments; None if it is gone."""
    return _table(store, run_id, "tables", "segments.csv")


def seed_groups(store: Store, ranking: Ranking) -> list[SeedGroup]:
    """The groups of runs that differ in the seed alone, the best of them with how far their labels agree."""
    groups = over_seeds(ranking)
    return [*(_with_labels(store, group) for group in groups[:_MOST_READ]), *groups[_MOST_READ:]]


def _with_labels(store: Store, group: SeedGroup) -> SeedGroup:
    with suppress(Exception):  # whoever has cleared away the files still has the numbers
        found = agreement({run.run_id: labels_of(store, run) for run in group.runs[:_MOST_SEEDS]})
        return with_same_labels(group, list(mean_agreement(found).values()))
    return group


def _table(store: Store, run_id: str, folder: str, name: str) -> pd.DataFrame | None:
    path = f"{folder}/{name}" if folder else name
    if path not in {item.path for item in store.client.list_artifacts(run_id, folder or None)}:
        return None
    return read_table(store, run_id, path)


def _square(table: pd.DataFrame) -> pd.DataFrame:
    """Rows named like the columns, whether or not their names were written."""
    named = table.set_index(table.columns[0]) if table.shape[1] > len(table) else table
    return named.set_axis(named.columns, axis=0)
