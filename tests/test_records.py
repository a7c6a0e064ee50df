"""Logged runs as plain values."""

import pytest

from segkit.records import FAILED, FINISHED, RUNNING, RunRecord, latest_of_each


@pytest.mark.parametrize(("params", "k"), [({"k": "4"}, 4), ({}, None), ({"k": ""}, None), ({"k": "auto"}, None)])
def test_k_is_there_if_the_algorithm_takes_one(params: dict[str, str], k: int | None) -> None:
    assert RunRecord("1", "a", FINISHED, params).k == k


def test_the_pipeline_names_every_step_but_not_k() -> None:
    steps = {"preprocessing": "standard", "reducer": "pca", "algorithm": "gmm"}
    names = {RunRecord("1", "a", FINISHED, steps | {"k": k}).pipeline for k in "34"}
    assert names == {"standard-pca-gmm"}
    assert RunRecord("1", "a", FINISHED).pipeline == "?-?-?"


def test_runs_of_one_pipeline_differ_in_k_alone() -> None:
    steps = {"preprocessing": "standard", "reducer": "none", "algorithm": "gmm", "k": "3"}
    full, tied = (RunRecord("1", "a", FINISHED, steps | {"covariance_type": kind}) for kind in ("full", "tied"))
    assert full.pipeline == "standard-none-gmm-covariance_type=full"
    assert tied.pipeline == "standard-none-gmm-covariance_type=tied"


def test_runs_that_differ_in_k_and_seed_alone_are_of_one_pipeline() -> None:
    steps = {"preprocessing": "standard", "reducer": "pca", "algorithm": "gmm", "n_components": "3"}
    names = {RunRecord("1", "a", FINISHED, steps | {"k": k, "seed": s}).pipeline for k, s in ("30", "41")}
    assert names == {"standard-pca-gmm-n_components=3"}


@pytest.mark.parametrize(
    ("statuses", "chosen"),
    [
        ([FINISHED], 0),
        ([FAILED, FINISHED], 1),
        ([FINISHED, FAILED], 0),
        ([FINISHED, RUNNING], 0),
        ([FINISHED, FINISHED], 0),
        ([FAILED, FAILED], 1),
        ([FAILED, RUNNING], 1),
    ],
)
def test_a_finished_try_counts_and_else_the_latest(statuses: list[str], chosen: int) -> None:
    runs = [RunRecord(str(i), "a", status, fingerprint="f") for i, status in enumerate(statuses)]
    assert latest_of_each(runs) == [runs[chosen]]


def test_each_fingerprint_is_there_once_in_the_order_of_its_first_try() -> None:
    runs = [RunRecord(mark + status, mark, status, fingerprint=mark) for mark, status in zip("xyx", "ABC", strict=True)]
    assert [run.run_id for run in latest_of_each(runs)] == ["xC", "yB"]
    assert latest_of_each([]) == []
