"""Long tables a block after the other."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import make_pipeline

from segkit import blocks
from segkit.algorithms.birch import Birch
from segkit.blocks import by_blocks, by_columns
from segkit.data import Dataset, make_customers, make_dataset
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.runs import run

MATRIX = np.random.default_rng(0).normal(size=(11, 6))


def type_name(value: Any) -> str:
    return type(value).__name__


class Seen:
    """Work that knows the shapes of what it was given."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def doubled(self, part: np.ndarray) -> np.ndarray:
        self.shapes.append(part.shape)
        return np.asarray(part) * 2

    def summed(self, part: np.ndarray) -> np.ndarray:
        self.shapes.append(part.shape)
        return np.asarray(part).sum(axis=0)


@pytest.mark.parametrize("table", [MATRIX, pd.DataFrame(MATRIX)], ids=["array", "table"])
def test_blocks_of_rows_give_what_the_whole_gives(table: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_ROWS", 4)
    seen = Seen()
    np.testing.assert_array_equal(by_blocks(seen.doubled, table), MATRIX * 2)
    assert seen.shapes == [(4, 6), (4, 6), (3, 6)]


def test_one_value_a_row_comes_out_as_one_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_ROWS", 4)
    np.testing.assert_array_equal(by_blocks(lambda part: part.argmax(axis=1), MATRIX), MATRIX.argmax(axis=1))


def test_a_short_table_is_worked_on_whole() -> None:
    seen = Seen()
    by_blocks(seen.doubled, MATRIX)
    by_columns(seen.summed, MATRIX)
    assert seen.shapes == [MATRIX.shape, MATRIX.shape]


@pytest.mark.parametrize("table", [MATRIX, pd.DataFrame(MATRIX)], ids=["array", "table"])
def test_columns_in_parts_give_what_all_together_give(table: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_MOST_CELLS", 4 * len(MATRIX))
    seen = Seen()
    np.testing.assert_allclose(by_columns(seen.summed, table), MATRIX.sum(axis=0))
    assert seen.shapes == [(11, 4), (11, 2)]


def test_more_rows_than_cells_still_go_a_column_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_MOST_CELLS", 3)
    np.testing.assert_allclose(by_columns(lambda part: part.sum(axis=0), MATRIX), MATRIX.sum(axis=0))


@pytest.mark.parametrize("fit_rows", [None, 150], ids=["all fitted", "a sample fitted"])
@pytest.mark.parametrize(
    "algorithm", [KMeans(3, n_init=2, random_state=0), GaussianMixture(3, random_state=0), Birch(3)], ids=type_name
)
def test_a_run_in_blocks_finds_what_it_finds_whole(
    algorithm: Any, fit_rows: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = make_dataset("customers", make_customers(300))
    whole = run(dataset, model_of(dataset, algorithm, fit_rows))
    monkeypatch.setattr(blocks, "MOST_ROWS", 64)
    monkeypatch.setattr(blocks, "_MOST_CELLS", 700)
    monkeypatch.setattr("segkit.model.MOST_ROWS", 64)
    parts = run(dataset, model_of(dataset, algorithm, fit_rows))
    assert parts.metrics == pytest.approx(whole.metrics)
    pd.testing.assert_frame_equal(parts.segments, whole.segments)
    pd.testing.assert_frame_equal(parts.labels, whole.labels)


def model_of(dataset: Dataset, algorithm: Any, fit_rows: int | None) -> SegmentationModel:
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    return SegmentationModel(clone(algorithm), PCA(3), columns=columns, features=features, fit_rows=fit_rows)


def test_what_many_rows_became_at_fitting_is_taken_again_of_our_own_preprocessing_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dataset = make_dataset("customers", make_customers(100))
    model = model_of(dataset, KMeans(3, n_init=1, random_state=0), None).fit(dataset.features)
    assert model.matrix_of_fitted() is None
    monkeypatch.setattr("segkit.model.MOST_ROWS", 64)
    again = model.pipeline_["preprocessing"].transform(dataset.features)
    np.testing.assert_array_equal(model.matrix_of_fitted(), again)
    other = clone(model).set_params(preprocessing=make_pipeline(ByKind())).fit(dataset.features)
    assert other.matrix_of_fitted() is None
