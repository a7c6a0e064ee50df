"""What a sweep finds out about k: once, on its parent, and told at its end."""

import json

import pytest

from segkit.config import choosing
from segkit.tracking.evidence import sweep_evidence
from segkit.tracking.names import CHOOSING

PIPELINES = {"standard-none-kmeans", "standard-pca-kmeans"}


def parent(small):
    return small.store.client.get_run(small.found().parent)


def pictures(small) -> set[str]:
    return {item.path for item in small.store.client.list_artifacts(small.found().parent, "choosing_k")}


def choosing_tags(small) -> list[str]:
    return [name for name in parent(small).data.tags if name.startswith(f"{CHOOSING}.")]


@pytest.fixture
def measured(monkeypatch) -> list[object]:
    """Remembers which pipelines were fitted again."""
    asked, fitted_again = [], choosing.fitted_again

    def remembered(*given):
        asked.append(given[0].reducer)
        return fitted_again(*given)

    monkeypatch.setattr(choosing, "fitted_again", remembered)
    return asked


def test_each_pipeline_has_its_picture_and_its_rows(once_weighed) -> None:
    small, _ = once_weighed
    assert {f"choosing_k/{name}.{kind}" for name in PIPELINES for kind in ("png", "csv")} == pictures(small)
    table = sweep_evidence(small.store, small.found().parent)["k_suggestions"]
    assert set(table["pipeline"]) == PIPELINES
    assert {"elbow", "silhouette", "gap", "stability", "prediction strength"} <= set(table["criterion"])


def test_the_answer_says_what_speaks_for_which_k_of_the_best_runs_pipeline(once_weighed) -> None:
    small, done = once_weighed
    said = " ".join(done.out.split())
    assert " k: " in said
    told = parent(small).data.tags["mlflow.note.content"]
    (line,) = [line for line in told.splitlines() if line.startswith("k: ")]
    assert line in said
    best = {run.run_id: run for run in small.runs()}[small.compare()["champion"]]
    assert line.endswith(f"({best.pipeline}).")


def test_a_second_start_measures_nothing(weighed_small, measured) -> None:
    assert weighed_small.sweep().code == 0
    assert measured == []


def test_what_is_missing_is_measured_alone(weighed_small, measured) -> None:
    before = pictures(weighed_small)
    weighed_small.store.client.delete_tag(parent(weighed_small).info.run_id, choosing_tags(weighed_small)[0])
    assert weighed_small.sweep().code == 0
    assert len(measured) == 1
    assert len(choosing_tags(weighed_small)) == 2
    assert pictures(weighed_small) == before


def test_more_k_are_measured_anew(weighed_small, measured) -> None:
    assert weighed_small.sweep("k=3,4,5,6").code == 0
    assert len(measured) == 2


def test_a_job_that_fails_is_told_and_what_the_runs_say_is_said_all_the_same(small, monkeypatch) -> None:
    def never(*given):
        raise ValueError("too few of all things")

    monkeypatch.setattr(choosing, "fitted_again", never)
    done = small.sweep()
    assert done.code == 0, done.err
    told = [line for line in done.err.splitlines() if line.startswith("no suggestions of k for")]
    assert len(told) == 2
    assert told[0].endswith(": ValueError: too few of all things")
    assert pictures(small) == set()
    named = {row["criterion"] for row in small.compare()["k_suggestions"]}
    assert "silhouette" in named
    assert "gap" not in named


def test_without_evidence_nothing_is_fitted_again(small, measured) -> None:
    assert small.sweep("evidence=false").code == 0
    assert measured == []
    assert pictures(small) == set()
    assert {row["pipeline"] for row in small.compare()["k_suggestions"]} == PIPELINES


def test_compare_tells_it_in_every_form(weighed_small, segkit, own_place, parts) -> None:
    assert " k: " in " ".join(segkit("compare").out.split())
    rows = json.loads(segkit("compare", "format=json").out)["k_suggestions"]
    assert {"pipeline", "criterion", "k", "why"} == set(rows[0])
    assert all(row["k"] is None or isinstance(row["k"], int) for row in rows)
    segkit("compare", "format=html", "output=page.html")
    page = parts((own_place / "page.html").read_text())
    assert "How many segments" in page.text
    assert any((given.get("src") or "").startswith("data:image/png") for tag, given in page.tags if tag == "img")


def test_a_sweep_that_was_not_asked_about_k_says_nothing_of_it(segkit, own_place, store, parts) -> None:
    few = ("reducer=none", "algorithm=kmeans", "k=3,4", "data.generate.rows=150", "hydra/launcher=basic")
    assert segkit("sweep", *few, "evidence=false").code == 0
    assert "k: " not in segkit("compare").out
    assert json.loads(segkit("compare", "format=json").out)["k_suggestions"] == []
    segkit("compare", "format=html", "output=page.html")
    assert "How many segments" not in parts((own_place / "page.html").read_text()).text
