"""`segkit edit` from end to end: what is registered, scored, reported and rolled back, and what is refused."""

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import mlflow.pyfunc
import pandas as pd
import pytest
import yaml
from omegaconf import OmegaConf

from segkit.config.contents import content_of
from segkit.config.reported import subject_of
from segkit.data import make_customers
from segkit.identity.editing import locked
from segkit.profiles.names_file import Called, names_text
from segkit.report.content import Content
from segkit.report.values import report_values
from segkit.report.written import write_report
from segkit.scoring.scorer import Scorer
from segkit.tracking.read import find_run
from segkit.tracking.registry import editing, promotion, versions
from segkit.tracking.registry.editing import edits_of
from segkit.tracking.registry.tags import SEGMENTS
from segkit.tracking.store import Store, open_store

DATA = ("data=table", "data.path=shop.csv", "data.use.truth=truth")
AXES = ("reducer=none", "algorithm=kmeans", "evidence=false", "hydra/launcher=basic")


@pytest.fixture(scope="module")
def promoted(tmp_path_factory, store_template, command) -> Path:
    """A champion of four segments; its segment 1 was segmented again; its table as a file."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(store_template, folder / "mlruns")
    make_customers(300).to_csv(folder / "shop.csv", index=False)
    for line in (
        ("sweep", *AXES, *DATA, "k=4"),
        ("promote", "force=true"),
        ("sweep", *AXES, "within=shop/1", "segment=1", "k=2,3"),
    ):
        done = command(folder, *line)
        assert done.code == 0, done.err
    return folder


@pytest.fixture
def folder(promoted, copy_store, own_place) -> Path:
    """A copy to edit in."""
    copy_store(promoted, own_place)
    shutil.copy(promoted / "shop.csv", own_place)
    return own_place


@pytest.fixture
def store(folder) -> Store:
    return open_store(str(folder / "mlruns"))


@pytest.fixture
def edit(segkit, folder) -> Any:
    """Makes an edit and gives what it says as JSON."""

    def make(*arguments: str) -> dict[str, Any]:
        done = segkit("edit", *arguments, "format=json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    return make


@pytest.fixture
def scored(segkit, folder) -> Any:
    """The customers of the table as a version scores them."""

    def score(model: str = "shop") -> pd.DataFrame:
        done = segkit("score", "input=shop.csv", "output=scored.csv", f"model={model}")
        assert done.code == 0, done.err
        return pd.read_csv(folder / "scored.csv").set_index("customer_id")

    return score


def names_of(scores: pd.DataFrame) -> dict[int, str]:
    return dict(zip(scores["segment"], scores["segment_name"], strict=True))


def test_renamed_segments_are_a_version_of_their_own_that_scores_under_the_names(edit, scored, store) -> None:
    before = scored()
    said = edit(f'rename={{2: "Träge, müde", "{names_of(before)[0]}": Gold customers}}', "by=Ana")
    assert (said["parent"], said["version"], said["aliases"], said["by"]) == (1, 2, ["champion"], "Ana")
    after = scored()
    assert names_of(after) == names_of(before) | {2: "Träge, müde", 0: "Gold customers"}
    pd.testing.assert_frame_equal(after.drop(columns="segment_name"), before.drop(columns="segment_name"))
    assert said["customers"] == before["segment"].isin([0, 2]).sum()
    tags = versions.find_version(store, "shop").tags
    assert (tags["segkit.parent"], tags["segkit.by"]) == ("1", "Ana")
    assert tags["segkit.at"] == said["when"]
    assert {"segkit.sweep", "segkit.rule", "segkit.verdict"} <= set(tags)


def test_the_same_name_makes_no_version(edit, scored, store) -> None:
    name = names_of(scored())[3]
    said = edit(f'rename={{3: "{name}"}}')
    assert (said["changed"], said["version"]) == (False, 1)
    assert len(versions.versions(store, "shop")) == 1


def test_a_file_of_names_is_taken_as_promote_takes_it(edit, folder, store) -> None:
    called = versions.version_names(store, versions.find_version(store, "shop"))
    names = called | {2: Called("Our best", "They come every week.")}
    (folder / "names.yaml").write_text(names_text(names), encoding="utf-8")
    assert edit("names=names.yaml")["segments"]["2"]["name"] == "Our best"
    assert versions.version_names(store, versions.find_version(store, "shop")) == names


def test_merged_segments_are_one_in_scores_and_evidence_is_not_claimed(edit, scored, store) -> None:
    before = scored()
    said = edit("merge=[3,1]", "called=Families")
    after = scored()
    assert names_of(after)[3] == "Families"
    assert ((after["segment"] == 3) == before["segment"].isin([1, 3])).all()
    assert said["segments"]["3"] == {"name": "Families", "customers": int((after["segment"] == 3).sum())}
    old, new = (versions.find_version(store, f"shop/{number}").tags for number in (1, 2))
    metrics = store.client.get_run(versions.champion(store, "shop").run_id).data.metrics
    figures = {f"segkit.{name}" for name in metrics} - {SEGMENTS}  # the tag of that name holds the segments' own names
    assert figures & set(old)
    assert figures & set(new) <= {"segkit.segments"}  # which holds names
    assert new["segkit.evidence_of"] == "1"
    assert new["segkit.verdict"] == old["segkit.verdict"]


def test_a_segment_is_split_by_the_best_run_within_it_though_renamed_since(edit, scored, store) -> None:
    before = scored()
    edit("rename={1: Old friends}")
    said = edit("split=Old friends")
    parts = {int(number) for number in said["edit"]["numbers"].values()}
    assert min(parts) == 4
    after = scored()
    assert (after["segment"].isin(parts) == (before["segment"] == 1)).all()
    assert {int(number): one["customers"] for number, one in said["segments"].items()} == after[
        "segment"
    ].value_counts().to_dict()
    inner, data = find_run(store, said["edit"]["run"])
    assert data == "shop.1"
    labels = versions.run_labels(store, inner.run_id)
    numbers = {int(part): number for part, number in said["edit"]["numbers"].items()}
    assert after.loc[labels.index, "segment"].tolist() == labels.map(numbers).tolist()
    assert edits_of(store, versions.find_version(store, "shop"))[0].startswith("renamed 1 (")


def test_numbers_that_any_version_had_are_not_given_again(edit, segkit, scored) -> None:
    first = edit("split=1", "run=standard-none-kmeans-2")
    assert set(first["edit"]["numbers"].values()) == {4, 5}
    assert segkit("rollback").code == 0
    assert set(edit("split=1", "run=standard-none-kmeans-3")["edit"]["numbers"].values()) == {6, 7, 8}


def test_a_lock_is_kept_by_later_edits_until_it_is_given_up(edit, segkit, store, scored) -> None:
    before = scored()
    assert edit("lock=2")["locked"] == [2]
    assert edit("merge=[0,1]")["locked"] == [2]
    assert segkit("edit", "merge=[2,3]").code == 2
    assert "locked, so it cannot be split" in segkit("edit", "split=2").err
    assert versions.find_version(store, "shop").locked == (2,)
    assert edit("unlock=2")["locked"] == []
    assert versions.find_version(store, "shop").locked == ()
    assert ((scored()["segment"] == 2) == (before["segment"] == 2)).all()


def test_an_edit_is_rolled_back_and_promoting_the_run_again_gives_it_as_it_was(edit, segkit, store, scored) -> None:
    before = scored()
    edit("merge=[0,1]")
    assert segkit("rollback").code == 0
    pd.testing.assert_frame_equal(scored(), before)
    run = find_run(store, versions.champion(store, "shop").run_id)[0]
    store.client.delete_registered_model_alias("shop", "champion")
    assert promotion.promote(store, "shop", run, "", {}).new.version == 1


def test_of_two_edits_at_once_the_second_changes_what_the_first_has_made(edit, store, monkeypatch) -> None:
    lock = editing.registry_lock

    def taken_by_another_first(*what: Any) -> Any:
        monkeypatch.setattr(editing, "registry_lock", lock)
        editing.edit_version(store, "shop", lambda old, _: locked(old, 0), editing.Signed("Bo", "2026-06-30"))
        return lock(*what)

    monkeypatch.setattr(editing, "registry_lock", taken_by_another_first)
    said = edit("rename={1: Second}")
    assert (said["parent"], said["version"], said["aliases"]) == (2, 3, ["champion"])
    assert (said["locked"], said["segments"]["1"]["name"]) == ([0], "Second")


def test_how_many_a_locked_segment_holds_is_known_after_a_promotion(edit, segkit, scored) -> None:
    edit("lock=1")
    for line in (("sweep", *AXES, *DATA, "k=3"), ("promote", "force=true")):
        assert segkit(*line).code == 0
    said = edit("rename={1: Kept}")
    assert {int(one): held["customers"] for one, held in said["segments"].items()} == dict(
        scored()["segment"].value_counts()
    )


def test_only_the_alias_of_what_was_edited_moves(edit, store, segkit) -> None:
    edit("rename={0: A}")
    store.client.set_registered_model_alias("shop", "challenger", "1")
    said = edit("model=shop@challenger", "rename={0: B}")
    assert (said["parent"], said["version"], said["aliases"]) == (1, 3, ["challenger"])
    assert versions.find_version(store, "shop@champion").version == 2
    assert versions.find_version(store, "shop@challenger").version == 3
    text = segkit("edit", "model=shop/1", "rename={0: C}").out
    assert "which has no alias" in text
    assert "stands as it was: model=shop/1" in text


def test_the_model_of_mlflow_gives_the_segments_of_segkit_score(edit, scored, store, folder) -> None:
    edit("merge=[0,3]")
    edit("split=1")
    scores = scored()
    mlflow.set_tracking_uri(store.uri)
    found = mlflow.pyfunc.load_model("models:/shop@champion").predict(pd.read_csv(folder / "shop.csv"))
    assert found["segment"].tolist() == scores["segment"].tolist()
    assert found["segment_name"].tolist() == scores["segment_name"].tolist()
    assert found["confidence"].tolist() == pytest.approx(scores["confidence"].tolist(), abs=1e-9)


@pytest.fixture(scope="module")
def cut(promoted, copy_store, command, tmp_path_factory) -> Path:
    """A folder where the champion has one merged and two split segments, and one that is the run's; with its scores."""
    folder = tmp_path_factory.mktemp("cut")
    copy_store(promoted, folder)
    shutil.copy(promoted / "shop.csv", folder)
    for line in (
        ("edit", "merge=[0,3]", "called=Families"),
        ("edit", "split=1", "run=standard-none-kmeans-2"),
        ("score", "input=shop.csv", "output=scored.csv"),
    ):
        done = command(folder, *line)
        assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def of_cut(cut) -> pd.DataFrame:
    """Its scores."""
    return pd.read_csv(cut / "scored.csv").set_index("customer_id")


