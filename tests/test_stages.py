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
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from segkit.brief import Brief
from segkit.data import make_customers
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind, TypedColumns
from segkit.stages import SharedStages

MATRIX = np.random.default_rng(0).normal(size=(30, 4))


class Counting(TransformerMixin, BaseEstimator):
    """A reducer that puts a letter into a file for every fit."""

    def __init__(self, file: str = "") -> None:
        self.file = file

    def fit(self, X: Any, y: Any = None) -> "Counting":
        with Path(self.file).open("a") as counter:
            counter.write("x")
        self.rows_ = len(X)
        return self

    def transform(self, X: Any) -> np.ndarray:
        return np.asarray(X)[:, :2]


@pytest.fixture
def counting(tmp_path: Path) -> Counting:
    return Counting(str(tmp_path / "counter"))


def fits(reducer: Counting) -> int:
    return len(Path(reducer.file).read_text())


def stages(folder: Path, **keys: str) -> SharedStages:
    return SharedStages(folder / "cache", {"preprocessing": "p1", "reducer": "r1"} | keys)


def test_the_second_call_reads_from_disk_and_does_not_fit(tmp_path: Path, counting: Counting) -> None:
    _, first = stages(tmp_path).fit_transform("reducer", counting, MATRIX)
    _, second = stages(tmp_path).fit_transform("reducer", counting, MATRIX)
    assert fits(counting) == 1
    np.testing.assert_array_equal(first, MATRIX[:, :2])
    np.testing.assert_array_equal(second, first)


def test_another_key_or_another_step_is_another_entry(tmp_path: Path, counting: Counting) -> None:
    stages(tmp_path).fit_transform("reducer", counting, MATRIX)
    stages(tmp_path, reducer="r2").fit_transform("reducer", counting, MATRIX)
    stages(tmp_path, preprocessing="r1").fit_transform("preprocessing", PCA(2), MATRIX)
    assert fits(counting) == 2
    assert len(list((tmp_path / "cache").glob("*.skops"))) == 3


def test_a_fitted_pipeline_comes_back_from_disk_able_to_transform(tmp_path: Path) -> None:
    table = make_customers(60).drop(columns=["customer_id", "truth"])
    pipeline = Pipeline([("columns", TypedColumns()), ("matrix", ByKind())])
    fitted, output = stages(tmp_path).fit_transform("preprocessing", pipeline, table)
    read, again = stages(tmp_path).fit_transform("preprocessing", pipeline, "no table at all")
    np.testing.assert_array_equal(again, output)
    np.testing.assert_array_equal(read.transform(table.head(5)), fitted.transform(table.head(5)))


def test_a_row_by_row_reducer_comes_back_fitted(tmp_path: Path) -> None:
    fitted, _ = stages(tmp_path).fit_transform("reducer", PCA(2), MATRIX)
    read, _ = stages(tmp_path).fit_transform("reducer", PCA(2), "no matrix at all")
    np.testing.assert_array_equal(read.components_, fitted.components_)


def test_a_reducer_that_depends_on_the_batch_comes_back_unfitted_at_every_call(
    tmp_path: Path, counting: Counting
) -> None:
    found = [stages(tmp_path).fit_transform("reducer", counting, MATRIX)[0] for _ in range(2)]
    assert [hasattr(reducer, "rows_") for reducer in found] == [False, False]
    assert [reducer.file for reducer in found] == [counting.file] * 2


def test_the_estimator_of_the_caller_stays_unfitted(tmp_path: Path) -> None:
    scaler = StandardScaler()
    fitted, _ = stages(tmp_path).fit_transform("preprocessing", scaler, MATRIX)
    check_is_fitted(fitted)
    assert not hasattr(scaler, "mean_")


@pytest.mark.parametrize("damage", ["empty", "cut", "rubbish", "foreign"])
def test_an_entry_that_cannot_be_read_is_computed_again(tmp_path: Path, counting: Counting, damage: str) -> None:
    stages(tmp_path).fit_transform("reducer", counting, MATRIX)
    (entry,) = (tmp_path / "cache").glob("*.skops")
    if damage == "foreign":
        skops.io.dump({"fitted": Brief(), "output": MATRIX}, entry)
    else:
        entry.write_bytes({"empty": b"", "cut": entry.read_bytes()[:-40], "rubbish": b"no entry"}[damage])
    for _ in range(2):
        _, output = stages(tmp_path).fit_transform("reducer", counting, MATRIX)
        np.testing.assert_array_equal(output, MATRIX[:, :2])
    assert fits(counting) == 2


def test_an_entry_with_other_content_is_computed_again(tmp_path: Path, counting: Counting) -> None:
    (tmp_path / "cache").mkdir()
    skops.io.dump({"something": 1}, tmp_path / "cache" / "reducer-r1.skops")
    for _ in range(2):
        _, output = stages(tmp_path).fit_transform("reducer", counting, MATRIX)
        np.testing.assert_array_equal(output, MATRIX[:, :2])
    assert fits(counting) == 1


def test_a_fit_that_fails_leaves_no_entry_and_no_lock_held(tmp_path: Path, counting: Counting) -> None:
    with pytest.raises(ValueError, match="must be between"):
        stages(tmp_path).fit_transform("reducer", PCA(99), MATRIX)
    assert list((tmp_path / "cache").glob("*.skops")) == []
    stages(tmp_path).fit_transform("reducer", counting, MATRIX)
    assert fits(counting) == 1


def test_nothing_is_left_beside_entry_and_lock(tmp_path: Path) -> None:
    stages(tmp_path).fit_transform("reducer", PCA(2), MATRIX)
    names = {path.name for path in (tmp_path / "cache").iterdir()}
    assert "reducer-r1.skops" in names
    assert names <= {"reducer-r1.skops", "reducer-r1.lock"}


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
from sklearn.base import BaseEstimator, TransformerMixin
from segkit.stages import SharedStages

folder, name = Path(sys.argv[1]), sys.argv[2]

class Slow(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        with (folder / "counter").open("a") as counter:
            counter.write("x")
        time.sleep(0.5)
        return self

    def transform(self, X):
        return np.asarray(X) * 2

(folder / f"{name}.ready").touch()
while len(list(folder.glob("*.ready"))) < 3:
    time.sleep(0.01)
_, output = SharedStages(folder / "cache", {"reducer": "r1"}).fit_transform("reducer", Slow(), np.ones((5, 2)))
assert output.tolist() == [[2.0, 2.0]] * 5
"""


def test_three_processes_that_want_the_same_stage_at_once_compute_it_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    workers = [subprocess.Popen([*command, str(number)]) for number in range(3)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0, 0]
    assert (tmp_path / "counter").read_text() == "x"
