"""Runs and sweeps written to the store and read back."""

import time

import pandas as pd
import pytest
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sklearn.cluster import KMeans
from sqlalchemy.exc import IntegrityError

from segkit import runs
from segkit.brief import Brief
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import typed_columns
from segkit.records import FAILED, FINISHED, RUNNING, RunLabel
from segkit.selection import MetricRule
from segkit.tracking import sweeps
from segkit.tracking.model_files import read_scorer, run_model_location
from segkit.tracking.read import find_run, find_sweep, finished_run, finished_runs, sweep_runs
from segkit.tracking.results import log_result
from segkit.tracking.runs import log_dataset, logged_run, metrics, run_lock
from segkit.tracking.sweep_results import log_places, log_sweep


def label(name="standard-none-kmeans-3", fingerprint="f1", parent=None):
    params = {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans", "k": "3"}
    return RunLabel(name, params, fingerprint, parent, {"segkit.data": "customers"})


@pytest.fixture
def parent(store):
    return sweeps.open_sweep(store, "abc", "customers", {"brief": {}}, "k: 3")


def logged(store, customers, parent=None, fingerprint="f1", fit_rows=None) -> str:
    columns = typed_columns(customers.feature_columns)
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0), columns=columns, fit_rows=fit_rows)
    with logged_run(store, label(fingerprint=fingerprint, parent=parent)) as run_id:
        log_result(store, run_id, label(), "k: 3", customers, runs.run(customers, model))
    return run_id


def test_a_run_is_finished_with_everything_it_found(store, customers):
    run_id = logged(store, customers)
    run, data = find_run(store, run_id[:10])
    logged_run_ = store.client.get_run(run_id)
    assert (run.status, data, run.params["k"]) == (FINISHED, "customers", "3")
    assert run.metrics["segments"] == 3
    assert {"silhouette", "silhouette_macro", "truth_ami", "inertia", "assign_agreement"} <= set(run.metrics)
    assert logged_run_.inputs.dataset_inputs[0].dataset.digest == customers.hash
    assert "scikit-learn" in logged_run_.data.tags["segkit.versions"]
    note = logged_run_.data.tags["mlflow.note.content"]
    assert note.startswith("| segment &emsp;| who ")
    assert f"/runs/{run_id}/artifacts/plots/projection.png?" in note


def test_a_run_that_fitted_a_sample_says_so(store, customers):
    run = store.client.get_run(logged(store, customers, fit_rows=75))
    assert run.data.metrics["fitted_share"] == 75 / len(customers.table)
    assert "\n\nFitted on 25.0 % of the customers; " in run.data.tags["mlflow.note.content"]


def test_the_models_scorer_is_read_back_without_its_code(store, customers):
    run_id = logged(store, customers)
    scorer = read_scorer(store, run_model_location(store, run_id))
    assert len(scorer.score(customers.table.head(5))) == 5


def test_no_customer_row_is_stored_beyond_id_and_segment(store, customers):
    run_id = logged(store, customers)
    tables = {path.name: pd.read_csv(path) for path in store.folder.rglob("*.csv")}
    assert set(tables) == {"labels.csv", "segments.csv"}
    assert list(tables["labels.csv"].columns) == ["customer_id", "segment"]
    texts = [
        path for path in store.folder.rglob("*") if path.is_file() and path.name not in ("labels.csv", "mlflow.db")
    ]
    known = customers.ids.iloc[0].encode()
    assert not [path for path in texts if path.is_file() and known in path.read_bytes()], run_id


def test_a_run_that_raises_is_failed_with_the_reason(store):
    with pytest.raises(ValueError, match="too few"), logged_run(store, label()) as run_id:
        raise ValueError("too few customers\nsecond line")
    run, _ = find_run(store, run_id)
    assert (run.status, run.reason) == (FAILED, "ValueError: too few customers")
    assert run.params == label().params


def test_a_data_set_that_another_worker_files_at_the_same_moment_is_filed_all_the_same(store, customers, monkeypatch):
    """Both looked for it in vain, and the second to write it down is refused."""
    look, met = SqlAlchemyStore._log_inputs_impl, []

    def at_once(self, experiment_id, run_id, datasets, models=None):
        if not met:
            met.append(run_id)
            raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: datasets.digest"))
        return look(self, experiment_id, run_id, datasets, models)

    monkeypatch.setattr(SqlAlchemyStore, "_log_inputs_impl", at_once)
    with logged_run(store, label()) as run_id:
        log_dataset(store, run_id, customers)
    assert met == [run_id]
    assert store.client.get_run(run_id).inputs.dataset_inputs[0].dataset.digest == customers.hash


def test_what_is_not_finite_is_not_logged():
    assert [metric.key for metric in metrics({"a": 1.0, "b": float("nan"), "c": float("inf")})] == ["a"]