@pytest.fixture(scope="module")
def reported(cut, quick_reports) -> tuple[Content, Scorer]:
    """What its report says, which takes seconds to find out, and what scores."""
    store = open_store(str(cut / "mlruns"))
    asked = OmegaConf.create({"names": None, "ideas": None, "first": ["value", "size", "solidity"]})
    with contextlib.chdir(cut):
        subject = subject_of(store, None, "latest", "shop")
        return content_of(store, subject, asked, "2026-01-31"), subject.scorer


def test_the_report_speaks_of_the_edited_segments(reported, of_cut, cut) -> None:
    told = report_values(reported[0])
    assert {card["segment"]: card["name"] for card in told["segments"]} == names_of(of_cut)
    assert {row["segment"]: row["customers"] for row in told["worth"]} == of_cut["segment"].value_counts().to_dict()
    assert told["recommendation"].startswith(f'These are 4 segments. Only "{names_of(of_cut)[2]}" is as')
    assert told["made"]["edited"].startswith("merged 0 (")
    assert set(told["questions"]["start"]) == {"0", "2", "4", "5"}
    assert not {"silhouette", "stability_quick"} & set(told["evidence"])
    with duckdb.connect() as database:
        database.register("shop", pd.read_csv(cut / "shop.csv"))
        found = database.execute(told["rules"]["sql"]).df().set_index("customer_id")
    same = (found["segment"] == of_cut.loc[found.index, "segment"]).mean()
    assert same == pytest.approx(told["rules"]["on_table"], abs=0.01)


