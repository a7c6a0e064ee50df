"""What the benchmark of faults looks for it finds, and a sample of what it injects.

`python -m benchmarks.faults` does all of it, with commands of their own.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.faults.disks import fill, small_disk
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import Ended, Place, problems
from benchmarks.soak import _wrong
from segkit.data.write import FileWriter
from segkit.errors import UserError
from segkit.pages.file import write_page
from segkit.records import RunLabel
from segkit.tracking.read import find_run
from segkit.tracking.runs import _create, logged_run
from segkit.tracking.store import _open, open_store

needs_a_small_disk = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk"
)


@pytest.fixture
def place(store, tmp_path) -> Place:
    assert store.folder == tmp_path / "mlruns"
    return Place(tmp_path)


def test_a_store_in_order_has_no_problems(store, place):
    with logged_run(store, RunLabel("one", {}, "a" * 16, parent="p")):
        pass
    assert problems(place, place.finished()) == []


def test_what_is_lost_doubled_unfinished_or_half_written_is_found(store, place):
    for mark in ("a" * 16, "a" * 16):
        with logged_run(store, RunLabel("one", {}, mark, parent="p")):
            pass
    _create(store, RunLabel("two", {}, "b" * 16, parent="p"))
    (place.folder / ".host.1.part.scored.csv").write_text("half")
    with closing(sqlite3.connect(store.folder / "mlflow.db")) as database, database:
        database.execute("INSERT INTO registered_models (name) VALUES ('shop')")
        database.execute("INSERT INTO registered_model_aliases (name, alias, version) VALUES ('shop', 'champion', 3)")
    assert problems(place, {"gone"}) == [
        "1 runs lost",
        "1 runs doubled",
        "1 runs say RUNNING",
        ".host.1.part.scored.csv is left",
        "shop@champion names no version",
    ]
    assert _wrong(place.folder, 2) == ["1 runs lost", "1 runs doubled", "1 runs are RUNNING"]


def test_a_traceback_is_not_plain():
    assert Ended(2, "", "error: no room").is_plain
    assert not Ended(1, "", "Traceback (most recent call last):").is_plain
    assert not Ended(0, "", "").is_plain


def test_an_outcome_counts():
    outcome = Outcome("fault")
    outcome.add([])
    outcome.add(["bad"], lost=1)
    assert (outcome.injected, outcome.survived, outcome.lost, outcome.doubled) == (2, 1, 1, 0)


def test_only_a_small_disk_is_filled(tmp_path):
    with pytest.raises(SystemExit, match="no small disk"):
        fill(tmp_path)
    assert not list(tmp_path.iterdir())


@needs_a_small_disk
@pytest.mark.parametrize("name", ["scored.csv", "scored.parquet", "page.html"])
def test_no_room_for_what_is_asked_for(tmp_path: Path, name: str):
    def written() -> None:
        if name.endswith("html"):
            write_page("x" * 100_000, disk / name)
        else:
            with FileWriter(disk / name) as writer:
                writer.add(pd.DataFrame({"segment": range(50_000)}))

    with small_disk(tmp_path / "out") as disk:
        filler = fill(disk)
        with pytest.raises(UserError, match="No space left"):
            written()
        assert list(disk.iterdir()) == [filler]
        filler.unlink()
        written()
        assert [path.name for path in disk.iterdir()] == [name]


@needs_a_small_disk
def test_a_full_disk_for_the_store(tmp_path: Path):
    with small_disk(tmp_path / "mlruns") as disk:
        fill(disk)
        with pytest.raises(UserError, match="cannot be opened"):
            open_store(str(disk))


@needs_a_small_disk
def test_a_store_that_cannot_be_written_can_be_read(store):
    with logged_run(store, RunLabel("one", {}, "a" * 16)) as run_id:
        pass
    with small_disk(store.folder) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        _open.cache_clear()  # it is opened anew
        assert find_run(open_store(str(disk)), run_id)[0].status == "FINISHED"
    _open.cache_clear()
