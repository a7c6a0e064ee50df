"""The straight line on a small table: sweep, compare, promote, score, roll back, all through the commands."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.tracking.read import find_run, find_sweep
from segkit.tracking.store import open_store

HALVING = """# Halving: an algorithm of scikit-learn as segkit does not ship it.
_target_: sklearn.cluster.BisectingKMeans
n_clusters: ${k}
bisecting_strategy: largest_cluster
random_state: 0
"""
FEW = ("data.generate.rows=300", "selection.fewest_finalists=2")
AXES = ("reducer=none,pca", "algorithm=kmeans,dbscan,halving,gmm", "k=3,4", *FEW)


class Swept(NamedTuple):
    folder: Path
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def swept(new_folder, command) -> Swept:
    """A sweep with an algorithm of the user's own, which was added as one page in a folder of theirs."""
    folder = new_folder()
    (folder / "mine" / "algorithm").mkdir(parents=True)
    (folder / "mine" / "algorithm" / "halving.yaml").write_text(HALVING)
    return Swept(folder, *command(folder, "sweep", "--config-dir", "mine", *AXES))


@pytest.fixture(scope="module")
def ranked(swept, command) -> dict:
    return json.loads(command(swept.folder, "compare", "format=json").out)


def test_a_sweep_ends_with_the_ranked_table_the_answer_and_links(swept):
    assert swept.code == 0, swept.err
    assert "standard-pca-kmeans-3" in swept.out
    assert "Natural segments: " in swept.out or "Stable but a continuum: " in swept.out
    assert "2/2 finalists weighed" in swept.err
    assert "viewStateShareKey=best-" in swept.out
    assert "14/14 runs" in swept.err  # dbscan takes no k, so it is two runs and not four


def test_an_algorithm_is_added_with_one_page_and_no_code(ranked):
    assert {run["params"]["algorithm"] for run in ranked["runs"]} >= {"halving", "kmeans"}


def test_compare_prints_only_json(ranked):
    beside = {"rivals", "k_suggestions", "over_seeds", "trees"}
    assert set(ranked) == {"sweep", "rule", "brief", "verdict", "champion", "runs", "failed"} | beside
    assert [run["rank"] for run in ranked["runs"]] == list(range(1, 15))
    assert {"rank", "run_id", "name", "status", "params", "metrics", "guards"} == set(ranked["runs"][0])


def test_runs_outside_the_brief_are_marked_and_rank_below(ranked):
    marked = [bool(run["guards"]) for run in ranked["runs"]]
    assert marked == sorted(marked)
    assert any(marked)


def test_every_run_is_complete_in_the_store(swept, ranked):
    artifacts = swept.folder / "mlruns" / "artifacts"
    files = {
        path.relative_to(artifacts / ranked["champion"]).as_posix()
        for path in (artifacts / ranked["champion"]).rglob("*.*")
    }
    assert {f"artifacts/{name}" for name in ("config.yaml", "tables/segments.csv", "tables/labels.csv")} <= files
    assert {f"artifacts/plots/{name}.png" for name in ("projection", "silhouette", "profile")} <= files
    labels = pd.read_csv(artifacts / ranked["champion"] / "artifacts/tables/labels.csv")
    assert list(labels.columns) == ["customer_id", "segment"]


def test_the_same_sweep_again_computes_nothing_and_says_the_same(swept, command):
    again = command(swept.folder, "sweep", "--config-dir", "mine", *AXES)
    assert again.code == 0
    assert again.out == swept.out
    assert "runs" not in again.err


def test_a_wider_sweep_takes_over_what_is_done(swept, command):
    wider = command(swept.folder, "sweep", "reducer=none", "algorithm=kmeans", "k=3,4,5", *FEW)
    assert wider.code == 0, wider.err
    found = json.loads(command(swept.folder, "compare", "format=json").out)
    store = open_store(str(swept.folder / "mlruns"))
    runs = [find_run(store, run["run_id"])[0] for run in found["runs"]]
    assert {run.params["k"]: run.model_run == run.run_id for run in runs} == {"3": False, "4": False, "5": True}


def test_one_failing_combination_does_not_stop_the_rest(swept, command):
    too_many = ("reducer=pca", "reducer.n_components=2,400", "+reducer.svd_solver=arpack")
    done = command(swept.folder, "sweep", *too_many, "k=3,4", *FEW)
    found = json.loads(command(swept.folder, "compare", "format=json").out)
    assert done.code == 1
    assert "2 of 4 runs failed" in done.err
    assert len(found["runs"]) == 2
    assert {"n_components" in run["reason"] for run in found["failed"]} == {True}
    assert "Traceback" not in done.err


def test_csv_has_every_run(swept, ranked, command):
    rows = list(
        csv.DictReader(io.StringIO(command(swept.folder, "compare", "format=csv", f"sweep={ranked['sweep']}").out))
    )
    assert [row["run_id"] for row in rows] == [run["run_id"] for run in ranked["runs"]]


def test_compare_writes_a_page_that_names_the_choice(swept, ranked, command, parts):
    outcome = command(swept.folder, "compare", "format=html", f"sweep={ranked['sweep']}")
    page = swept.folder / f"compare-customers-{ranked['sweep'][:6]}.html"
    assert (outcome.code, outcome.out) == (0, f"The page: {page}\n")
    found = parts(page.read_text(encoding="utf-8"))
    champion = next(run["name"] for run in ranked["runs"] if run["run_id"] == ranked["champion"])
    assert f"1 {champion} the choice" in found.text
    shown = [given["alt"].split(".")[0] for tag, given in found.tags if tag == "img"]
    assert "Against the number of segments" in shown


