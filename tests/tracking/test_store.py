"""Opening stores."""

import shutil
import sqlite3
import subprocess
import sys

import pytest

from segkit.errors import UserError
from segkit.tracking.store import check_there, open_store


def test_a_new_store_keeps_its_files_beside_its_database(store):
    experiment = store.client.get_experiment(store.experiment_id)
    assert experiment.artifact_location == (store.folder / "artifacts").as_uri()


def test_reading_does_not_create_a_store(own_place):
    with pytest.raises(UserError, match="no store"):
        check_there("mlruns", None)
    assert not (own_place / "mlruns").exists()


def test_a_copied_store_uses_its_own_files(store, own_place):
    run = store.client.create_run(store.experiment_id)
    store.client.log_text(run.info.run_id, "mine", "note.txt")
    shutil.copytree(own_place / "mlruns", own_place / "copy")
    copied = open_store("copy")
    assert str(own_place / "copy") in copied.client.get_run(run.info.run_id).info.artifact_uri
    assert str(store.folder) in store.client.get_run(run.info.run_id).info.artifact_uri


def test_a_deleted_experiment_is_named(store):
    store.client.delete_experiment(store.experiment_id)
    with pytest.raises(UserError, match="was deleted"):
        open_store(str(store.folder), experiment="segkit", uri=store.uri)


def test_several_processes_may_open_a_new_store_at_once(own_place):
    code = "from segkit.tracking.store import open_store; print(open_store('fresh').experiment_id)"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate()[0] for process in started}) == 1
    assert {process.returncode for process in started} == {0}


def test_a_store_that_was_half_made_when_its_maker_was_killed_is_made_anew(tmp_path, monkeypatch):
    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("segkit.tracking.store.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            open_store(str(tmp_path / "mlruns"))
    assert not (tmp_path / "mlruns" / "mlflow.db").exists()
    assert open_store(str(tmp_path / "mlruns")).experiment_id
    assert not list((tmp_path / "mlruns").glob("*.unfinished*"))


def test_a_store_that_has_lost_a_table_is_not_given_an_empty_one(store, own_place):
    shutil.copytree(store.folder, own_place / "broken")
    with sqlite3.connect(own_place / "broken" / "mlflow.db") as database:
        database.execute("DROP TABLE tags")
    with pytest.raises(UserError, match="has lost its table tags"):
        open_store("broken")
    assert not database.execute("SELECT name FROM sqlite_master WHERE name = 'tags'").fetchall()
    database.close()


@pytest.mark.parametrize("cache", ["/proc/nothing", "taken"])
def test_a_cache_that_can_be_no_folder_is_refused(store, own_place, cache):
    (own_place / "taken").write_text("x")
    with pytest.raises(UserError, match=f"tracking.cache={cache} cannot be a folder"):
        open_store(cache=cache)
