"""What a run on its own tells at its end."""

import sys
from typing import Any

from segkit.config.datasets import brief_of
from segkit.config.labels import evens_tails
from segkit.data.dataset import Dataset
from segkit.data.worth_knowing import worth_knowing
from segkit.outcome import RunOutcome, print_run, understood
from segkit.tracking.store import Store
from segkit.tracking.views import run_link


def tell(config: Any, dataset: Dataset, result: Any, name: str, run_id: str, store: Store) -> None:
    """What was understood of the table, and what came of the run of that name and id."""
    brief = brief_of(config.brief)
    print(understood(dataset, brief, worth_knowing(dataset, evens_tails(config.preprocessing))), file=sys.stderr)
    said = (brief, run_link(store, run_id), config.note, result.tables.get("influence"))
    print_run(config.format, RunOutcome(name, run_id, result.metrics, result.segments, *said))