def test_a_sweep_continues_its_parent_unless_a_fresh_one_is_asked_for(store, parent):
    assert sweeps.open_sweep(store, "abc", "customers", {}, "") == parent
    assert sweeps.open_sweep(store, "abc", "customers", {}, "", fresh=True) != parent
    assert find_sweep(store, parent).sweep == find_sweep(store, "abc").sweep == "abc"


def test_an_orphan_is_closed_and_a_living_run_is_not(store, parent):
    store.locks.mkdir(exist_ok=True)
    ids = {}
    for name in ("dead", "living"):
        tags = {"mlflow.parentRunId": parent, "segkit.fingerprint": name}
        ids[name] = store.client.create_run(store.experiment_id, tags=tags).info.run_id
    with run_lock(store, "living"):
        sweeps.close_orphans(store, sweep_runs(store, parent))
    assert find_run(store, ids["dead"])[0].status == FAILED
    assert "interrupted" in find_run(store, ids["dead"])[0].reason
    assert find_run(store, ids["living"])[0].status == RUNNING


def test_a_second_start_of_a_living_sweep_says_so(store):
    with sweeps.sweep_lock(store, "abc"), pytest.raises(UserError, match="already running"):
        sweeps.sweep_lock(store, "abc")


def test_an_adopted_run_points_to_the_one_with_the_files(store, parent, customers):
    done = find_run(store, logged(store, customers))[0]
    sweeps.adopt_run(store, parent, done, "customers")
    child = sweep_runs(store, parent)[0]
    assert (child.model_run, child.fingerprint, child.metrics) == (done.run_id, "f1", done.metrics)
    assert finished_run(store, "f1").run_id == done.run_id
    assert f"/runs/{done.run_id}?" in store.client.get_run(child.run_id).data.tags["mlflow.note.content"]


def test_metrics_against_k_hang_on_the_parent(store, parent, customers):
    logged(store, customers, parent)
    log_sweep(store, parent, sweep_runs(store, parent), {"ranking": pd.DataFrame({"rank": [1]})}, {"told": "so"}, {})
    history = store.client.get_metric_history(parent, "silhouette_macro/standard-none-kmeans")
    assert [metric.step for metric in history] == [3]
    assert store.client.get_run(parent).data.tags["told"] == "so"


def test_every_run_is_logged_with_its_place_and_guards(store, parent, customers):
    logged(store, customers, parent)
    log_places(store, MetricRule("r", "silhouette").rank(sweep_runs(store, parent), Brief(fewest_segments=4)))
    run = store.client.get_run(sweep_runs(store, parent)[0].run_id)
    assert (run.data.metrics["rank"], run.data.tags["segkit.guards"]) == (1, "too_few_segments tiny_segment")


def test_the_latest_sweep_is_the_one_started_last_even_if_it_went_on_with_an_old_parent(store):
    for sweep in ("a", "b", "a"):
        sweeps.open_sweep(store, sweep, "customers", {}, "")
    assert find_sweep(store).sweep == "a"


def test_work_done_while_a_job_waited_is_not_done_again(store, parent, customers):
    assert not sweeps.done_meanwhile(store, parent, "f1", "customers")
    run_id = logged(store, customers)
    assert sweeps.done_meanwhile(store, parent, "f1", "customers")
    assert sweeps.done_meanwhile(store, parent, "f1", "customers")
    assert [run.model_run for run in sweep_runs(store, parent)] == [run_id]


def test_a_sweep_logged_again_does_not_double_its_metrics(store, parent, customers):
    logged(store, customers, parent)
    for _ in range(2):
        log_sweep(store, parent, sweep_runs(store, parent), {}, {}, {})
    assert len(store.client.get_metric_history(parent, "silhouette_macro/standard-none-kmeans")) == 1


def test_guards_follow_the_brief_that_the_sweep_was_last_ranked_with(store, parent, customers):
    logged(store, customers, parent)
    for brief, guards in ((Brief(fewest_segments=4), "too_few_segments tiny_segment"), (Brief(3, 7, 0.0), "none")):
        log_places(store, MetricRule("r", "silhouette").rank(sweep_runs(store, parent), brief))
        assert sweep_runs(store, parent)[0].marks == guards


def test_what_one_sweep_has_finished_another_has_not(store, parent, customers):
    logged(store, customers, parent)
    other = sweeps.open_sweep(store, "other", "customers", {}, "")
    assert [under for _, under in finished_runs(store, "f1")] == [parent]
    assert finished_runs(store, "f2") == []
    assert other not in {under for _, under in finished_runs(store, "f1")}


def test_the_latest_sweep_is_the_one_started_last_though_the_clock_was_put_back(store, monkeypatch):
    now = time.time_ns()
    for sweep, ahead in (("first", 86_400 * 10**9), ("second", 0), ("third", -86_400 * 10**9)):
        monkeypatch.setattr("segkit.tracking.sweeps.time.time_ns", lambda ahead=ahead: now + ahead)
        sweeps.open_sweep(store, sweep, "shop", {}, "k: 3")
        assert find_sweep(store).sweep == sweep
