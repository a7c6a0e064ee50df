"""Segments are numbered by size; who is fitted, and what counts how much."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score

from segkit.config.pieces import weighted
from segkit.data import Stated, make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel, by_size
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.preprocessing.rows import Within

LABELS = st.lists(st.integers(-1, 6), max_size=60).map(lambda values: np.array(values, dtype=int))


@given(LABELS)
def test_the_partition_stays_and_noise_stays_noise(labels: np.ndarray) -> None:
    numbered = by_size(labels)
    assert len(set(zip(labels.tolist(), numbered.tolist(), strict=True))) == len(set(labels.tolist()))
    assert ((numbered == -1) == (labels == -1)).all()


@given(LABELS)
def test_numbers_run_from_nought_by_falling_size(labels: np.ndarray) -> None:
    numbered = by_size(labels)
    names, counts = np.unique(numbered[numbered != -1], return_counts=True)
    assert names.tolist() == list(range(len(names)))
    assert (np.diff(counts) <= 0).all()


@given(LABELS)
def test_numbering_twice_changes_nothing(labels: np.ndarray) -> None:
    np.testing.assert_array_equal(by_size(by_size(labels)), by_size(labels))


@pytest.mark.parametrize(
    ("labels", "expected"), [([5, 5, 9], [0, 0, 1]), ([9, 5], [1, 0]), ([-1, -1], [-1, -1]), ([], [])]
)
def test_equal_sizes_keep_their_order(labels: list[int], expected: list[int]) -> None:
    assert by_size(np.array(labels, dtype=int)).tolist() == expected


RNG = np.random.default_rng(0)
HALF = 60
# Two segments on a line, and three customers who are far from both.
CUSTOMERS = pd.DataFrame(
    {
        "age": np.r_[RNG.normal(30, 2, HALF), RNG.normal(60, 2, HALF), 99.0, 98.0, 5.0],
        "spend": np.r_[RNG.normal(10, 1, HALF), RNG.normal(20, 1, HALF), 500.0, 400.0, 300.0],
    },
    index=range(1000, 1000 + 2 * HALF + 3),
)
WITHIN = Within({"age": [18, 90]})
KMEANS = KMeans(2, n_init=3, random_state=0)


def fitted(algorithm: Any = KMEANS, weights: Any = None, table: pd.DataFrame = CUSTOMERS, **choices: Any) -> Any:
    model = SegmentationModel(algorithm, preprocessing=ByKind(**choices))
    return model.fit(table, customer_weights=weights)


@pytest.mark.parametrize("algorithm", [KMEANS, AgglomerativeClustering(2)])
def test_rows_that_a_rule_drops_are_not_fitted_but_get_a_segment(algorithm: Any) -> None:
    model, without = fitted(algorithm, drop=[WITHIN]), fitted(algorithm, table=CUSTOMERS.iloc[:-3])
    assert model.kept_.tolist() == [True] * 2 * HALF + [False] * 3
    np.testing.assert_array_equal(model.embedding_, without.embedding_)
    assert len(model.labels_) == len(CUSTOMERS)
    np.testing.assert_array_equal(model.labels_[:-3], without.labels_)
    np.testing.assert_array_equal(model.labels_[-3:], without.predict(CUSTOMERS.iloc[-3:]))
    np.testing.assert_array_equal(model.predict(CUSTOMERS), without.predict(CUSTOMERS))


def test_who_was_fitted_keeps_the_segment_of_the_fit_even_where_scoring_gives_another() -> None:
    table = pd.DataFrame({"age": RNG.uniform(20, 90, 200), "spend": RNG.uniform(0, 50, 200)})
    table.loc[:9, "age"] = 99.0
    model = fitted(AgglomerativeClustering(5, linkage="average"), table=table, drop=[WITHIN])
    kept = fitted(AgglomerativeClustering(5, linkage="average"), table=table.iloc[10:])
    assert (model.predict(table) != model.labels_).any()
    np.testing.assert_array_equal(model.labels_[10:], kept.labels_)


def test_the_rows_that_would_make_a_segment_of_their_own_make_none_once_dropped() -> None:
    assert np.bincount(fitted().labels_).min() <= 3
    assert np.bincount(fitted(drop=[WITHIN]).labels_).min() >= HALF


def test_outliers_are_dropped_and_get_a_segment_too() -> None:
    model = fitted(outliers="drop")
    assert not model.kept_[-3:].any()
    assert 0.9 * len(CUSTOMERS) < len(model.embedding_) == model.kept_.sum() < len(CUSTOMERS)
    assert len(model.labels_) == len(CUSTOMERS)
    assert set(model.labels_) == {0, 1}


def test_rows_with_gaps_are_dropped_and_get_a_segment_too() -> None:
    gappy = CUSTOMERS.iloc[:-3].copy()
    gappy.iloc[0, 1] = np.nan
    model = fitted(table=gappy, gaps="drop")
    assert model.kept_.tolist() == [False] + [True] * (2 * HALF - 1)
    assert model.labels_[0] == model.labels_[1]


def test_without_rules_all_are_fitted() -> None:
    model = fitted()
    assert model.kept_.all()
    assert len(model.embedding_) == len(model.labels_) == len(CUSTOMERS)


def test_a_rule_that_leaves_nobody_is_refused() -> None:
    with pytest.raises(UserError, match=r"preprocessing\.drop=Within leaves 0 of 123 customers"):
        fitted(drop=[Within({"age": [200, None]})])


def centres(model: SegmentationModel) -> np.ndarray:
    found = model.pipeline_["algorithm"].cluster_centers_
    return found[np.lexsort(found.T)]


def test_a_row_of_weight_three_counts_as_three_copies() -> None:
    weights = np.where(np.arange(len(CUSTOMERS)) % 5, 1.0, 3.0)
    weighted_, copied, plain = (
        fitted(weights=weights, scaler="none"),
        fitted(table=CUSTOMERS.loc[CUSTOMERS.index.repeat(weights.astype(int))], scaler="none"),
        fitted(scaler="none"),
    )
    np.testing.assert_allclose(centres(weighted_), centres(copied))
    assert np.abs(centres(weighted_) - centres(plain)).max() > 0.01
    assert weighted_.weights_used_
    assert not plain.weights_used_


def test_rows_that_are_not_fitted_take_their_weights_along() -> None:
    weights = np.r_[np.linspace(1, 9, 2 * HALF), 1e6, 1e6, 1e6]
    model = fitted(weights=pd.Series(weights), drop=[WITHIN])
    without = fitted(weights=weights[:-3], table=CUSTOMERS.iloc[:-3])
    np.testing.assert_allclose(centres(model), centres(without))


def test_weights_that_the_algorithm_does_not_take_are_known_not_to_count() -> None:
    ward = AgglomerativeClustering(2)
    model = fitted(ward, weights=np.linspace(1, 9, len(CUSTOMERS)))
    assert not model.weights_used_
    np.testing.assert_array_equal(model.labels_, fitted(ward).labels_)


def segments_of(table: pd.DataFrame, **said: Any) -> np.ndarray:
    """Segments as a run makes them of what is said of the table's columns."""
    dataset = make_dataset("shop", table, stated=Stated(**said))
    columns, features = reading_steps(dataset.columns, [column.name for column in dataset.feature_columns])
    preprocessing = weighted(ByKind(), dataset)
    model = SegmentationModel(KMeans(3, n_init=10, random_state=0), "passthrough", preprocessing, columns, features)
    return model.fit(dataset.features).labels_


