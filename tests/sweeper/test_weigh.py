"""The evidence stage: what is dear to find out, on finalists, once."""

import pytest

from segkit.config import weighed
from segkit.errors import UserError
from segkit.evidence.gathering import Evidence
from segkit.fingerprint import evidence_hash
from segkit.tracking import weighing
from segkit.tracking.names import EVIDENCE


def test_evidence_is_gathered_on_finalists_alone(once_weighed) -> None:
    small, done = once_weighed
    assert done.code == 0, done.err
    assert len(small.runs()) == 6
    assert len(small.asked) == len(small.weighed()) == 5
    assert {run.evidence for run in small.weighed()} == {evidence_hash()}
    assert all("agreement" in run.metrics for run in small.weighed())
    assert "5/5 finalists weighed" in done.err


def test_the_pipeline_of_each_finalist_is_fitted_again(once_weighed) -> None:
    small, _ = once_weighed
    asked = sorted((model.algorithm.n_clusters, model.reducer == "passthrough") for model in small.asked)
    params = [run.params for run in small.weighed()]
    assert asked == sorted((int(one["k"]), one["reducer"] == "none") for one in params)


def test_a_second_start_gathers_nothing_and_says_the_same(once_weighed, weighed_small) -> None:
    again = weighed_small.sweep()
    assert (again.code, again.out) == (0, once_weighed[1].out)
    assert weighed_small.asked == []
    assert "weighed" not in again.err


@pytest.mark.parametrize("lost", ["of older code", "half written"])
def test_one_finalists_missing_evidence_is_gathered_alone(weighed_small, lost: str) -> None:
    small = weighed_small
    run = small.weighed()[0]
    if lost == "of older code":
        small.store.client.set_tag(run.run_id, EVIDENCE, "0123456789abcdef")
    else:
        small.store.client.delete_tag(run.run_id, EVIDENCE)
    again = small.sweep()
    assert again.code == 0, again.err
    assert [model.algorithm.n_clusters for model in small.asked] == [int(run.params["k"])]
    assert "1/1 finalists weighed" in again.err


def test_a_sweep_stopped_between_two_finalists_goes_on_with_the_next(small, monkeypatch) -> None:
    gather, calls = weighed.gather, []

    def stopped(*given):
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return gather(*given)

    monkeypatch.setattr(weighed, "gather", stopped)
    assert small.sweep().code == 130
    assert len(small.weighed()) == 2
    again = small.sweep()
    assert again.code == 0, again.err
    assert len(calls) == 3 + 3
    assert len(small.weighed()) == 5


def test_a_job_that_fails_is_told_and_the_sweep_ends_well(small, monkeypatch) -> None:
    gather, calls = weighed.gather, []

    def sometimes(*given):
        calls.append(given)
        if len(calls) == 2:
            raise ValueError("halves are too small\nof all things")
        return gather(*given)

    monkeypatch.setattr(weighed, "gather", sometimes)
    done = small.sweep()
    assert done.code == 0, done.err
    (told,) = [line for line in done.err.splitlines() if line.startswith("no evidence on")]
    assert told.endswith(": ValueError: halves are too small")
    assert "Traceback" not in done.err
    assert len(calls) == 5
    assert len(small.weighed()) == 4
    assert {run.status for run in small.runs()} == {"FINISHED"}
    champion = small.compare()["champion"]
    assert champion in {run.run_id for run in small.weighed()}


def test_where_every_job_fails_nothing_has_been_tested(small, monkeypatch) -> None:
    def never(*given):
        raise UserError("no", "nothing helps")

    monkeypatch.setattr(weighed, "gather", never)
    done = small.sweep()
    assert done.code == 0, done.err
    assert done.err.count("no evidence on") == 5
    assert small.compare()["verdict"] == "untested"


def test_workers_that_are_gone_are_told_and_the_sweep_ends_well(small, monkeypatch) -> None:
    from hydra._internal.core_plugins.basic_launcher import BasicLauncher

    def gone(*given, **named):
        raise RuntimeError("a worker was killed")

    monkeypatch.setattr(BasicLauncher, "launch", gone)
    done = small.sweep()
    assert done.code == 0, done.err
    assert "a worker was killed" in done.err
    assert small.compare()["verdict"] == "untested"


def test_a_wider_sweep_takes_over_the_evidence_on_what_it_takes_over(weighed_small) -> None:
    small = weighed_small
    known = {run.fingerprint for run in small.weighed()}
    done = small.sweep("k=3,4,5,6")
    assert done.code == 0, done.err
    fresh = {run.fingerprint for run in small.weighed()} - known
    assert len(small.runs()) == 8
    assert len(small.asked) == len(fresh) <= 3


def test_evidence_that_was_not_asked_for_is_not_gathered(small) -> None:
    done = small.sweep("evidence=false")
    assert done.code == 0, done.err
    assert small.asked == []
    assert small.weighed() == []
    assert small.compare()["verdict"] == "untested"
    assert "Whether these are natural segments has not been tested." in " ".join(done.out.split())


def test_what_was_gathered_is_logged_where_the_run_has_its_files(small, monkeypatch) -> None:
    monkeypatch.setattr(weighed, "gather", lambda *given: Evidence({"stability": 0.5}))
    small.sweep()
    for run in small.weighed():
        assert len(weighing.labels_of(small.store, run)) == 150


def test_each_reduced_space_is_shown_once_on_the_parent(weighed_small) -> None:
    small = weighed_small
    parent = small.found().parent
    shown = [item.path for item in small.store.client.list_artifacts(parent, "spaces")]
    space = "spaces/standard-pca"
    assert sorted(shown) == [f"{space}-loadings.csv", f"{space}-loadings.png", f"{space}-scree.png"]
    wider = small.sweep("k=3,4,5", "reducer.n_components=2,3", "reducer=pca")
    assert wider.code == 0, wider.err
    shown = {item.path for item in small.store.client.list_artifacts(small.found().parent, "spaces")}
    assert {f"{space}-n_components={count}-scree.png" for count in (2, 3)} <= shown


def test_a_space_that_cannot_be_shown_is_told_and_tried_again(small, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(weighed, "space_in", lambda *given: 1 / 0)
        done = small.sweep()
        assert done.code == 0, done.err
        (told,) = [line for line in done.err.splitlines() if line.startswith("no picture")]
        assert told == "no picture of the space standard-pca: ZeroDivisionError: division by zero"
    assert "no picture" not in small.sweep().err
    assert len(small.store.client.list_artifacts(small.found().parent, "spaces")) == 3
