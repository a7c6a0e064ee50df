"""Runs of one pipeline against k."""

import pytest

from segkit.choosing import curve_of, pipelines_over_k
from segkit.records import FAILED, FINISHED, RunRecord


def run(algorithm: str, k: int, seed: int = 0, status: str = FINISHED, **metrics: float) -> RunRecord:
    steps = {"preprocessing": "standard", "reducer": "none", "algorithm": algorithm}
    name = f"{algorithm}-{k}-{seed}"
    return RunRecord(name, name, status, {**steps, "k": str(k), "seed": str(seed)}, metrics, fingerprint=name)


def test_a_pipeline_needs_three_k() -> None:
    runs = [run("kmeans", k) for k in (4, 2, 3)] + [run("gmm", k, seed) for k in (2, 3) for seed in (0, 1)]
    found = pipelines_over_k(runs)
    assert {name: [one.k for one in alike] for name, alike in found.items()} == {"standard-none-kmeans": [2, 3, 4]}


def test_failed_runs_and_runs_without_k_do_not_count() -> None:
    without = RunRecord("h", "h", FINISHED, {"algorithm": "hdbscan"}, fingerprint="h")
    assert pipelines_over_k([run("kmeans", 2), run("kmeans", 3), run("kmeans", 4, status=FAILED), without]) == {}


def test_a_curve_averages_over_seeds_and_leaves_out_what_is_not_known() -> None:
    runs = [run("kmeans", 3, 0, inertia=10.0), run("kmeans", 3, 1, inertia=20.0), run("kmeans", 2, inertia=40.0)]
    found = curve_of(runs)
    assert found["inertia"].to_dict() == {2: 40.0, 3: pytest.approx(15.0)}
    assert found["bic"].isna().all()
