"""Sweeps in processes of their own: their state is read from disk, they stop and go on."""

import os
import signal
import time

import pytest

from segkit.app.running import work
from segkit.app.running.going import going
from segkit.app.running.progress_lines import Progress
from segkit.errors import UserError

LOG = """customers: 120 customers, 29 columns
2/24 runs  best robust-pca-kmeans-3 0.352
12/24 runs  2 failed  best standard-none-kmeans-4 0.064  about 12 s left
"""


def until(state: str, folder) -> work.Work:
    deadline = time.monotonic() + 20
    while (found := work.work_of(folder)).state != state or (state == work.RUNNING and not found.progress):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def test_there_is_nothing_before_a_start(own_place):
    assert work.work_of(own_place) is None
    assert going(None) == {"state": "none"}


def test_it_runs_and_answers(sleeper):
    work.start(sleeper, ["data=customers"])
    running = until(work.RUNNING, sleeper)
    assert (running.arguments, running.progress.done) == (("data=customers",), 3)
    (sleeper / "go").touch()
    assert until(work.DONE, sleeper).sweep == "abc"


def test_any_command_can_be_started(sleeper):
    work.start(sleeper, ["input=new.csv"], "score")
    until(work.RUNNING, sleeper)
    (sleeper / "go").touch()
    assert until(work.DONE, sleeper).answer == {"sweep": "abc"}


def test_two_at_once_are_refused(sleeper):
    work.start(sleeper, ["data=customers"])
    with pytest.raises(UserError, match="already"):
        work.start(sleeper, ["data=customers"])


def test_it_stops_and_goes_on(sleeper):
    work.start(sleeper, ["data=customers"])
    until(work.RUNNING, sleeper)
    work.stop(sleeper)
    assert until(work.STOPPED, sleeper).progress.best == "one 0.5"
    (sleeper / "go").touch()
    work.start(sleeper, ["data=customers"])
    assert until(work.DONE, sleeper).sweep == "abc"


def test_what_ends_by_itself_has_failed(sleeper):
    work.start(sleeper, ["data=customers"])
    until(work.RUNNING, sleeper)
    os.kill(work._values(sleeper)["pid"], signal.SIGKILL)
    assert "3/24 runs" in until(work.FAILED, sleeper).complaint


def test_stopping_what_does_not_run_does_nothing(own_place):
    work.stop(own_place)
    assert work.work_of(own_place) is None


def test_the_last_line_of_progress_counts():
    found = work.Work(work.RUNNING, (), 0.0, 30.0, LOG)
    assert found.progress == Progress(12, 24, "runs", "standard-none-kmeans-4 0.064", "about 12 s left")
    assert going(found)["says"] == "12 of 24 runs, about 12 s left"


def test_the_best_is_still_known_while_finalists_are_weighed():
    found = work.Work(work.RUNNING, (), 0.0, 30.0, f"{LOG}2/5 finalists weighed\n")
    assert (found.progress.done, found.progress.best) == (2, "standard-none-kmeans-4 0.064")
    assert going(found)["says"] == "2 of 5 best runs tested, 30 s"


def test_where_no_run_is_worth_testing_the_answer_comes_next():
    found = work.Work(work.RUNNING, (), 0.0, 30.0, "24/24 runs  9 s\n0/0 finalists weighed\n")
    assert going(found)["says"] == "writing the answer, 30 s"
