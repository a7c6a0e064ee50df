"""Promoting, rolling back, finding versions."""

import shutil

import pytest
from sklearn.cluster import KMeans

from segkit import runs
from segkit.errors import UserError, WorkFailed
from segkit.model import SegmentationModel
from segkit.records import RunLabel
from segkit.tracking import listing, promotion, rollback, versions
from segkit.tracking.read import find_run
from segkit.tracking.results import log_result
from segkit.tracking.runs import logged_run
from segkit.tracking.store import open_store


@pytest.fixture(scope="module")
def two_logged(new_folder, customers):
    """A folder with two runs in its store, and their ids."""
    folder, found = new_folder(), []
    store = open_store(str(folder / "mlruns"))
    for k in (3, 4):
        model = SegmentationModel(KMeans(k, n_init=1, random_state=0))
        label = RunLabel(f"kmeans-{k}", {"k": str(k)}, f"f{k}")
        with logged_run(store, label) as run_id:
            log_result(store, run_id, label, "", customers, runs.run(customers, model))
        found.append(run_id)
    return folder, found


@pytest.fixture(scope="module")
def promoted(two_logged, copy_store, tmp_path_factory):
    """A store where both were promoted, one after the other; only to be read."""
    store = copy_store(two_logged[0], tmp_path_factory.mktemp("promoted"))
    for run_id, why in zip(two_logged[1], ("steady", "better"), strict=True):
        promotion.promote(store, "customers", find_run(store, run_id)[0], why, {})
    return store


@pytest.fixture
def store(two_logged, copy_store, own_place):
    """A copy of it, to promote in."""
    return copy_store(two_logged[0], own_place)


@pytest.fixture
def two_runs(store, two_logged):
    return [find_run(store, run_id)[0] for run_id in two_logged[1]]


def test_a_promoted_run_is_the_champion_with_its_evidence(store, two_runs):
    done = promotion.promote(store, "customers", two_runs[0], "best of two", {"segkit.rule": "r"})
    version = versions.champion(store, "customers")
    assert done.changed
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


def test_rolling_back_restores_the_one_before_and_then_has_nothing_left(store, two_runs):
    for run in two_runs:
        promotion.promote(store, "customers", run, "", {})
    assert rollback.roll_back(store, "customers").new.version == 1
    assert versions.champion(store, "customers").version == 1
    with pytest.raises(WorkFailed, match="no earlier champion"):
        rollback.roll_back(store, "customers")


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


def test_promotion_stands_though_the_old_champions_labels_are_gone(store, two_runs):
    promotion.promote(store, "customers", two_runs[0], "", {})
    shutil.rmtree(store.folder / "artifacts" / two_runs[0].run_id)
    done = promotion.promote(store, "customers", two_runs[1], "", {})
    assert (done.changed, done.migration) == (True, None)


def test_a_run_promoted_before_gets_no_second_version(store, two_runs):
    for run in (*two_runs, two_runs[0]):
        promotion.promote(store, "customers", run, "", {})
    assert [found.version for found in versions.versions(store, "customers")] == [2, 1]
    assert versions.champion(store, "customers").version == 1


def test_models_are_listed_with_aliases_history_and_why(promoted):
    lines = listing.as_text(listing.listed_models(promoted, None)).splitlines()
    assert lines[0] == "customers   champions so far: 1 -> 2"
    assert [" ".join(line.split()) for line in lines[1:]] == ["version 2 champion better", "version 1 - steady"]
