"""`segkit report` from end to end: every form, what is kept in MLflow, edited names, and what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.tracking.read import find_sweep, sweep_runs
from segkit.tracking.store import open_store

pytestmark = pytest.mark.usefixtures("quick_reports")
DATA = ("data=table", "data.path=shop.csv", "data.use.truth=truth")
AXES = (*DATA, "reducer=none,pca", "algorithm=kmeans", "k=3,4", "selection.fewest_finalists=2")


@pytest.fixture(scope="module")
def swept(tmp_path_factory, store_template, command) -> Path:
    folder = tmp_path_factory.mktemp("reported")
    shutil.copytree(store_template, folder / "mlruns")
    make_customers(300).to_csv(folder / "shop.csv", index=False)
    done = command(folder, "sweep", *AXES, "hydra/launcher=basic")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def told(swept, command) -> dict[str, Any]:
    done = command(swept, "report", "format=json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def files_of(folder: Path, run_id: str) -> set[str]:
    client = open_store(str(folder / "mlruns")).client
    return {item.path for item in client.list_artifacts(run_id, "report")}


def test_the_page_is_written_and_kept_with_the_run(swept, command, told) -> None:
    done = command(swept, "report")
    assert done.code == 0, done.err
    page = swept / f"report-shop-{told['run'][:6]}.html"
    assert str(page) in done.out
    assert told["recommendation"] in done.out
    text = page.read_text(encoding="utf-8")
    assert all(card["name"] in text for card in told["segments"])
    assert len(text) < 3_000_000
    assert command(swept, "report", "format=xlsx").code == 0
    assert files_of(swept, told["run"]) == {"report/report.html", "report/segments.xlsx"}


def test_the_query_reaches_its_fidelity_on_the_table(swept, command, told) -> None:
    assert command(swept, "report", "format=sql", "output=rules.sql").code == 0
    assert command(swept, "report", "format=list", "output=people.csv").code == 0
    people = pd.read_csv(swept / "people.csv").set_index("customer_id")["segment"]
    with duckdb.connect() as database:
        database.register("shop", pd.read_csv(swept / "shop.csv"))
        found = database.execute((swept / "rules.sql").read_text()).df()
    assert len(found) == 300
    same = (found.set_index(found.columns[0])["segment"] == people.loc[found.iloc[:, 0]].to_numpy()).mean()
    assert abs(same - told["rules"]["on_table"]) < 0.01


def test_the_list_flags_the_same_control_group_again(swept, command) -> None:
    for name in ("one.csv", "two.csv"):
        assert command(swept, "report", "format=list", f"output={name}", "control=0.25").code == 0
    one, two = (pd.read_csv(swept / name) for name in ("one.csv", "two.csv"))
    assert one.equals(two)
    assert 0.15 < one["control"].mean() < 0.35
    assert {"segment", "segment_name", "confidence", "why", "control"} <= set(one)


def test_edited_names_reach_page_champion_and_scores(swept, command, told) -> None:
    assert command(swept, "report", "format=names", "output=names.yaml").code == 0
    path = swept / "names.yaml"
    path.write_text(path.read_text().replace(f"name: {told['segments'][0]['name']}", "name: Our best"))
    assert command(swept, "promote").code == 0
    promoted = command(swept, "promote", "names=names.yaml", "format=json")
    assert (promoted.code, json.loads(promoted.out)["champion"]["version"]) == (0, 2), promoted.err
    assert json.loads(command(swept, "promote", "format=json").out)["changed"] is False
    shown = json.loads(command(swept, "report", "model=shop", "format=json").out)
    assert shown["segments"][0]["name"] == "Our best"
    assert shown["segments"][1]["paragraph"] == told["segments"][1]["paragraph"]
    assert shown["made"]["registered as"] == "shop/2"
    scored = command(swept, "score", "input=shop.csv", "output=scored.csv", "format=json")
    assert json.loads(scored.out)["segments"]["0"]["name"] == "Our best"


def test_another_run_is_reported_as_not_the_one_recommended(swept, command, told) -> None:
    store = open_store(str(swept / "mlruns"))
    others = [run for run in sweep_runs(store, find_sweep(store).parent) if run.run_id != told["run"]]
    done = command(swept, "report", f"run={others[0].run_id[:12]}", "format=markdown", "output=other.md")
    assert done.code == 0, done.err
    assert "recommends" in done.out or "do not recommend" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run=nosuchrun"], "there is no run nosuchrun"),
        (["model=nosuch"], "registered"),
        (["run=a", "model=b"], "name two things"),
        (["format=pdf"], "format=pdf"),
        (["output=page.txt"], "is written as .html"),
        (["output=nowhere/page.html"], "there is no folder nowhere"),
        (["first=[beauty]"], "first=beauty"),
        (["names=nosuch.yaml"], "nosuch.yaml cannot be read"),
        (["ideas=nosuch.yaml"], "nosuch.yaml cannot be read"),
        (["table=nosuch.csv"], "nosuch.csv"),
        (["control=2"], "control=2"),
        (["outpt=x.html"], "outpt"),
    ],
)
def test_wrong_input_is_refused_in_a_few_lines(swept, command, arguments, said) -> None:
    before = sorted(path.name for path in swept.iterdir())
    done = command(swept, "report", *arguments)
    assert (done.code, said in done.err) == (2, True), done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) <= 3
    assert sorted(path.name for path in swept.iterdir()) == before


def test_a_changed_table_is_told(swept, command, told) -> None:
    make_customers(280, seed=3).to_csv(swept / "later.csv", index=False)
    assert "no longer" not in told["made"]["content"]
    done = command(swept, "report", "table=later.csv", "format=json")
    assert done.code == 0, done.err
    later = json.loads(done.out)
    assert "no longer what was fitted" in later["made"]["content"]
    assert later["data"] == told["data"]


def test_without_a_store_it_says_what_to_do(segkit) -> None:
    done = segkit("report")
    assert done.code == 2
    assert "segkit sweep" in done.err