def test_the_page_shows_the_evidence_that_the_sweep_has(swept, ranked, command, parts):
    store = open_store(str(swept.folder / "mlruns"))
    parent = find_sweep(store, ranked["sweep"]).parent
    names = [run["name"] for run in ranked["runs"][:2]]
    evidence = {
        "agreement": f"{names[0]},{names[1]}\n1,0.5\n0.5,1\n",
        "splits": "pipeline,k_from,k_to,segment_from,segment_to,customers\nstandard-pca-kmeans,3,4,0,0,300\n",
        "rivals": "name,about,segments,response AUC\nage bands,four,4,0.99\n",
    }
    for name, text in evidence.items():
        store.client.log_text(parent, text, f"{name}.csv")
    assert command(swept.folder, "compare", "format=html", f"sweep={ranked['sweep']}", "output=it.html").code == 0
    found = parts((swept.folder / "it.html").read_text(encoding="utf-8"))
    assert "age bands four 4 ▲ 0.99" in found.text
    assert {"agreement", "splits", "rivals"} <= {given.get("id") for _, given in found.tags}


def test_promote_score_and_roll_back(swept, ranked, command):
    """One story, because each step needs the one before."""
    folder, sweep = swept.folder, f"sweep={ranked['sweep']}"
    first = command(folder, "promote", sweep)
    assert first.code == 0, first.err
    assert "models:/customers@champion" in first.out
    assert "already is the champion" in command(folder, "promote", sweep).out

    new = make_customers(60, seed=9)
    new.to_csv(folder / "new (1), a.csv", index=False)
    scored = command(folder, "score", "input=new (1), a.csv", "output=out.csv", "format=json")
    assert scored.code == 0, scored.err
    summary, table = json.loads(scored.out), pd.read_csv(folder / "out.csv")
    assert list(table.columns) == ["customer_id", "segment", "segment_name", "confidence", "second_segment"]
    assert table["customer_id"].tolist() == new["customer_id"].tolist()
    assert summary["rows"] == 60 == sum(found["customers"] for found in summary["segments"].values())

    other = next(run["run_id"] for run in ranked["runs"] if not run["guards"] and run["run_id"] != ranked["champion"])
    second = command(folder, "promote", f"run={other}")
    assert "leave their segment" in second.out
    versions = json.loads(command(folder, "models", "format=json").out)[0]["versions"]
    assert [found["aliases"] for found in versions] == [["champion"], []]
    back = json.loads(command(folder, "rollback", "format=json").out)
    assert (back["champion"]["version"], back["previous"]["version"]) == (1, 2)
    nothing_left = command(folder, "rollback")
    assert nothing_left.code == 1


@pytest.mark.slow
def test_the_champion_loads_where_only_mlflow_knows_of_it(swept, ranked, command):
    """From the registered name, in the clean process in which `mlflow models predict` loads it, on raw rows."""
    folder = swept.folder
    command(folder, "promote", f"sweep={ranked['sweep']}")
    make_customers(20, seed=5).to_csv(folder / "raw.csv", index=False)
    command(folder, "score", "input=raw.csv", "output=expected.csv")
    place = {**os.environ, "MLFLOW_TRACKING_URI": f"sqlite:///{folder}/mlruns/mlflow.db"}
    predict = [
        "models",
        "predict",
        "-m",
        "models:/customers@champion",
        "-i",
        "raw.csv",
        "-t",
        "csv",
        "--env-manager",
        "local",
    ]
    served = subprocess.run(
        [sys.executable, "-m", "mlflow", *predict], cwd=folder, env=place, capture_output=True, text=True
    )
    expected = pd.read_csv(folder / "expected.csv")["segment"].tolist()
    assert [row["segment"] for row in json.loads(served.stdout)["predictions"]] == expected, served.stderr


def test_a_moved_folder_keeps_working(swept, ranked, tmp_path, command):
    moved = tmp_path / "elsewhere"
    shutil.copytree(swept.folder, moved)
    done = command(moved, "promote", f"sweep={ranked['sweep']}")
    make_customers(10).to_csv(moved / "ten.csv", index=False)
    assert command(moved, "score", "input=ten.csv", "output=out.csv").code == 0
    assert done.code == 0, done.err


def test_a_single_run_prints_its_segments(swept, command):
    done = command(swept.folder, "run", "data.generate.rows=300", "reducer=pca", "k=3")
    assert done.code == 0, done.err
    assert "standard-pca-kmeans-3" in done.out
    assert "macro silhouette" in done.out


@pytest.mark.parametrize("guarded", ["brief.fewest_segments=6"])
def test_nothing_to_promote_is_said_with_the_reason(swept, guarded, command):
    sweep = command(swept.folder, "sweep", "k=2,3", *FEW, guarded)
    done = command(swept.folder, "promote")
    assert sweep.code == 0, sweep.err
    assert done.code == 1
    assert "fewer segments than the brief asks for" in done.err
    assert command(swept.folder, "promote", "force=true").code == 0