def test_every_form_of_the_report_is_written(reported, of_cut, own_place, parts) -> None:
    for form, ending in {"html": "html", "markdown": "md", "xlsx": "xlsx", "list": "csv", "names": "yaml"}.items():
        write_report(*reported, form, own_place / f"own.{ending}")
    people = pd.read_csv("own.csv").set_index("customer_id")
    assert (people["segment"] == of_cut.loc[people.index, "segment"]).all()
    assert all(why.startswith((f"{name} ", f"{name}:")) for name, why in people[["segment_name", "why"]].to_numpy())
    text = parts(Path("own.html").read_text()).text
    assert all(name in text for name in names_of(of_cut).values())
    assert "merged, split or locked by hand" in text
    assert set(yaml.safe_load(Path("own.yaml").read_text())) == {0, 2, 4, 5}


def test_a_segment_of_an_edited_version_is_segmented_again_and_shown_in_its_tree(cut, of_cut, command) -> None:
    assert command(cut, "sweep", *AXES, "within=shop/3", "segment=Families", "k=2").code == 0
    (tree,) = json.loads(command(cut, "compare", "format=json").out)["trees"]
    assert tree["run"] == "shop/3"
    assert {one["segment"]: one["customers"] for one in tree["segments"]} == of_cut["segment"].value_counts().to_dict()
    again = {one["segment"]: one["again"] for one in tree["segments"]}
    assert [segment for segment, one in again.items() if one] == [0]
    assert again[0]["customers"] == (of_cut["segment"] == 0).sum()
    assert command(cut, "edit", "model=shop/3", "split=Families").code == 0


