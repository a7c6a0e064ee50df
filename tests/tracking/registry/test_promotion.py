"""Promoting: what is registered under which numbers and names, what is said of it, who moves."""

import io
import json
import shutil
import threading
from contextlib import nullcontext
from pathlib import Path

import mlflow.artifacts
import pandas as pd
import pytest

from segkit.errors import UserError, WorkFailed
from segkit.profiles.names_file import Called
from segkit.scoring.edits import Locked
from segkit.tracking.registry import promotion
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.register import registry_lock
from segkit.tracking.registry.terms import Terms
from segkit.tracking.registry.versions import (
    HISTORY,
    champion,
    champions,
    holder,
    model_names,
    run_labels,
    version,
    version_labels,
    version_names,
    version_scorer,
    versions,
)
from segkit.tracking.reporting import fitted_hash, run_scorer

CHALLENGER = Terms(alias="challenger")


def read(store, found, name):
    return mlflow.artifacts.load_text(f"{store.client.get_run(found.run_id).info.artifact_uri}/versions/{name}")


def beside_model(store, found):
    place = store.client.get_model_version_download_uri(found.model, str(found.version))
    return {Path(item.path).name for item in mlflow.artifacts.list_artifacts(artifact_uri=place)}


def test_a_version_says_what_it_is_who_made_it_and_when(registry, run):
    promote(registry, "shop", run("three"), "best of two", {"segkit.verdict": "natural"}, terms=Terms(by="Ada"))
    found = champion(registry, "shop")
    names = version_scorer(registry, found).names
    assert found.tags["segkit.by"] == "Ada"
    assert pd.Timestamp(found.tags["segkit.at"]).tzinfo is not None
    assert found.tags["segkit.data_hash"] == fitted_hash(registry, run("three")) != ""
    assert json.loads(found.tags["segkit.segments"]) == {str(number): name for number, name in names.items()}
    assert found.description.startswith("best of two\n\nVerdict: natural segments.")
    assert f"| 0 | **{names[0]}** |" in found.description


def test_a_data_set_may_be_called_as_no_model_can(bare, run):
    with pytest.raises(UserError, match="model=Bob's cannot be the name of a model"):
        promote(bare, "Bob's", run("three"), "", {})
    assert model_names(bare) == []


def test_the_model_says_who_is_champion_and_how_to_score(registry, run):
    promote(registry, "shop", run("three"), "", {}, terms=CHALLENGER)
    assert "No version is the champion" in registry.client.get_registered_model("shop").description
    promote(registry, "shop", run("three"), "", {})
    said = registry.client.get_registered_model("shop").description
    assert "champion is version 1 (three)" in said
    assert "models:/shop@champion" in said
    assert "income" in said


def test_the_next_version_keeps_numbers_and_names_of_the_same_people(registry, run, tables):
    done = promote(registry, "customers", run("five"), "", {}, tables=tables)
    old, new = version(registry, "customers", 1), version(registry, "customers", 2)
    before, after = version_names(registry, old), version_names(registry, new)
    kept = set(before) & set(after)
    assert kept
    assert all(before[number] == after[number] for number in kept)
    assert set(after) - kept == set(range(4, 4 + len(set(after) - kept)))
    assert done.migration.moved_share == pytest.approx(
        (version_labels(registry, old) != version_labels(registry, new)).mean()
    )
    assert float(new.tags["segkit.moved_share"]) == pytest.approx(done.migration.moved_share, rel=1e-4)
    assert new.tags["segkit.compared_with"] == "1"


def test_the_same_segments_of_another_run_keep_everything(registry, run, tables):
    done = promote(registry, "customers", run("again"), "", {}, tables=tables)
    one, two = (version(registry, "customers", number) for number in (1, 2))
    assert done.migration.moved_share == 0
    assert "nothing; all 300 customers keep" in done.as_text()
    assert version_names(registry, one) == version_names(registry, two)
    pd.testing.assert_series_equal(version_labels(registry, one), version_labels(registry, two))


def test_without_the_table_the_labels_of_both_tell_who_is_who(registry, run, tables):
    for name in ("four", "five"):
        promote(registry, "customers", run(name), "", {})
        promote(registry, "others", run(name), "", {}, tables=tables)
    one, other = champion(registry, "customers"), champion(registry, "others")
    assert set(json.loads(one.tags["segkit.segments"])) == set(json.loads(other.tags["segkit.segments"]))
    assert one.tags["segkit.moved_share"] == other.tags["segkit.moved_share"]


def test_without_table_and_labels_all_have_new_numbers_and_that_is_said(registry, run):
    promote(registry, "shop", run("three"), "", {})
    shutil.rmtree(registry.folder / "artifacts" / run("three").run_id)
    done = promote(registry, "shop", run("four"), "", {})
    assert (done.changed, done.migration) == (True, None)
    assert "not known" in done.as_text()
    assert set(version_scorer(registry, champion(registry, "shop")).names) == {3, 4, 5, 6}


