"""The customers that runs were fitted on, for commands that can do without them."""

from segkit.config.datasets import load_dataset
from segkit.config.kept import kept_config
from segkit.data import Dataset
from segkit.errors import UserError, WorkFailed
from segkit.tracking.heirs import Tables
from segkit.tracking.read import find_run
from segkit.tracking.store import Store


def tables_of(store: Store) -> Tables:
    """Finds the table of a run by its id, as it lies where it was read from; None where it is not there any more."""

    def table(run_id: str) -> Dataset | None:
        try:
            return load_dataset(kept_config(store, find_run(store, run_id)[0]))
        except (UserError, WorkFailed, OSError):
            return None

    return table
