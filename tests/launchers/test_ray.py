"""A sweep's jobs as tasks of Ray: the same table, and plain words where it cannot be."""

import importlib.util
import json
import sys

import pytest

RAY = "hydra/launcher=segkit_ray"
installed = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")


def test_without_the_package_the_extra_is_named(segkit, monkeypatch, own_place) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    done = segkit("sweep", "k=3,4", RAY)
    assert done.code == 2
    assert "needs the package ray\n  pip install 'segkit[ray]'" in done.err
    assert not (own_place / "mlruns" / "mlflow.db").exists()


@pytest.mark.parametrize(
    ("setting", "problem"), [("n_workers=0", "hydra.launcher.n_workers=0 does not do"), ("workers=2", "unknown key")]
)
def test_settings_that_cannot_be_are_named(segkit, own_place, setting: str, problem: str) -> None:
    done = segkit("sweep", "k=3,4", RAY, f"hydra.launcher.{setting}")
    assert done.code == 2
    assert problem in done.err


@installed
def test_a_cluster_that_does_not_answer_is_named(segkit, own_place, free_port) -> None:
    done = segkit("sweep", "k=3,4", RAY, f"hydra.launcher.address=127.0.0.1:{free_port}")
    assert done.code == 2
    assert f"no Ray cluster answers at 127.0.0.1:{free_port}" in done.err
    assert not (own_place / "mlruns" / "mlflow.db").exists()


@installed
@pytest.mark.slow
def test_rays_workers_rank_the_same_and_a_job_that_kills_them_is_one_failed_run(store, command, own_place) -> None:
    (own_place / "mine" / "algorithm").mkdir(parents=True)
    (own_place / "mine" / "algorithm" / "deadly.yaml").write_text("_target_: os._exit\n_args_: [1]\n")
    sweep = ("sweep", "data.generate.rows=150", "k=3", "evidence=false", "format=json")
    plain = command(own_place, *sweep, "algorithm=kmeans,birch", "hydra/launcher=basic", "tracking.folder=other")
    ray = (RAY, "hydra.launcher.n_workers=2", "hydra.launcher.retries=1", "--config-dir", "mine")
    done = command(own_place, *sweep, "algorithm=deadly,kmeans,birch", *ray)
    assert done.code == 1, done.err
    found, others = json.loads(done.out), json.loads(plain.out)["runs"]
    ranked = [run for run in found["runs"] if run["status"] == "FINISHED"]
    assert [run["name"] for run in ranked] == [run["name"] for run in others]
    assert ranked[0]["metrics"] == pytest.approx(others[0]["metrics"], abs=1e-6)
    assert [run["reason"] for run in found["failed"]] == [
        "WorkerKilled: 2 workers that did it were killed (WorkerCrashedError)"
    ]