def test_a_number_of_a_version_that_was_deleted_is_not_used_again(registry, run):
    promote(registry, "shop", run("three"), "", {})
    promote(registry, "shop", run("five"), "", {}, terms=CHALLENGER)
    highest = max(version_scorer(registry, holder(registry, "shop", "challenger")).names)
    registry.client.delete_model_version("shop", "2")
    promote(registry, "shop", run("four"), "", {})
    fresh = set(version_scorer(registry, champion(registry, "shop")).names) - {0, 1, 2}
    assert highest > 2
    assert min(fresh) == highest + 1


def test_who_moves_lies_with_the_version_as_table_and_picture_and_names_nobody(registry, run, tables, logged):
    assert "migration.csv" not in beside_model(registry, champion(registry, "customers"))
    done = promote(registry, "customers", run("three"), "", {}, tables=tables)
    found = champion(registry, "customers")
    table = pd.read_csv(io.StringIO(read(registry, found, "2/migration.csv")))
    assert table["customers"].sum() == 300
    assert (1 - table.loc[table["segment_from"] == table["segment_to"], "customers"].sum() / 300) == pytest.approx(
        done.migration.moved_share
    )
    assert {"migration.csv", "migration.png", "names.yaml"} <= beside_model(registry, found)
    assert "labels.csv" not in beside_model(registry, found)
    assert "| segment | customers | where they go |" in found.description


def test_labels_are_kept_in_the_versions_numbers(registry, run, tables, logged):
    promote(registry, "customers", run("five"), "", {}, tables=tables)
    found = champion(registry, "customers")
    labels = version_labels(registry, found)
    scored = version_scorer(registry, found).score(logged.customers.table, logged.customers.as_of)
    assert labels.index.tolist() == logged.customers.ids.tolist()
    assert labels.tolist() == scored["segment"].tolist()


def test_one_run_under_two_names_has_labels_of_both(registry, run, tables):
    promote(registry, "others", run("five"), "", {})
    promote(registry, "others", run("four"), "", {}, tables=tables)
    promote(registry, "others2", run("four"), "", {})
    one, two = (
        version_labels(registry, champion(registry, "customers")),
        version_labels(registry, champion(registry, "others")),
    )
    assert set(one) == {0, 1, 2, 3}
    assert set(two) != set(one)
    assert version_labels(registry, champion(registry, "others2")).equals(one)


def test_of_a_version_of_before_the_labels_are_its_runs(registry, run):
    promote(registry, "shop", run("three"), "", {})
    registry.client.delete_model_version_tag("shop", "1", "segkit.segments")
    registry.client.delete_model_version_tag("shop", "1", "segkit.files")
    assert version_labels(registry, champion(registry, "shop")).equals(run_labels(registry, run("three").run_id))


def test_many_who_move_are_warned_of(registry, run, tables):
    done = promote(registry, "customers", run("three"), "", {}, terms=Terms(most_moved=0.01), tables=tables)
    assert "warning: " in done.as_text()
    assert "most_moved=0.01" in champion(registry, "customers").tags["segkit.warning"]
    calm = promote(registry, "customers", run("five"), "", {}, terms=Terms(most_moved=1.0), tables=tables)
    assert calm.migration.moved_share > 0.01
    assert "warning" not in calm.as_text()


def test_a_challenger_leaves_champion_and_history_alone_and_needs_no_second_version(registry, run, tables):
    done = promote(registry, "customers", run("five"), "", {}, terms=CHALLENGER, tables=tables)
    assert (champion(registry, "customers").version, champions(registry, "customers")) == (1, [1])
    assert holder(registry, "customers", "challenger").version == 2
    assert "the champion still is version 1" in done.as_text()
    again = promote(registry, "customers", run("five"), "", {}, terms=CHALLENGER, tables=tables)
    assert "already is the challenger" in again.as_text()
    crowned = promote(registry, "customers", run("five"), "", {}, tables=tables)
    assert crowned.migration.moved_share == done.migration.moved_share > 0
    assert champion(registry, "customers").aliases == ("challenger", "champion")
    assert len(versions(registry, "customers")) == 2


def test_names_are_said_of_the_runs_numbers_and_make_one_version(registry, run, tables):
    promote(registry, "shop", run("three"), "", {})
    given = {number: Called(f"Mine {number}") for number in range(5)}
    for _ in range(2):
        promote(registry, "shop", run("five"), "", {}, given, tables=tables)
    found = champion(registry, "shop")
    assert found.version == 2
    own, now = run_labels(registry, found.run_id), version_labels(registry, found)
    names = version_names(registry, found)
    assert {names[number].name for number in now} == set(own.map(lambda number: f"Mine {number}"))
    assert (now.map(lambda number: names[number].name) == own.map(lambda number: f"Mine {number}")).all()


def test_other_columns_are_refused_before_anything_is_written(registry, run):
    promote(registry, "shop", run("three"), "", {})
    with pytest.raises(UserError, match="leaves out income"):
        promote(registry, "shop", run("narrow"), "", {})
    assert len(versions(registry, "shop")) == 1
    promote(registry, "shop", run("narrow"), "", {}, terms=Terms(force=True))
    assert champion(registry, "shop").version == 2


