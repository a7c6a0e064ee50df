"""Data sets of large files: understood once on a machine."""

import sys
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from segkit import mapped
from segkit.config import sharing
from segkit.config.asked import composed
from segkit.config.computed import computed
from segkit.config.datasets import load_dataset
from segkit.config.sharing import shared_dataset
from segkit.data import Dataset, make_customers, make_dataset
from segkit.fingerprint import content_hash
from segkit.mapped import load


class Caches(NamedTuple):
    """As much of a store as a run needs to be computed."""

    cache: Path
    shared_cache: str = ""


LOADED = """
import sys
from segkit import mapped
from segkit.config import sharing
sharing.LARGE, mapped.LARGE = 1, 1000
from segkit.config.asked import composed
from segkit.config.datasets import load_dataset
table = load_dataset(composed("run", ["data=table", f"data.path={sys.argv[1]}"])).table
at = table["income"].to_numpy().ctypes.data
lines = [line.split() for line in open("/proc/self/maps")]
print(next(line[-1] for line in lines if int(line[0].split("-")[0], 16) <= at < int(line[0].split("-")[1], 16)))
"""


@pytest.fixture
def large(own_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a size that counts as large here."""
    monkeypatch.setattr(sharing, "LARGE", 1)
    monkeypatch.setattr(mapped, "LARGE", 1000)
    path = own_place / "shop.csv"
    make_customers(300).to_csv(path, index=False)
    return path


def loaded(path: Path, folder: str = "mlruns") -> Dataset:
    """The data set, its copy kept in this folder: who knows another one knows nothing of it."""
    return load_dataset(composed("run", ["data=table", f"data.path={path}", f"tracking.folder={folder}"]))


def entries(folder: str = "mlruns") -> list[Path]:
    return list(Path(folder, "cache").glob("table-*.skops"))


def is_mapped(values: np.ndarray) -> bool:
    while isinstance(values, np.ndarray) and not isinstance(values, np.memmap):
        values = values.base  # type: ignore[assignment]
    return isinstance(values, np.memmap)


def test_a_large_table_is_mapped_and_the_same_data_set(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = loaded(large)
    monkeypatch.setattr(sharing, "LARGE", 1e9)
    plain = loaded(large, "elsewhere")
    assert len(entries()) == 1
    assert is_mapped(found.table["income"].to_numpy())
    assert not Path("elsewhere").exists()
    assert (found.hash, found.key, found.columns, found.notes) == (plain.hash, plain.key, plain.columns, plain.notes)
    assert content_hash(found.table) == plain.hash
    pd.testing.assert_frame_equal(found.table, plain.table)


@pytest.mark.parametrize("algorithm", ["kmeans", "birch"])
def test_a_run_on_it_finds_the_same(large: Path, algorithm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    results = []
    for least, folder in ((1, "mapped"), (1e9, "plain")):
        monkeypatch.setattr(sharing, "LARGE", least)
        asked = [
            "data=table",
            f"data.path={large}",
            "reducer=pca",
            f"algorithm={algorithm}",
            f"tracking.folder={folder}",
        ]
        config = composed("run", asked)
        results.append(computed(config, load_dataset(config), Caches(Path(folder, "cache")), alone=True))
    first, second = results
    assert first.metrics == second.metrics
    pd.testing.assert_frame_equal(first.segments, second.segments)
    pd.testing.assert_frame_equal(first.labels, second.labels)


def test_it_is_understood_once(large: Path) -> None:
    made: list[Dataset] = []

    def make() -> Dataset:
        made.append(make_dataset("shop", pd.read_csv(large)))
        return made[-1]

    first, second = (shared_dataset(Path("cache"), "as asked", str(large), make) for _ in range(2))
    shared_dataset(Path("cache"), "otherwise", str(large), make)
    assert first.key == second.key
    assert len(made) == 2


def test_a_file_that_has_changed_is_understood_anew(large: Path) -> None:
    before = loaded(large)
    make_customers(200).to_csv(large, index=False)
    assert (len(before.table), len(loaded(large).table)) == (300, 200)


@pytest.mark.parametrize("damage", ["in the table", "cut short", "empty"])
def test_a_broken_copy_is_made_anew(large: Path, damage: str) -> None:
    make = partial(make_dataset, "shop", pd.read_csv(large))
    whole = shared_dataset(Path("mlruns/cache"), "", str(large), make)
    (entry,) = entries()
    content = bytearray(entry.read_bytes())
    content[200] ^= 255
    entry.unlink()  # as a copy of a disk's would be another file
    entry.write_bytes({"in the table": content, "cut short": content[:5000], "empty": b""}[damage])
    again = shared_dataset(Path("mlruns/cache"), "", str(large), make)
    assert content_hash(again.table) == whole.hash
    assert load(entry)["hash"] == whole.hash


def test_a_table_that_cannot_be_mapped_is_read_as_ever(large: Path) -> None:
    odd = make_customers(90).assign(mood=pd.Categorical(["a", "b", "c"] * 30))
    make = partial(make_dataset, "odd", odd)
    for _ in range(2):
        assert shared_dataset(Path("cache"), "", str(large), make).hash == make().hash


def test_two_workers_map_one_copy(large: Path) -> None:
    mine = loaded(large)
    workers = [Popen([sys.executable, "-c", LOADED, str(large)], stdout=PIPE, text=True) for _ in range(2)]
    theirs = [worker.communicate()[0] for worker in workers]
    (entry,) = entries()
    assert is_mapped(mine.table["income"].to_numpy())
    assert {Path(name.strip()) for name in theirs} == {entry.absolute()}


def test_of_a_small_file_nothing_is_kept(own_place: Path) -> None:
    make_customers(80).to_csv("small.csv", index=False)
    loaded(own_place / "small.csv")
    assert not Path("mlruns").exists()