def test_income_copied_five_times_and_counted_once_gives_the_segments_of_the_original_table() -> None:
    rows = 300
    habit = np.arange(rows) % 3
    table = pd.DataFrame(
        {
            "Income": RNG.lognormal(10, 0.5, rows).round(),
            "visits": habit * 4.0 + RNG.normal(size=rows),
            "basket": (habit == 1) * 4.0 + RNG.normal(size=rows),
            "web": (habit == 2) * 4.0 + RNG.normal(size=rows),
        }
    )
    copies = [f"Income {copy}" for copy in range(1, 5)]
    copied = table.assign(**dict.fromkeys(copies, table["Income"]))
    original = segments_of(table)
    assert adjusted_rand_score(original, segments_of(copied, blocks={"affluence": ["Income", *copies]})) >= 0.95
    assert adjusted_rand_score(original, segments_of(copied)) < 0.5


def test_who_is_not_fitted_moves_no_date_for_the_others():
    days = pd.date_range("2020-01-01", periods=60, freq="7D").strftime("%Y-%m-%d").tolist()
    table = pd.DataFrame({"joined": [*days, "2024-06-30"], "spend": [*np.linspace(1, 9, 60), 500.0]})
    within = ByKind(drop=[Within({"spend": [None, 100]})])
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0), preprocessing=within).fit(table)
    assert model.kept_.sum() == 60
    assert (model.predict(table)[:60] == model.labels_[:60]).all()
    assert model.pipeline_["preprocessing"]["columns"].as_of_ == "2024-06-30"


@pytest.mark.parametrize(("reducer", "metric"), [("passthrough", "manhattan"), (PCA(2), "euclidean")])
def test_the_distance_is_that_which_the_space_is_made_for(reducer: Any, metric: str) -> None:
    table = pd.DataFrame({"a": np.arange(60.0), "b": np.arange(60.0) % 7, "c": list("xyz") * 20})
    algorithm = HDBSCAN(metric="auto", min_cluster_size=5, copy=True)
    model = SegmentationModel(algorithm, reducer, ByKind(scaler="minmax", distances="manhattan")).fit(table)
    assert model.pipeline_["algorithm"].metric == metric
    assert algorithm.metric == "auto"


@pytest.mark.parametrize(("alone", "kept"), [(4, "classifier_"), (5, "algorithm")])
def test_the_centre_of_very_few_customers_is_not_kept(alone: int, kept: str) -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"x": [*rng.normal(size=80), *rng.normal(50, 1, size=alone)]})
    model = SegmentationModel(KMeans(2, n_init=1, random_state=0)).fit(table)
    assert np.bincount(model.labels_).tolist() == [80, alone]
    assert hasattr(model.assigner_, kept)
    assert (model.predict(table) == model.labels_).all()
