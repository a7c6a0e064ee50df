"""A sweep or one of its workers is killed, and started again: nothing may be lost, doubled or left RUNNING.

`python -m benchmarks.kills` does the same twenty times, at random moments.
"""

import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from benchmarks.kills import RUNS, children, trial


def enough(states: Counter[str], done: int, running: int) -> bool:
    """So many are done and so many at work, or nearly all are done: short of that the sweep would end meanwhile."""
    finished = states["FINISHED"]
    return (finished >= done and states["RUNNING"] >= running) or finished >= RUNS - 2


@pytest.mark.slow
def test_kills_cost_nothing_that_was_done(tmp_path: Path) -> None:
    """The sweep while it is opened, the sweep amid its runs, and then one of its workers."""
    database = tmp_path / "mlruns" / "mlflow.db"

    def so_many_are_done(done: int, running: int = 0) -> None:
        deadline = time.monotonic() + 120
        while not database.exists() or not enough(Counter(status for *_, status in children(tmp_path)), done, running):
            assert time.monotonic() < deadline, "the sweep does not get so far"
            time.sleep(0.02)

    kills = [("sweep", partial(so_many_are_done, 0)), ("sweep", partial(so_many_are_done, 3))]
    kills.append(("worker", partial(so_many_are_done, 4, running=2)))
    # Evidence is gathered after all runs, and that it is gone on with is tested beside it: tests/sweeper/test_weigh.py.
    assert trial(tmp_path, kills, "evidence=false") == []
