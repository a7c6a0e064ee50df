"""What a killed process left RUNNING is closed by the next that begins something, and nothing else is."""

from dataclasses import replace
from threading import Timer

import pytest
from filelock import FileLock

from segkit.records import RunLabel
from segkit.tracking.alive import sweep_lock_path
from segkit.tracking.killed import close_killed
from segkit.tracking.names import HOST
from segkit.tracking.read import find_run
from segkit.tracking.relocate import relocate
from segkit.tracking.runs import INTERRUPTED, _create, run_lock
from segkit.tracking.sweeps import open_sweep, sweep_lock

LABEL = RunLabel("kmeans", {"k": "3"}, "0123456789abcdef")


def state(store, run_id: str) -> tuple[str, str]:
    run, _ = find_run(store, run_id)
    return run.status, run.reason


def begun_sweep(store) -> str:
    return open_sweep(store, "feed", "shop", {}, "k: 3")


@pytest.mark.parametrize("label", [LABEL, replace(LABEL, parent="0" * 32)])
def test_a_run_that_nobody_asks_for_again(store, label):
    run_id = _create(store, label)
    close_killed(store)
    assert state(store, run_id) == ("FAILED", INTERRUPTED)


def test_a_sweep_that_nobody_asks_for_again(store):
    parent = begun_sweep(store)
    close_killed(store)
    assert store.client.get_run(parent).info.status == "FAILED"


def test_what_somebody_is_at_stays(store):
    run_id, parent = _create(store, LABEL), begun_sweep(store)
    with run_lock(store, LABEL.fingerprint), sweep_lock(store, "feed"):
        close_killed(store)
    assert state(store, run_id) == ("RUNNING", "")
    assert store.client.get_run(parent).info.status == "RUNNING"


def test_who_holds_the_lock_knows_that_the_one_before_is_gone(store):
    run_id = _create(store, LABEL)
    with run_lock(store, LABEL.fingerprint):
        close_killed(store, held=LABEL.fingerprint)
    assert state(store, run_id) == ("FAILED", INTERRUPTED)


def test_what_was_begun_elsewhere_stays_unless_the_store_was_moved_from_there(store):
    run_id = _create(store, LABEL)
    store.client.set_tag(run_id, HOST, "machine:/old/mlruns")
    close_killed(store)
    assert state(store, run_id) == ("RUNNING", "")
    node = store.client.get_run(_create(store, LABEL)).data.tags[HOST].partition(":")[0]
    store.client.set_tag(run_id, HOST, f"{node}:/old/mlruns")
    relocate(store.folder / "mlflow.db", "file:///old/mlruns/artifacts", (store.folder / "artifacts").as_uri())
    close_killed(store)
    assert state(store, run_id) == ("FAILED", INTERRUPTED)


def test_one_that_looks_does_not_stop_a_sweep_from_starting(store):
    store.locks.mkdir(exist_ok=True)
    looking = FileLock(sweep_lock_path(store, "feed"), thread_local=False)
    looking.acquire()
    Timer(0.05, looking.release).start()
    with sweep_lock(store, "feed") as lock:
        assert lock.is_locked
