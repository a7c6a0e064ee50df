"""Sweeps whose jobs Dask workers do: the same table, whatever dies on the way, and plain words where it cannot be."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.kills import children, command_of, workers_of
from benchmarks.measured import ONE_THREAD, SEGKIT
from hydra_plugins.segkit_dask import _cluster
from tests.hosts_of import HERE, hosts_of

pytest.importorskip("distributed", reason="distributed is not installed")

LOCAL = ("hydra/launcher=segkit_dask", "hydra.launcher.n_workers=2")


# A cluster's worker waits for a job when this process says which it is.
LAUNCHER = """
import time
from hydra_plugins.segkit_dask._cluster import local_cluster
cluster = local_cluster("mlruns", 1, "auto", 0, 20)
print(*cluster.client.run(__import__("os").getpid).values(), flush=True)
time.sleep(60)
"""


def alike(table: str, other: str) -> bool:
    """Whether two sweeps ranked the same runs in the same way."""
    ranked, others = json.loads(table)["runs"], json.loads(other)["runs"]
    assert [run["name"] for run in ranked] == [run["name"] for run in others]
    pairs = zip(ranked, others, strict=True)
    return all(one["metrics"] == pytest.approx(two["metrics"], abs=1e-6) for one, two in pairs)


def states(folder: Path) -> Counter[str]:
    return Counter(status for *_, status in children(folder))


def undoubled(folder: Path) -> bool:
    """Whether every computation is there, finished once, and nothing says RUNNING."""
    marks = Counter(mark for _, mark, status in children(folder) if status == "FINISHED")
    assert states(folder)["RUNNING"] == 0
    return set(marks.values()) == {1} and len(marks) == 6


def started(folder: Path, sweep: tuple[str, ...], *more: str) -> "subprocess.Popen[str]":
    asked = [SEGKIT, *sweep, *LOCAL, "format=json", *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True, "start_new_session": True}
    return subprocess.Popen(asked, cwd=folder, env=os.environ | ONE_THREAD, **pipes)


def test_workers_listen_here_only_and_end_with_a_launcher_that_is_killed(own_place, until):
    with subprocess.Popen([sys.executable, "-c", LAUNCHER], stdout=subprocess.PIPE, text=True) as launcher:
        workers = [int(pid) for pid in launcher.stdout.readline().split()]
        listening = [hosts_of(launcher.pid), *map(hosts_of, workers)]
        launcher.kill()
    assert listening == [HERE, HERE]
    until(lambda: not any(map(command_of, workers)))


@pytest.mark.slow
def test_a_worker_of_this_machine_that_is_killed_costs_nothing(store, own_place, small_sweep, until, plain_table):
    sweep = started(own_place, small_sweep)
    until(lambda: states(own_place)["FINISHED"] >= 2 and states(own_place)["RUNNING"])
    os.kill(workers_of(sweep.pid)[0], signal.SIGKILL)
    out, _ = sweep.communicate(timeout=120)
    assert sweep.returncode == 0
    assert undoubled(own_place)
    assert alike(out, plain_table)
    assert not (own_place / "mlruns" / "dask").exists()


@pytest.mark.slow
def test_a_job_that_kills_its_workers_is_one_failed_run(store, own_place):
    (own_place / "mine" / "algorithm").mkdir(parents=True)
    (own_place / "mine" / "algorithm" / "deadly.yaml").write_text("_target_: os._exit\n_args_: [1]\n")
    more = ("hydra.launcher.allowed_failures=1", "--config-dir", "mine")
    sweep = ("sweep", "data.generate.rows=150", "algorithm=deadly,kmeans", "k=3", "evidence=false")
    done = started(own_place, sweep, *more)
    found = json.loads(done.communicate(timeout=120)[0])
    assert done.returncode == 1
    assert [run["name"] for run in found["runs"] if run["status"] == "FINISHED"] == ["standard-none-kmeans-3"]
    assert [run["reason"] for run in found["failed"]] == [
        "WorkerKilled: 2 workers that did it were killed, most likely for want of memory"
    ]
    assert states(own_place) == {"FINISHED": 1, "FAILED": 2}


@pytest.mark.slow
def test_workers_of_other_machines_rank_the_same_though_one_is_killed(
    store, segkit, own_place, small_sweep, machines, spawned, until, plain_table
):
    def kill_one() -> list[int]:
        until(lambda: states(own_place)["FINISHED"] >= 2 and states(own_place)["RUNNING"])
        workers = spawned(machines.nannies[0].pid)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        return workers

    def end_scheduler() -> None:
        until(lambda: states(own_place)["RUNNING"])
        machines.scheduler.kill()

    with ThreadPoolExecutor() as aside:
        killed = aside.submit(kill_one)
        done = segkit(*small_sweep, *machines.arguments(60), "format=json")
    assert len(killed.result()) == 1
    assert done.code == 0, done.err
    assert undoubled(own_place)
    assert alike(done.out, plain_table)
    runs = store.client.search_runs(["1"], "tags.`segkit.host` != '' and tags.`mlflow.parentRunId` != ''")
    assert {run.data.tags["segkit.host"].partition(":")[0] for run in runs} <= {"node1", "node2"}
    # The last test: a scheduler that goes takes the sweep with it, and what is done is kept.
    with ThreadPoolExecutor() as aside:
        ended = aside.submit(end_scheduler)
        lost = segkit(*small_sweep, *machines.arguments(1), "rerun=true")
    ended.result()
    assert lost.code == 1
    assert f"the Dask scheduler at {machines.address} is gone" in lost.err


def test_a_scheduler_that_does_not_answer_is_named(segkit, own_place, free_port):
    address = f"hydra.launcher.address=tcp://127.0.0.1:{free_port}"
    done = segkit("sweep", "k=3,4", LOCAL[0], address, "hydra.launcher.patience=0.3")
    assert done.code == 2
    assert done.err.startswith(
        f"error: no Dask scheduler answers at tcp://127.0.0.1:{free_port} (0.3 s waited)\n  start one"
    )
    assert not (own_place / "mlruns" / "mlflow.db").exists()


def test_a_scheduler_without_workers_is_named(segkit, monkeypatch, own_place):
    monkeypatch.setenv("TMPDIR", str(own_place))
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0") as cluster:
        address = cluster.scheduler_address
        done = segkit("sweep", "k=3,4", LOCAL[0], f"hydra.launcher.address={address}", "hydra.launcher.patience=0.3")
    assert done.code == 2
    assert (
        f"the Dask scheduler at {address} has no workers (0.3 s waited)\n  start some: dask worker {address}"
        in done.err
    )


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("n_workers=0", "hydra.launcher.n_workers=0 does not do"),
        ("memory_limit=lots", "hydra.launcher.memory_limit=lots is no size"),
        ("address=foo://here", "hydra.launcher.address=foo://here does not do"),
    ],
)
def test_settings_that_cannot_be_are_named_before_anything_is_written(segkit, own_place, monkeypatch, setting, problem):
    monkeypatch.setattr(_cluster, "start_fork_server", lambda ready: None)
    done = segkit("sweep", "k=3,4", LOCAL[0], f"hydra.launcher.{setting}")
    assert done.code == 2
    assert problem in done.err
    assert not (own_place / "mlruns" / "mlflow.db").exists()


def test_without_the_package_the_extra_is_named(segkit, monkeypatch):
    monkeypatch.setattr(_cluster, "find_spec", lambda name: None)
    done = segkit("sweep", "k=3,4", LOCAL[0])
    assert done.code == 2
    assert "pip install 'segkit[dask]'" in done.err
