"""Fitted stages on disk: computed once, whoever needs them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skops.io
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted

from segkit.brief import Brief
from segkit.data import make_customers
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind, TypedColumns
from segkit.stages import SharedStages

MATRIX = np.random.default_rng(0).normal(size=(30, 4))


def stages(folder: Path, **keys: str) -> SharedStages:
    return SharedStages(folder / "cache", {"preprocessing": "p1", "reducer": "r1"} | keys)


class Counted:
    """A computation that knows how often it was done."""

    def __init__(self, result: Any = MATRIX) -> None:
        self.result, self.times = result, 0

    def __call__(self) -> Any:
        self.times += 1
        return self.result


def test_the_second_call_reads_from_disk_and_does_not_compute(tmp_path: Path) -> None:
    compute = Counted()
    for _ in range(2):
        np.testing.assert_array_equal(stages(tmp_path).get("reducer", compute), MATRIX)
    assert compute.times == 1


def test_another_key_or_another_step_is_another_entry(tmp_path: Path) -> None:
    compute = Counted()
    stages(tmp_path).get("reducer", compute)
    stages(tmp_path, reducer="r2").get("reducer", compute)
    stages(tmp_path, preprocessing="r1").get("preprocessing", compute)
    assert compute.times == 3
    assert len(list((tmp_path / "cache").glob("*.skops"))) == 3


def test_a_fitted_pipeline_comes_back_from_disk_able_to_transform(tmp_path: Path) -> None:
    table = make_customers(60).drop(columns=["customer_id", "truth"])
    pipeline = Pipeline([("columns", TypedColumns()), ("matrix", ByKind())])
    compute = Counted((pipeline, pipeline.fit_transform(table)))
    stages(tmp_path).get("preprocessing", compute)
    read, again = stages(tmp_path).get("preprocessing", compute)
    assert read is not pipeline
    np.testing.assert_array_equal(again, compute.result[1])
    np.testing.assert_array_equal(read.transform(table.head(5)), pipeline.transform(table.head(5)))


@pytest.mark.parametrize("mask", [np.array([True, False, True]), np.ones((2, 4))])
def test_masks_and_trees_keep_their_kind(tmp_path: Path, mask: np.ndarray) -> None:
    stages(tmp_path).get("reducer", lambda: mask)
    read = stages(tmp_path).get("reducer", Counted(None))
    assert read.dtype == mask.dtype
    np.testing.assert_array_equal(read, mask)


@pytest.mark.parametrize("damage", ["empty", "cut", "rubbish", "foreign", "other"])
def test_an_entry_that_cannot_be_read_is_computed_again(tmp_path: Path, damage: str) -> None:
    compute = Counted()
    stages(tmp_path).get("reducer", compute)
    (entry,) = (tmp_path / "cache").glob("*.skops")
    if damage in ("foreign", "other"):
        skops.io.dump({"foreign": {"stage": Brief()}, "other": {"something": 1}}[damage], entry)
    else:
        entry.write_bytes({"empty": b"", "cut": entry.read_bytes()[:-40], "rubbish": b"no entry"}[damage])
    for _ in range(2):
        np.testing.assert_array_equal(stages(tmp_path).get("reducer", compute), MATRIX)
    assert compute.times == 2


def test_a_fit_that_fails_leaves_no_entry_and_no_lock_held(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be between"):
        stages(tmp_path).get("reducer", lambda: PCA(99).fit_transform(MATRIX))
    assert list((tmp_path / "cache").glob("*.skops")) == []
    np.testing.assert_array_equal(stages(tmp_path).get("reducer", Counted()), MATRIX)


def test_nothing_is_left_beside_entry_and_lock(tmp_path: Path) -> None:
    stages(tmp_path).get("reducer", Counted())
    names = {path.name for path in (tmp_path / "cache").iterdir()}
    assert "reducer-r1.skops" in names
    assert names <= {"reducer-r1.skops", "reducer-r1.lock"}


def test_what_a_killed_writer_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "reducer-r1.part").write_bytes(b"half an ent")
    stages(tmp_path).get("reducer", Counted())
    np.testing.assert_array_equal(stages(tmp_path).get("reducer", Counted(None)), MATRIX)
    assert not list((tmp_path / "cache").glob("*.part"))


class Batchwise(TransformerMixin, BaseEstimator):
    """A reducer whose map is not known to be the same for every batch."""

    def fit(self, X: Any, y: Any = None) -> "Batchwise":
        self.rows_ = np.asarray(X)
        return self

    def transform(self, X: Any) -> np.ndarray:
        return np.asarray(X)[:, :2]


def test_a_reducer_that_depends_on_the_batch_is_not_kept_fitted(tmp_path: Path) -> None:
    for _ in ("cold", "warm"):
        model = SegmentationModel(KMeans(2, n_init=1), Batchwise(), stages=stages(tmp_path)).fit(MATRIX)
        assert not hasattr(model.pipeline_["reducer"], "rows_")
        assert model.embedding_.shape == (len(MATRIX), 2)


def test_a_row_by_row_reducer_comes_back_fitted(tmp_path: Path) -> None:
    for _ in ("cold", "warm"):
        model = SegmentationModel(KMeans(2, n_init=1), PCA(2), stages=stages(tmp_path)).fit(MATRIX)
        check_is_fitted(model.pipeline_["reducer"])


def test_a_model_with_shared_stages_segments_as_one_without(tmp_path: Path) -> None:
    table = make_customers(120).drop(columns=["customer_id", "truth"])
    algorithm, reducer = KMeans(3, n_init=2, random_state=0), PCA(2, random_state=0)
    alone = SegmentationModel(algorithm, reducer).fit(table)
    for _ in ("cold", "warm"):
        shared = SegmentationModel(algorithm, reducer, stages=stages(tmp_path)).fit(table)
        np.testing.assert_array_equal(shared.labels_, alone.labels_)
        np.testing.assert_allclose(shared.predict_proba(table), alone.predict_proba(table))


WORKER = """
import sys, time
from pathlib import Path
import numpy as np
from segkit.stages import SharedStages

