"""Evidence written to the store, on runs and between them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.evidence.gathering import Evidence
from segkit.fingerprint import evidence_hash
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import is_weighed
from segkit.tracking.read import find_run, sweep_runs
from segkit.tracking.store import Store
from segkit.tracking.sweeps import adopt_run, open_sweep
from segkit.tracking.weighing import labels_of, log_agreement, log_evidence, splits_of

LABELS = {"a": [0, 0, 0, 1, 1, 1], "b": [1, 1, 1, 0, 0, 0], "c": [0, 0, 1, 1, -1, -1]}


@pytest.fixture
def logged(store: Store):
    """Writes a run with these labels: `logged("a", [0, 1])`."""

    def log(name: str, labels: list[int]) -> RunRecord:
        run_id = store.client.create_run(store.experiment_id, run_name=name).info.run_id
        table = pd.DataFrame({"customer_id": range(len(labels)), "segment": labels})
        store.client.log_text(run_id, table.to_csv(index=False), "tables/labels.csv")
        store.client.set_terminated(run_id, FINISHED)
        return find_run(store, run_id)[0]

    return log


def again(store: Store, run: RunRecord) -> RunRecord:
    return find_run(store, run.run_id)[0]


def test_evidence_is_kept_with_the_run_and_the_code_that_gathered_it(store: Store, logged) -> None:
    run = logged("a", LABELS["a"])
    assert not is_weighed(run)
    table = pd.DataFrame({"segment": [0, 1], "comes_out_again": [0.875, 0.5], "word": ["solid", "dissolves"]})
    log_evidence(store, run.run_id, Evidence({"stability": 0.75, "useful_x": float("nan")}, {"stability": table}))
    found = again(store, run)
    assert is_weighed(found)
    assert (found.metrics, found.evidence) == ({"stability": 0.75}, evidence_hash())
    written = pd.read_csv(store.client.download_artifacts(run.run_id, "tables/stability.csv"))
    pd.testing.assert_frame_equal(written, table)


def test_agreement_is_kept_between_runs_and_as_a_mean_on_each(store: Store, logged) -> None:
    runs = [logged(name, labels) for name, labels in LABELS.items()]
    found = log_agreement(store, runs)
    assert list(found.index) == list(found.columns) == ["a", "b", "c"]
    assert found.loc["a", "b"] == pytest.approx(1.0)
    between = found.loc["a", "c"]
    assert 0 < between < 0.5
    means = [again(store, run).metrics["agreement"] for run in runs]
    assert means == pytest.approx([(1 + between) / 2, (1 + between) / 2, between])


def test_agreement_is_written_again_only_where_it_changed(store: Store, logged) -> None:
    runs = [logged(name, labels) for name, labels in LABELS.items()]
    log_agreement(store, runs[:2])
    log_agreement(store, [again(store, run) for run in runs[:2]])
    log_agreement(store, [again(store, run) for run in runs])
    history = [metric.value for metric in store.client.get_metric_history(runs[0].run_id, "agreement")]
    assert history == [1.0, pytest.approx(0.5 + again(store, runs[2]).metrics["agreement"] / 2)]


def test_runs_of_one_name_agree_as_two(store: Store, logged) -> None:
    found = log_agreement(store, [logged("a", LABELS["a"]), logged("a", LABELS["c"])])
    assert found.shape == (2, 2)
    assert found.iloc[0, 1] < 0.5


def test_splits_are_those_of_one_pipeline_over_its_k(store: Store, logged) -> None:
    params = {"preprocessing": "standard", "reducer": "pca", "algorithm": "kmeans"}
    two, four = (replace(logged(k, LABELS["a"]), params=params | {"k": k}) for k in ("2", "4"))
    other = replace(two, params=params | {"algorithm": "gmm", "k": "3"})
    without_k, failed = replace(two, params=params), replace(two, params=params | {"k": "3"}, status=FAILED)
    found = splits_of(store, [four, other, without_k, failed, two], two.pipeline)
    assert found[["k_from", "k_to", "customers"]].to_numpy().tolist() == [[2, 4, 3], [2, 4, 3]]
    assert set(found["pipeline"]) == {"standard-pca-kmeans"}
    assert splits_of(store, [two], two.pipeline).empty


def test_labels_of_a_light_child_are_those_of_the_run_with_the_files(store: Store, logged) -> None:
    parent = open_sweep(store, "abc", "customers", {}, "k: 3")
    adopt_run(store, parent, replace(logged("a", LABELS["c"]), fingerprint="f1"), "customers")
    (child,) = sweep_runs(store, parent)
    assert child.run_id != child.model_run
    np.testing.assert_array_equal(labels_of(store, child), LABELS["c"])


def test_a_light_child_brings_its_evidence_along(store: Store, logged) -> None:
    run = logged("a", LABELS["a"])
    log_evidence(store, run.run_id, Evidence({"stability": 0.75}))
    parent = open_sweep(store, "abc", "customers", {}, "k: 3")
    adopt_run(store, parent, again(store, run), "customers")
    (child,) = sweep_runs(store, parent)
    assert (child.metrics["stability"], child.evidence) == (0.75, evidence_hash())
