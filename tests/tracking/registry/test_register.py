"""Promoting and finding versions."""

import pytest

from segkit.errors import UserError, WorkFailed
from segkit.records import RunLabel
from segkit.tracking.read import find_run
from segkit.tracking.registry import promotion, versions
from segkit.tracking.runs import logged_run
from segkit.tracking.views import model_link, model_links


@pytest.fixture(scope="module")
def promoted(logged, copy_store, tmp_path_factory):
    """A store where two were promoted, one after the other; only to be read."""
    store = copy_store(logged.folder, tmp_path_factory.mktemp("promoted"))
    for run_id, why in zip(logged.run_ids[:2], ("steady", "better"), strict=True):
        promotion.promote(store, "customers", find_run(store, run_id)[0], why, {})
    return store


@pytest.fixture
def store(bare):
    """A store to promote in."""
    return bare


@pytest.fixture
def two_runs(run):
    return [run("three"), run("four")]


def test_a_promoted_run_is_the_champion_with_its_evidence(store, two_runs):
    done = promotion.promote(store, "customers", two_runs[0], "best of two", {"segkit.rule": "r"})
    version = versions.champion(store, "customers")
    assert done.changed
    page = store.client.get_registered_model("customers").description
    assert "The champion is version 1" in page
    assert "Why: best of two" in page
    assert "model=customers" in page
    assert model_links(store, "http://here") == f"  model customers  {model_link('customers', 'http://here')}"
    assert (version.version, version.run_id, version.aliases) == (1, two_runs[0].run_id, ("champion",))
    assert {"segkit.rule": "r", "segkit.why": "best of two"}.items() <= version.tags.items()


def test_promoting_the_champion_again_changes_nothing(store, two_runs):
    promotion.promote(store, "customers", two_runs[0], "", {})
    assert not promotion.promote(store, "customers", two_runs[0], "", {}).changed
    assert len(versions.versions(store, "customers")) == 1


def test_a_new_champion_says_who_moves(store, two_runs):
    promotion.promote(store, "customers", two_runs[0], "", {})
    done = promotion.promote(store, "customers", two_runs[1], "better", {})
    assert done.migration.customers == 300
    assert 0 < done.migration.moved_share < 1
    assert "leave their segment" in done.as_text()


@pytest.mark.parametrize(
    ("asked", "version"), [(None, 2), ("customers", 2), ("customers@champion", 2), ("customers/1", 1)]
)
def test_versions_are_found_by_name_alias_and_number(promoted, asked, version):
    assert versions.find_version(promoted, asked).version == version


@pytest.mark.parametrize(
    ("asked", "named"), [("customer", "did you mean customers"), ("customers@best", "best"), ("customers/9", "9")]
)
def test_what_is_not_there_is_named(promoted, asked, named):
    with pytest.raises(UserError) as error:
        versions.find_version(promoted, asked)
    assert named in str(error.value)


def test_with_several_models_one_must_be_named(store, two_runs):
    promotion.promote(store, "customers", two_runs[0], "", {})
    promotion.promote(store, "others", two_runs[1], "", {})
    with pytest.raises(UserError, match="several models"):
        versions.find_version(store, None)


def test_a_failed_run_has_no_model_to_promote(store):
    with pytest.raises(ValueError, match="no"), logged_run(store, RunLabel("x", {}, "f")) as run_id:
        raise ValueError("no")
    with pytest.raises(WorkFailed, match="did not finish"):
        promotion.promote(store, "customers", find_run(store, run_id)[0], "", {})


def test_a_run_promoted_before_gets_no_second_version(store, two_runs):
    for run in (*two_runs, two_runs[0]):
        promotion.promote(store, "customers", run, "", {})
    assert [found.version for found in versions.versions(store, "customers")] == [2, 1]
    assert versions.champion(store, "customers").version == 1


def test_all_models_are_known_however_many(store, two_runs):
    for number in range(101):
        store.client.create_registered_model(f"model{number}")
    assert len(versions.model_names(store)) == 101


def test_the_names_of_a_version_are_read_with_the_scorer_at_hand(promoted, monkeypatch):
    found = versions.champion(promoted, "customers")
    scorer = versions.version_scorer(promoted, found)
    expected = versions.version_names(promoted, found)
    monkeypatch.setattr(versions, "version_scorer", None)
    assert versions.version_names(promoted, found, scorer) == expected
