"""The views of sweeps that the MLflow UI opens: what each holds, and where its link leads."""

import base64
import json
import zlib

import pytest

from segkit.tracking import sweeps
from segkit.tracking.views import latest_sweep_links, model_link, save_views, sweep_links

HERE = "http://127.0.0.1:5000"


@pytest.fixture
def parent(store):
    parent = sweeps.open_sweep(store, "abc", "customers", {"brief": {}}, "k: 3")
    save_views(store, parent, "sweep customers abc", "silhouette_macro", [f"p{number}" for number in range(20)])
    return parent


def view(store, key: str) -> tuple[str, dict]:
    """A view's name, and what it holds, as the UI unpacks it."""
    kept = json.loads(store.client.get_experiment(store.experiment_id).tags[f"mlflow.sharedViewState.{key}"])
    state = kept["state"].removeprefix("deflate;")
    return kept["name"], json.loads(zlib.decompress(base64.b64decode(state)))


def test_the_table_of_runs_has_the_best_first_and_what_speaks_for_and_against_it(store, parent):
    name, runs = view(store, f"runs-{parent}")
    assert name == "sweep customers abc: runs, ranked"
    assert parent in runs["searchFilter"]
    assert (runs["orderByKey"], runs["orderByAsc"]) == ("metrics.`rank`", True)
    assert {"metrics.`silhouette_macro`", "metrics.`stability`", "params.`reducer`", "tags.`segkit.guards`"} <= set(
        runs["selectedColumns"]
    )


def test_the_best_are_compared_by_what_they_were_made_of(store, parent):
    _, best = view(store, f"best-{parent}")
    assert "metrics.`rank` <= 30" in best["searchFilter"]
    assert best["compareRunCharts"][0]["selectedParams"] == ["preprocessing", "reducer", "algorithm"]
    assert best["compareRunCharts"][0]["selectedMetrics"] == ["segments", "silhouette_macro"]


def test_the_best_pipelines_are_drawn_against_k_on_the_sweeps_own_run(store, parent):
    _, against_k = view(store, f"k-{parent}")
    assert parent in against_k["searchFilter"]
    drawn = against_k["compareRunCharts"][0]["selectedMetricKeys"]
    assert (drawn[0], len(drawn)) == ("silhouette_macro/p0", 6)


def test_without_pipelines_nothing_is_drawn_against_k(store):
    save_views(store, "other", "sweep", "silhouette", [])
    tags = store.client.get_experiment(store.experiment_id).tags
    assert "mlflow.sharedViewState.runs-other" in tags
    assert "mlflow.sharedViewState.k-other" not in tags


def test_every_link_opens_a_view_that_is_kept_or_a_run(store, parent):
    tags = store.client.get_experiment(store.experiment_id).tags
    for link in sweep_links(store, parent, HERE).values():
        _, mark, key = link.partition("viewStateShareKey=")
        assert f"mlflow.sharedViewState.{key.partition('&')[0]}" in tags if mark else f"/runs/{parent}?" in link
        assert "workflowType=machine_learning" in link


def test_links_of_the_latest_sweep_are_told_with_the_table_of_all(store):
    assert latest_sweep_links(store, HERE) == ""
    sweeps.open_sweep(store, "abc", "customers", {}, "")
    said = latest_sweep_links(store, HERE)
    assert said.splitlines()[1] == "sweep customers abc"
    assert said.splitlines()[-1].endswith("viewStateShareKey=sweeps")


def test_within_the_ui_links_lead_on_from_wherever_it_is_served(store, parent):
    assert all(link.startswith("#/") for link in sweep_links(store, parent, "").values())
    assert model_link("my shop", "") == "#/models/my%20shop?workflowType=machine_learning"
