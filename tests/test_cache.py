"""What the stage cache holds, and keeping it small."""

import json
import os
from pathlib import Path

import pytest
from filelock import FileLock

from segkit.cache import cache_summary, cache_text, cached, trim


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three stages of 100 bytes, the oldest first."""
    for age, name in enumerate(["preprocessing-a", "reducer-b", "reducer-c"]):
        (tmp_path / f"{name}.skops").write_bytes(b"x" * 100)
        (tmp_path / f"{name}.lock").touch()
        os.utime(tmp_path / f"{name}.skops", (1000 + age, 1000 + age))
    return tmp_path


def names(folder: Path) -> list[str]:
    return [entry.path.stem for entry in cached(folder)]


def test_the_longest_unused_goes_first(folder):
    assert trim(folder, 250) == 100
    assert names(folder) == ["reducer-b", "reducer-c"]
    assert not (folder / "preprocessing-a.lock").exists()


@pytest.mark.parametrize(("most", "left"), [(300, 3), (299, 2), (100, 1), (99, 0), (0, 0)])
def test_what_fits_stays(folder, most, left):
    trim(folder, most)
    assert len(names(folder)) == left


def test_a_stage_in_use_stays(folder):
    with FileLock(folder / "preprocessing-a.lock"):
        assert trim(folder, 0) == 200
    assert names(folder) == ["preprocessing-a"]


def test_what_a_killed_worker_left_unfinished_is_counted_and_goes_whatever_fits(folder):
    (folder / "reducer-d.part").write_bytes(b"x" * 30)
    assert cache_summary(folder)["steps"]["unfinished"] == {"entries": 1, "bytes": 30}
    assert trim(folder, 1000) == 30
    assert len(names(folder)) == 3


def test_what_is_being_written_stays(folder):
    part = folder / "reducer-d.part"
    part.write_bytes(b"x" * 30)
    with FileLock(folder / "reducer-d.lock"):
        trim(folder, 0)
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == [part.name]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert cache_summary(tmp_path / "none")["entries"] == 0
    assert trim(tmp_path / "none", 0) == 0


def test_the_summary_counts_by_step(folder):
    summary = cache_summary(folder, freed=2_500_000)
    assert summary["steps"] == {
        "preprocessing": {"entries": 1, "bytes": 100},
        "reducer": {"entries": 2, "bytes": 200},
    }
    assert cache_text(summary).splitlines()[-1] == "freed 2.5 MB"


def test_the_command_shows_and_empties_the_cache(segkit, store):
    small = ("run", "k=3", "data.generate.rows=150")
    assert segkit(*small).code == 0
    before = json.loads(segkit("cache", "format=json").out)
    assert before["entries"] == 3  # of all customers and of two halves
    assert before["freed"] == 0
    assert "freed" in segkit("cache", "clear=true").out
    assert json.loads(segkit("cache", "format=json").out)["entries"] == 0
    assert segkit(*small).code == 0  # and computes again


def test_a_sweep_keeps_the_cache_within_its_limit(segkit, store):
    sweep = ("sweep", "reducer=none,pca", "k=3", "data.generate.rows=150", "hydra/launcher=basic")
    assert segkit(*sweep, "tracking.cache_gb=0").code == 0
    assert cached(store.cache) == []
