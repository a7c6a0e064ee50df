"""Rolling back: an earlier champion gets its alias again."""

import shutil
from pathlib import Path

import pytest

from segkit.errors import UserError, WorkFailed
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.rollback import roll_back
from segkit.tracking.registry.versions import CHAMPION, HISTORY, champion, champions, version_scorer


@pytest.fixture(scope="module")
def three_champions(crowned, copy_store, little_code, run, tmp_path_factory):
    """The folder of a store with three champions, one after the other."""
    folder = tmp_path_factory.mktemp("champions")
    store = copy_store(crowned, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("segkit.tracking.registry.register.package_code", lambda: little_code)
        for name in ("three", "five"):
            promote(store, "customers", run(name), "", {})
    return folder


@pytest.fixture
def store(three_champions, copy_store, own_place):
    """A copy of it, to roll back in."""
    return copy_store(three_champions, own_place)


def test_rolling_back_restores_the_one_before_and_then_has_nothing_left(store):
    assert [roll_back(store, "customers").new.version for _ in range(2)] == [2, 1]
    assert champion(store, "customers").version == 1
    with pytest.raises(WorkFailed, match="no earlier champion"):
        roll_back(store, "customers")


def test_several_steps_go_back_at_once_and_say_who_moves(store, tables):
    done = roll_back(store, "customers", 2, tables)
    assert (done.new.version, done.old.version, champions(store, "customers")) == (1, 3, [1])
    assert done.reason == "rolled back from version 3 by 2 steps"
    assert done.migration.customers == 300
    assert "leave their segment of version 3" in done.as_text()
    assert "champion is version 1" in store.client.get_registered_model("customers").description


@pytest.mark.parametrize(
    ("steps", "said"), [(3, "2 earlier champions to go back to"), (0, "steps=0"), (-1, "steps=-1")]
)
def test_more_steps_than_there_are_is_refused_with_their_number(store, steps, said):
    with pytest.raises(UserError, match=said):
        roll_back(store, "customers", steps)
    assert champions(store, "customers") == [1, 2, 3]


def test_who_comes_back_gets_no_new_version_and_is_in_the_history_again(store, run):
    roll_back(store, "customers")
    promote(store, "customers", run("five"), "", {})
    assert champions(store, "customers") == [1, 2, 3]
    promote(store, "customers", run("four"), "", {})
    assert champions(store, "customers") == [1, 2, 3, 1]
    assert roll_back(store, "customers").new.version == 3


def test_a_cut_between_history_and_alias_is_mended(store):
    store.client.set_registered_model_tag("customers", HISTORY, "[1, 2]")  # cut in the middle of a rollback
    assert champions(store, "customers") == [1, 2, 3]
    store.client.set_registered_model_tag("customers", HISTORY, "[1, 2, 3, 2]")  # and of a promotion
    assert champions(store, "customers") == [1, 2, 3]
    assert roll_back(store, "customers").new.version == 2


def test_a_version_that_was_deleted_is_stepped_over(store):
    store.client.delete_model_version("customers", "2")
    assert roll_back(store, "customers").new.version == 1


def test_without_a_champion_there_is_nothing_to_roll_back(store):
    store.client.delete_registered_model_alias("customers", CHAMPION)
    with pytest.raises(WorkFailed, match="no champion now"):
        roll_back(store, "customers")


def files_of(store, number: int) -> Path:
    return Path(store.client.get_model_version_download_uri("customers", str(number)).removeprefix("file://"))


def test_a_champion_whose_files_are_gone_can_be_given_up_but_none_such_comes_back(store):
    shutil.rmtree(files_of(store, 3))
    with pytest.raises(WorkFailed, match="the files of customers/3 are gone"):
        version_scorer(store, champion(store, "customers"))
    assert roll_back(store, "customers").new.version == 2
    shutil.rmtree(files_of(store, 1))
    with pytest.raises(WorkFailed, match="the files of customers/1 are gone"):
        roll_back(store, "customers")
    assert (champion(store, "customers").version, champions(store, "customers")) == (2, [1, 2])
