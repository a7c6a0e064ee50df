"""Finding and removing what a store holds of one customer: the tables that say who was in which segment."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
from mlflow.entities import Run, ViewType

from segkit.tracking.files import place_of, read_table
from segkit.tracking.store import Store
from segkit.unfinished import unfinished

_NAME = "labels.csv"
_SHOWN = 10
_FOLDERS = ("tables", "versions")


@dataclass(frozen=True)
class Trace:
    """A table among a run's files that has rows of the customer, and how many."""

    run_id: str
    path: str
    rows: int


def traces_of(store: Store, customer: str) -> list[Trace]:
    """Every table of ids in the store that names the customer, those of deleted runs included."""
    found = ((run, path, _rows_of(_table(store, run, path), customer)) for run, path in _tables(store))
    return [Trace(run, path, int(rows.sum())) for run, path, rows in found if rows.any()]


def forget(store: Store, customer: str, traces: list[Trace]) -> None:
    """Write these tables again without the customer; all other rows stay as they are written.

    Who is killed meanwhile leaves whole tables, some of which name the customer: to be found again.
    """
    for trace in traces:
        table = _table(store, trace.run_id, trace.path)
        _replace(store, trace, table[~_rows_of(table, customer)])


def as_values(customer: str, traces: Sequence[Trace], *, removed: bool) -> dict[str, Any]:
    """What was found and whether it is gone, for programs."""
    return {"id": customer, "removed": removed, "traces": [asdict(trace) for trace in traces]}


def as_text(values: Mapping[str, Any], store: Store) -> str:
    """The same for people, and what is left to them."""
    found, removed = values["traces"], values["removed"]
    rows = [f"  {trace['run_id']}  {trace['path']}  {trace['rows']}" for trace in found[:_SHOWN]]
    rows += [f"  ... and {len(found) - _SHOWN} more (format=json has all)"] if len(found) > _SHOWN else []
    first = f"{values['id']}: {len(found)} {'table' if len(found) == 1 else 'tables'} in {store.place}"
    done = (
        f"removed; the cache ({store.cache}) is emptied" if removed else "nothing is changed yet: sure=true removes it"
    )
    left = "left to you: your own tables, lists and scores, and what was brought to the app (docs/privacy.md)"
    return "\n".join([first, *rows, done, left])


def _tables(store: Store) -> Iterator[tuple[str, str]]:
    for run in _runs(store):
        yield from ((run.info.run_id, path) for folder in _FOLDERS for path in _below(store, run.info.run_id, folder))


def _runs(store: Store) -> Iterator[Run]:
    token = None
    while True:
        page = store.client.search_runs([store.experiment_id], run_view_type=ViewType.ALL, page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _below(store: Store, run_id: str, folder: str) -> Iterator[str]:
    for file in store.client.list_artifacts(run_id, folder):
        if file.is_dir:
            yield from _below(store, run_id, file.path)
        elif PurePosixPath(file.path).name == _NAME:
            yield file.path


def _table(store: Store, run_id: str, path: str) -> pd.DataFrame:
    """The table as text, so that what stays in it stays as it is."""
    return read_table(store, run_id, path, dtype=str, keep_default_na=False)


def _replace(store: Store, trace: Trace, table: pd.DataFrame) -> None:
    """Put a table in the place of the one that was there, in one step."""
    here = place_of(store, trace.run_id, trace.path)
    if here is not None:
        beside = unfinished(here)
        try:
            table.to_csv(beside, index=False)
            os.replace(beside, here)
        finally:
            beside.unlink(missing_ok=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        table.to_csv(Path(folder) / _NAME, index=False)
        store.client.log_artifact(trace.run_id, str(Path(folder) / _NAME), str(PurePosixPath(trace.path).parent))


def _rows_of(table: pd.DataFrame, customer: str) -> pd.Series:
    return table.iloc[:, 0] == customer