WRONG = [
    ((), "nothing is said that should change", "rename="),
    (("lock=1", "merge=[0,2]"), "merge= and lock= are two edits", "one after the other"),
    (("called=Gold", "lock=1"), "called= says nothing about lock=", "merge="),
    (("rename=Gold",), "gives no names to segments", "rename='{2: Gold"),
    (("rename={2:Gold}",), "has no name for 2:Gold", "blank after the colon"),
    (("rename={2: 'Gold",), "cannot be read", '"quotes"'),
    (("rename={9: Gold}",), "shop/1 has no segment 9", "choose from 0 ("),
    (("rename={2: Gold, 3: gold}",), "are both called", "rename one of them"),
    (("merge=[1]",), "one segment cannot be merged", "merge=[1,3]"),
    (("merge=[1,8]",), "shop/1 has no segment 8", "choose from 0 ("),
    (("merge=[0,1]", f"called={'x' * 81}"), "longer than 80", "description"),
    (("split=2",), "no run divides segment 2", "segkit sweep within=shop/1 segment=2"),
    (("split=1", "run=standard-none-kmean-2"), "is no run id", "did you mean standard-none-kmeans-2"),
    (("split=1", "run=ffff"), "there is no run ffff", "compare"),
    (("model=shop/7", "lock=1"), "the model shop has no version 7", "segkit models"),
    (("names=none.yaml",), "none.yaml cannot be read", "names"),
]


@pytest.mark.parametrize(("arguments", "named", "mend"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_said_shortly_and_makes_no_version(promoted, command, arguments, named, mend) -> None:
    done = command(promoted, "edit", *arguments)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) <= 3
    assert named in done.err
    assert mend in done.err
    assert len(versions.versions(open_store(str(promoted / "mlruns")), "shop")) == 1


def test_a_misspelt_name_is_mended_and_a_run_of_others_is_refused(promoted, command) -> None:
    store = open_store(str(promoted / "mlruns"))
    found = versions.find_version(store, "shop")
    name = versions.version_scorer(store, found).names[3]
    assert f"did you mean {name}" in command(promoted, "edit", f"lock={name[1:]}").err
    done = command(promoted, "edit", "split=1", f"run={found.run_id[:10]}")
    assert "segments everyone, not segment 1" in done.err
    inner = json.loads(command(promoted, "compare", "format=json").out)["runs"][0]["run_id"]
    done = command(promoted, "edit", "split=2", f"run={inner}")
    assert (done.code, "not the people of segment 2" in done.err) == (2, True)
    assert "segkit sweep within=shop/1 segment=2" in done.err
