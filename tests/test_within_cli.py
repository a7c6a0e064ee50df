"""`within=RUN segment=2` from end to end: the runs, their tree, what is registered and scored, and what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segkit.config.around import around_of, reference_of, segment_of
from segkit.data import make_customers
from segkit.errors import UserError
from segkit.tracking.read import find_run, find_sweep, sweep_of, sweep_runs
from segkit.tracking.registry.versions import run_labels
from segkit.tracking.store import open_store

pytestmark = pytest.mark.usefixtures("quick_reports")
DATA = ("data=table", "data.path=shop.csv", "data.use.truth=truth")
AXES = ("reducer=none", "algorithm=kmeans", "evidence=false", "hydra/launcher=basic")
OUTER = "standard-none-kmeans-3"
WITHIN = (f"within={OUTER}", "segment=0")


@pytest.fixture(scope="module")
def swept(tmp_path_factory, store_template, command) -> Path:
    """A sweep of everyone, and one within the first segment of its run."""
    folder = tmp_path_factory.mktemp("within")
    shutil.copytree(store_template, folder / "mlruns")
    make_customers(300).to_csv(folder / "shop.csv", index=False)
    for sweep in ((*DATA, "k=3"), (*WITHIN, "k=2,3")):
        done = command(folder, "sweep", *AXES, *sweep)
        assert done.code == 0, done.err
    (folder / "told.txt").write_text(done.out)
    return folder


@pytest.fixture(scope="module")
def store(swept) -> Any:
    return open_store(str(swept / "mlruns"))


@pytest.fixture(scope="module")
def compared(swept, command) -> dict[str, Any]:
    return json.loads(command(swept, "compare", "format=json").out)


def labels(store, run_id: str) -> pd.Series:
    return run_labels(store, run_id)


def test_the_customers_are_those_whom_the_run_gives_the_segment(store, compared) -> None:
    inner, data = find_run(store, compared["runs"][0]["run_id"])
    assert data == "shop.0"
    assert inner.inside is not None
    around = labels(store, inner.inside.run)
    assert (inner.inside.run_name, inner.inside.segment) == (OUTER, 0)
    assert labels(store, inner.run_id).index.tolist() == around.index[around == 0].tolist()


def test_the_sweep_and_its_runs_say_in_the_store_what_they_lie_within(store, compared) -> None:
    sweep = find_sweep(store, compared["sweep"])
    assert sweep.data == "shop.0"
    assert sweep.inside is not None
    assert {run.inside for run in sweep_runs(store, sweep.parent)} == {sweep.inside}


def test_the_tree_is_told_at_the_end_by_compare_and_in_the_store(swept, command, store, compared) -> None:
    (tree,) = compared["trees"]
    first = tree["segments"][0]
    assert (tree["data"], tree["run"], tree["customers"]) == ("shop", OUTER, 300)
    assert first["again"]["run_id"] == compared["runs"][0]["run_id"]
    assert sum(one["customers"] for one in first["again"]["segments"]) == first["customers"]
    line = f"├ 0 {first['name']}"
    parent = store.client.get_run(find_sweep(store, compared["sweep"]).parent)
    assert line in (swept / "told.txt").read_text()
    assert line in command(swept, "compare").out
    assert f"- **0.0** {first['again']['segments'][0]['name']}" in parent.data.tags["mlflow.note.content"]


def test_the_outer_sweep_shows_what_grew_from_its_runs(swept, command, store, compared) -> None:
    outer = sweep_of(store, compared["trees"][0]["run_id"])
    assert outer is not None
    done = command(swept, "compare", f"sweep={outer.sweep}", "format=json")
    assert json.loads(done.out)["trees"] == compared["trees"]


def test_the_page_shows_the_tree_and_whose_customers_they_are(swept, command, compared, parts) -> None:
    assert command(swept, "compare", "format=html", "output=page.html").code == 0
    text = parts((swept / "page.html").read_text()).text
    outer = compared["trees"][0]["segments"]
    names, inner = [one["name"] for one in outer], outer[0]["again"]["segments"][0]["name"]
    assert f"Which segmentation of the customers of segment 0, {names[0]}, of {OUTER}" in text
    assert text.index(f"0 {names[0]}") < text.index(f"0.0 {inner}") < text.index(f"1 {names[1]}")


def test_what_is_promoted_scores_everyone_and_reports_on_its_own_only(swept, command, store, compared) -> None:
    inner = compared["runs"][0]["run_id"]
    assert command(swept, "promote", f"run={inner[:8]}", "force=true").code == 0
    done = command(swept, "score", "input=shop.csv", "output=scored.csv", "model=shop.0", "format=json")
    assert done.code == 0, done.err
    scored = pd.read_csv(swept / "scored.csv").set_index("customer_id")
    own = labels(store, inner)
    outside = scored.drop(index=own.index)
    assert scored.loc[own.index, "segment"].tolist() == own.tolist()
    assert set(outside["segment"]) == {-1}
    assert set(outside["segment_name"]) == {f"not in {compared['trees'][0]['segments'][0]['name']}"}
    models = json.loads(command(swept, "models", "format=json").out)
    tags = models[0]["versions"][0]["tags"]
    assert (models[0]["name"], tags["segkit.within_segment"]) == ("shop.0", "0")
    assert "only for customers of segment 0" in tags["segkit.why"]


def test_a_registered_model_is_an_outer_run_too(swept, command, store, compared) -> None:
    inner = compared["runs"][0]["run_id"]
    assert command(swept, "promote", f"run={inner}", "force=true").code == 0
    assert {reference_of(store, name) for name in ("shop.0", "shop.0@champion", "shop.0/1")} == {"shop.0/1"}
    assert reference_of(store, inner[:10]) == around_of(store, inner).reference == inner
    around = around_of(store, "shop.0/1")
    assert (around.reference, around.run.run_id, around.data) == ("shop.0/1", inner, "shop.0")
    name = around.scorer.names[1]
    assert segment_of(around, "1") == segment_of(around, name.upper()) == 1
    with pytest.raises(UserError, match=f"has no segment {name[1:]}") as raised:
        segment_of(around, name[1:])
    assert f"did you mean {name}" in raised.value.mend


def test_the_report_says_first_whose_customers_it_speaks_of(swept, command, compared) -> None:
    run = f"run={compared['runs'][0]['run_id']}"
    assert command(swept, "report", run, "format=markdown", "output=own.md").code == 0
    said = f"This speaks only of the customers of segment 0, {compared['trees'][0]['segments'][0]['name']}, of {OUTER}"
    text = (swept / "own.md").read_text()
    assert text.index(said) < 200
    assert f"-- shop.0 must hold no others than these. {said}" in text


def test_a_segment_within_a_segment_is_segmented_again_by_name_and_id(swept, command, compared, tmp_path) -> None:
    folder = shutil.copytree(swept, tmp_path / "copy")  # what is swept here would be the latest for other tests
    inner = compared["trees"][0]["segments"][0]["again"]
    wanted = max(inner["segments"], key=lambda one: one["customers"])
    axes = (*AXES, f"within={inner['run_id'][:12]}", f"segment={wanted['name']}", "k=2,3")
    done = command(folder, "sweep", *axes)
    assert done.code == 0, done.err
    assert f"shop.0.{wanted['segment']}: {wanted['customers']} customers" in done.err
    assert f"│ │ ├ 0.{wanted['segment']}.0 " in done.out or f"│   ├ 0.{wanted['segment']}.0 " in done.out
    again = command(folder, "sweep", *axes)
    assert (again.code, again.out) == (0, done.out)
    assert "runs  best" not in again.err  # nothing was computed


def test_a_single_run_is_within_too_and_takes_what_is_said_of_columns(swept, command) -> None:
    done = command(swept, "run", *WITHIN, "k=2", "data.use.income=outcome", "format=json")
    assert done.code == 0, done.err
    assert "outcome       income, response" in done.err
    run, data = find_run(open_store(str(swept / "mlruns")), json.loads(done.out)["run_id"])
    assert (data, run.inside is not None) == ("shop.0", True)


WRONG = [
    ((f"within={OUTER}",), "does not say which segment", "segment="),
    (("segment=2",), "segment=2 does not say of which run", "within="),
    (("within=standard-none-kmean-3", "segment=0"), "is no run id", f"did you mean {OUTER}"),
    (("within=ffffffffff", "segment=0"), "there is no run ffffffffff", "compare"),
    ((f"within={OUTER}", "segment=7"), f"{OUTER} has no segment 7", "choose from 0 ("),
    ((*WITHIN, "data=customers"), f"customers is not the table that {OUTER}", "it is of shop"),
    ((*WITHIN, "k=2,100"), "too few for k=100", "choose k up to"),
]


@pytest.mark.parametrize(("arguments", "named", "mend"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_said_shortly_before_anything_is_launched(swept, command, arguments, named, mend) -> None:
    before = len(list((swept / "mlruns" / "artifacts").iterdir()))
    done = command(swept, "sweep", *AXES, *arguments)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) <= 3
    assert named in done.err
    assert mend in done.err
    assert len(list((swept / "mlruns" / "artifacts").iterdir())) == before


def test_a_table_that_has_changed_and_a_segment_of_too_few_are_refused(swept, command, monkeypatch) -> None:
    monkeypatch.setattr("segkit.config.inside.FEWEST", 290)
    done = command(swept, "sweep", *AXES, *WITHIN)
    assert done.code == 2
    assert "too few to segment again" in done.err
    make_customers(299).to_csv(swept / "changed.csv", index=False)
    done = command(swept, "sweep", *AXES, *WITHIN, "data.path=changed.csv")
    assert done.code == 2
    assert "has changed" in done.err