def test_what_is_locked_is_carried_over(registry, run, tables, logged):
    promote(registry, "customers", run("five"), "", {}, terms=CHALLENGER, tables=tables)
    registry.client.set_model_version_tag("customers", "1", "segkit.locked", "[2]")
    done = promote(registry, "customers", run("five"), "", {}, tables=tables)
    found = champion(registry, "customers")
    assert (found.version, found.locked) == (3, (2,))  # the challenger does not keep what was locked after it
    assert "locked, so decided as before: 2 Ours 2" in done.as_text()
    one, two = version_labels(registry, version(registry, "customers", 1)), version_labels(registry, found)
    assert ((one == 2) == (two == 2)).all()
    promote(registry, "customers", run("three"), "", {}, tables=tables)
    edits = version_scorer(registry, champion(registry, "customers")).edits
    assert [len(edit.scorer.edits) for edit in edits if isinstance(edit, Locked)] == [0]


def test_without_the_table_a_locked_segment_is_kept_and_nothing_else_is_claimed(registry, run):
    registry.client.set_model_version_tag("customers", "1", "segkit.locked", "[2]")
    done = promote(registry, "customers", run("five"), "", {})
    assert done.migration is None
    assert version_labels(registry, champion(registry, "customers")) is None


def test_two_at_once_leave_one_champion_and_the_next_command_mends_the_history(registry, run, tables, monkeypatch):
    """Where no lock helps, as between two machines with one server."""
    promote(registry, "shop", run("three"), "", {})
    monkeypatch.setattr(promotion, "registry_lock", lambda store, name: nullcontext())
    meet = threading.Barrier(2)
    move = promotion.crown

    def crown(store, name, history):
        meet.wait(timeout=30)
        move(store, name, history)

    monkeypatch.setattr(promotion, "crown", crown)
    both = [
        threading.Thread(target=promote, args=(registry, "shop", run(name), "", {}), kwargs={"tables": tables})
        for name in ("four", "five")
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    winner = champion(registry, "shop").version
    assert winner in (2, 3)
    assert champions(registry, "shop")[-1] == winner
    monkeypatch.undo()
    registry.client.set_registered_model_tag("shop", HISTORY, "[1]")
    run_id = champion(registry, "shop").run_id
    same = next(record for record in (run("four"), run("five")) if record.run_id == run_id)
    assert not promote(registry, "shop", same, "", {}).changed
    assert json.loads(registry.client.get_registered_model("shop").tags[HISTORY]) == [1, winner]


def test_who_waits_for_the_lock_comes_second(registry, run, tables):
    promote(registry, "shop", run("three"), "", {})
    with registry_lock(registry, "shop"):
        waiting = threading.Thread(target=promote, args=(registry, "shop", run("four"), "", {}))
        waiting.start()
        waiting.join(timeout=0.3)
        assert waiting.is_alive()
        assert champion(registry, "shop").version == 1
    waiting.join()
    assert champions(registry, "shop") == [1, 2]


@pytest.mark.parametrize("alias", ["", "latest", "Latest", "v7", "two words", "a/b"])
def test_a_word_that_cannot_be_an_alias_is_refused(registry, run, alias):
    with pytest.raises(UserError, match="cannot be an alias"):
        promote(registry, "shop", run("three"), "", {}, terms=Terms(alias=alias))


def test_a_model_that_is_gone_is_said_to_be(registry, run):
    shutil.rmtree(registry.folder / "artifacts" / "models")
    with pytest.raises(WorkFailed, match="is gone"):
        promote(registry, "shop", run("three"), "", {})


def test_over_a_champion_whose_files_are_gone_a_run_is_forced_under_new_numbers(registry, run, tables):
    place = registry.client.get_model_version_download_uri("customers", "1").removeprefix("file://")
    shutil.rmtree(place)
    with pytest.raises(WorkFailed, match="force=true promotes the run all the same"):
        promote(registry, "customers", run("three"), "why", {}, tables=tables)
    said = promote(registry, "customers", run("three"), "why", {}, terms=Terms(force=True), tables=tables)
    assert min(said.new.names) == 4
    assert said.change is None


def test_the_values_hold_all_that_is_told(registry, run, tables):
    said = promote(registry, "customers", run("three"), "why", {}, tables=tables).as_values()
    json.dumps(said)
    assert (said["model"], said["alias"], said["champion"]["version"], said["previous"]["version"]) == (
        "customers",
        "champion",
        2,
        1,
    )
    assert sum(row["customers"] for row in said["migration"]) == said["customers_compared"] == 300
    assert said["compared_with"] == 1


def test_a_run_keeps_its_own_model_beside_those_of_its_versions(registry, run, tables):
    own = run_scorer(registry, run("five"))
    registry.client.set_model_version_tag("customers", "1", "segkit.segments", '{"40": "so"}')
    for given in (None, {number: Called(f"Mine {number}") for number in range(5)}):
        promote(registry, "customers", run("five"), "", {}, given, tables=lambda run_id: None)
    again = run_scorer(registry, run("five"))
    assert (again.names, again.edits) == (own.names, ())
    assert version_scorer(registry, champion(registry, "customers")).edits != ()
