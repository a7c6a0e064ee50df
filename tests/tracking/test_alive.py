"""Whether a run that says RUNNING lives: by its lock here, by signs of life or by who did its job elsewhere."""

import time
from dataclasses import replace

import pytest

from segkit.records import FAILED, FINISHED, RUNNING, RunLabel, RunRecord
from segkit.tracking import alive, runs, sweeps
from segkit.tracking.read import find_run, sweep_runs
from segkit.tracking.runs import logged_run, run_lock

FAR = RunRecord("r1", "run", RUNNING, fingerprint="f1", host="elsewhere:/mlruns")


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock that looks are timed by."""
    now = [1000.0]
    monkeypatch.setattr(alive.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(alive, "_SEEN", {})

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


def label(parent: str) -> RunLabel:
    return RunLabel("run", {}, "f1", parent)


def test_a_far_run_is_given_up_once_it_was_silent_for_long(store, clock):
    for _ in range(3):
        assert not alive.is_orphan(store, FAR, [])
        clock(20)
    assert alive.is_orphan(store, FAR, [])


def test_a_sign_of_life_begins_the_wait_anew(store, clock):
    for sign in ("", "1", "2", "3", "4"):
        assert not alive.is_orphan(store, replace(FAR, alive=sign), [])
        clock(25)


def test_who_could_not_look_for_long_does_not_judge(store, clock):
    for _ in range(3):
        assert not alive.is_orphan(store, FAR, [])
        clock(70)


def test_a_far_run_whose_job_was_done_anew_is_an_orphan_at_once(store):
    assert alive.is_orphan(store, FAR, [FAR, RunRecord("r2", "run", FINISHED, fingerprint="f1")])
    assert not alive.is_orphan(store, FAR, [FAR, RunRecord("r2", "run", FINISHED, fingerprint="f2")])


def test_here_the_lock_decides(store):
    here = replace(FAR, host=alive.place_of(store))
    with run_lock(store, "f1"):
        assert not alive.is_orphan(store, here, [])
    assert alive.is_orphan(store, here, [])


def test_a_run_that_lasts_gives_signs_and_one_that_does_not_gives_none(store, monkeypatch):
    with logged_run(store, label("")) as short:
        pass
    monkeypatch.setattr(alive, "BEAT_SECONDS", 0.01)
    with logged_run(store, label("")) as long:
        while not find_run(store, long)[0].alive:
            time.sleep(0.01)
    assert find_run(store, short)[0].alive == ""
    assert find_run(store, short)[0].host == alive.place_of(store)


def test_a_worker_that_comes_back_finds_its_job_done(store, monkeypatch):
    parent = sweeps.open_sweep(store, "abc", "customers", {}, "")
    monkeypatch.setattr(runs, "BEAT_SECONDS", -1.0)
    with logged_run(store, label(parent)) as late, logged_run(store, label(parent)) as first:
        pass
    assert find_run(store, first)[0].status == FINISHED
    assert find_run(store, late)[0].reason.startswith("superseded")


def test_of_two_that_computed_the_same_the_first_counts(store):
    parent = sweeps.open_sweep(store, "abc", "customers", {}, "")
    for _ in range(2):
        with logged_run(store, label(parent)):
            pass
    sweeps.close_doubles(store, sweep_runs(store, parent))
    assert [run.status for run in sweep_runs(store, parent)] == [FINISHED, FAILED]


def test_a_job_done_again_closes_what_its_killed_worker_left(store):
    parent = sweeps.open_sweep(store, "abc", "customers", {}, "")
    tags = {"mlflow.parentRunId": parent, "segkit.fingerprint": "f1"}
    for host in (alive.place_of(store), "elsewhere:/mlruns"):
        store.client.create_run(store.experiment_id, tags=tags | {"segkit.host": host})
    assert not sweeps.done_meanwhile(store, parent, "f1", "customers")
    found = {run.host: run.status for run in sweep_runs(store, parent)}
    assert found == {alive.place_of(store): FAILED, "elsewhere:/mlruns": RUNNING}
    assert sweeps.at_work_elsewhere(store, sweep_runs(store, parent)) == {"f1": "elsewhere:/mlruns"}


def test_where_all_is_to_be_fresh_only_the_same_sweep_counts(store):
    parent = sweeps.open_sweep(store, "abc", "customers", {}, "")
    with logged_run(store, RunLabel("run", {}, "f1")):
        pass
    assert not sweeps.done_meanwhile(store, parent, "f1", "customers", fresh=True)
    assert sweeps.done_meanwhile(store, parent, "f1", "customers")
    assert sweeps.done_meanwhile(store, parent, "f1", "customers", fresh=True)
