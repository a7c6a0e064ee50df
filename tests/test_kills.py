"""A sweep or one of its workers is killed, and started again: nothing may be lost, doubled or left RUNNING.

`python -m benchmarks.kills` does the same twenty times, at random moments.
"""

import time
from functools import partial
from pathlib import Path

import pytest

from benchmarks.kills import finished, trial


@pytest.mark.slow
def test_kills_cost_nothing_that_was_done(tmp_path: Path) -> None:
    """The sweep while it is opened, the sweep amid its runs, and then one of its workers."""
    database = tmp_path / "mlruns" / "mlflow.db"

    def so_many_are_done(done: int) -> None:
        deadline = time.monotonic() + 120
        while not database.exists() or len(finished(tmp_path)) < done:
            assert time.monotonic() < deadline, "the sweep does not get so far"
            time.sleep(0.1)

    kills = [(victim, partial(so_many_are_done, done)) for victim, done in (("sweep", 0), ("sweep", 3), ("worker", 7))]
    # Evidence is gathered after all runs, and that it is gone on with is tested beside it: tests/sweeper/test_weigh.py.
    assert trial(tmp_path, kills, "evidence=false") == []
