"""A sweep or one of its workers is killed, and started again: nothing may be lost, doubled or left RUNNING.

`python -m benchmarks.kills` does the same twenty times, at random moments.
"""

import time
from pathlib import Path

import pytest

from benchmarks.kills import finished, trial


@pytest.mark.parametrize(("victim", "done"), [("sweep", 0), ("worker", 2), ("sweep", 5)])
def test_a_kill_costs_nothing_that_was_done(tmp_path: Path, victim: str, done: int) -> None:
    database, deadline = tmp_path / "mlruns" / "mlflow.db", time.monotonic() + 120

    def so_many_are_done() -> None:
        while not database.exists() or len(finished(tmp_path)) < done:
            assert time.monotonic() < deadline, "the sweep does not get so far"
            time.sleep(0.1)

    assert trial(tmp_path, victim, so_many_are_done) == []
