"""What a promotion is told beside the run: its customers where they can be read, and names of people's own."""

from pathlib import Path

from segkit.config.datasets import load_dataset
from segkit.config.kept import kept_config
from segkit.data import Dataset
from segkit.errors import UserError, WorkFailed
from segkit.profiles.names_file import Called, check_numbers_of_run, read_names
from segkit.records import RunRecord
from segkit.tracking.read import find_run
from segkit.tracking.registry.heirs import Tables
from segkit.tracking.reporting import run_scorer
from segkit.tracking.store import Store


def tables_of(store: Store) -> Tables:
    """Finds the table of a run by its id, as it lies where it was read from; None where it is not there any more."""

    def table(run_id: str) -> Dataset | None:
        try:
            return load_dataset(kept_config(store, find_run(store, run_id)[0]))
        except (UserError, WorkFailed, OSError):
            return None

    return table


def given_names(path: Path, store: Store, run: RunRecord) -> dict[int, Called]:
    """The names in a file, for the run's own numbers."""
    check_numbers_of_run(path, run.run_id)
    return read_names(path, run_scorer(store, run).names)
