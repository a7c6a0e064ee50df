"""A run of no sweep that was killed is closed by the next that computes the same."""

from dataclasses import replace

from segkit.records import RunLabel
from segkit.tracking.read import runs_alike
from segkit.tracking.runs import INTERRUPTED, _create, lone_run

LABEL = RunLabel("kmeans", {"k": "3"}, "0123456789abcdef")


def statuses(store) -> list[tuple[str, str]]:
    return sorted((run.status, run.reason) for run, _ in runs_alike(store, LABEL.fingerprint))


def test_what_a_killed_run_left_is_closed(store):
    _create(store, LABEL)
    with lone_run(store, LABEL):
        assert statuses(store) == [("FAILED", INTERRUPTED), ("RUNNING", "")]
    assert statuses(store) == [("FAILED", INTERRUPTED), ("FINISHED", "")]


def test_a_sweeps_runs_are_its_own_to_close(store):
    _create(store, replace(LABEL, parent="0" * 32))
    with lone_run(store, LABEL):
        pass
    assert statuses(store) == [("FINISHED", ""), ("RUNNING", "")]