folder, name = Path(sys.argv[1]), sys.argv[2]

def slow():
    with (folder / "counter").open("a") as counter:
        counter.write("x")
    time.sleep(0.5)
    return np.full((5, 2), 2.0)

(folder / f"{name}.ready").touch()
while len(list(folder.glob("*.ready"))) < 3:
    time.sleep(0.01)
assert SharedStages(folder / "cache", {"reducer": "r1"}).get("reducer", slow).tolist() == [[2.0, 2.0]] * 5
"""


def test_three_processes_that_want_the_same_stage_at_once_compute_it_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    workers = [subprocess.Popen([*command, str(number)]) for number in range(3)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0, 0]
    assert (tmp_path / "counter").read_text() == "x"


def test_what_one_machine_has_computed_another_takes_from_the_address(tmp_path: Path) -> None:
    compute, address = Counted(), f"file://{tmp_path / 'shared'}"
    for machine in ("one", "two"):
        shared = SharedStages(tmp_path / machine, {"reducer": "r1"}, address)
        np.testing.assert_array_equal(shared.get("reducer", compute), MATRIX)
    assert compute.times == 1
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["reducer-r1.skops"]


def test_half_an_entry_at_the_address_is_computed_again(tmp_path: Path) -> None:
    compute = Counted()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "reducer-r1.skops").write_bytes(b"PK half")
    shared = SharedStages(tmp_path / "one", {"reducer": "r1"}, f"file://{tmp_path / 'shared'}")
    np.testing.assert_array_equal(shared.get("reducer", compute), MATRIX)
    assert compute.times == 1


def test_an_address_that_nothing_reaches_is_refused(tmp_path: Path) -> None:
    from segkit.tracking.store import open_store

    with pytest.raises(UserError, match=r"tracking\.cache=nowhere://x cannot be used"):
        open_store(str(tmp_path), cache="nowhere://x")


def test_a_disk_that_is_full_is_left_nothing_half_written(tmp_path, monkeypatch):
    def full(stage, path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("segkit.stages.dump", full)
    with pytest.raises(OSError, match="No space left"):
        SharedStages(tmp_path, {"reducer": "key"}).get("reducer", lambda: 1)
    assert not list(tmp_path.glob("*.part"))
