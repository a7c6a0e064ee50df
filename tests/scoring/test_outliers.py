"""Who is unlike all whom a model was fitted on, and that it shows nobody."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import PCA

from segkit.data import make_customers, make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.runs import run
from segkit.scoring.outliers import usual_range
from segkit.scoring.scorer import Scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer

RNG = np.random.default_rng(0)
MATRIX = np.vstack([RNG.normal(0, 1, (200, 4)), RNG.normal(8, 1, (150, 4))])
LABELS = np.repeat([0, 1], [200, 150])


def test_one_in_a_hundred_is_an_outlier_at_fitting():
    found = usual_range(MATRIX, LABELS)
    assert found.share == pytest.approx(np.mean(found.outside(MATRIX)))
    assert 0 < found.share <= 0.0115


def test_far_in_one_column_or_between_the_segments_is_outside_and_the_middle_of_one_is_not():
    found = usual_range(MATRIX, LABELS)
    rows = np.array([[0, 0, 0, 30.0], [4, 4, 4, 4], [0, 0, 0, 0], [8, 8, 8, 8]])
    assert found.outside(rows).tolist() == [True, True, False, False]


def test_alone_as_in_a_crowd():
    found = usual_range(MATRIX, LABELS)
    rows = MATRIX + RNG.normal(0, 2, MATRIX.shape)
    assert [bool(found.outside(row[None])[0]) for row in rows] == found.outside(rows).tolist()


def test_a_column_that_never_varied_does_not_make_outliers_of_whoever_differs_a_little():
    """As the column of a rare level does."""
    rare = np.column_stack([MATRIX, np.zeros(len(MATRIX))])
    found = usual_range(rare, LABELS)
    assert found.outside(np.array([[0, 0, 0, 0, 0.1], [0, 0, 0, 0, 500.0]])).tolist() == [False, True]


def test_of_a_small_segment_no_range_is_kept():
    labels = np.where(np.arange(350) < 3, 2, LABELS)
    matrix = MATRIX.copy()
    matrix[:3] = [[777.0, 777, 777, 777]] * 3
    found = usual_range(matrix, labels)
    assert len(found.middles) == 2
    assert not np.isclose(found.middles, 777).any()


def test_small_segments_count_as_one_where_they_are_enough_together():
    labels = np.where(np.arange(350) < 14, 2 + np.arange(350) % 2, LABELS)
    assert len(usual_range(MATRIX, labels).middles) == 3


def test_only_noise_has_one_range():
    assert len(usual_range(MATRIX, np.full(350, -1)).middles) == 1


def test_of_fewer_than_ten_customers_nothing_is_kept():
    assert usual_range(MATRIX[:9], LABELS[:9]) is None


def test_customers_who_are_all_alike():
    found = usual_range(np.ones((40, 2)), np.zeros(40, dtype=int))
    assert found.share == 0
    assert found.outside(np.array([[1.0, 1.0], [5.0, 1.0]])).tolist() == [False, True]


def test_of_many_rows_some_say_what_is_usual():
    many = np.vstack([RNG.normal(0, 1, (30_000, 3)), RNG.normal(8, 1, (30_000, 3))])
    found = usual_range(many, np.repeat([0, 1], 30_000))
    assert found.share == pytest.approx(0.01, abs=0.001)
    assert found.outside(many).mean() == pytest.approx(0.01, abs=0.005)


def _scorer(algorithm: object, reducer: object = "passthrough") -> Scorer:
    dataset = make_dataset("shop", TABLE)
    return run(dataset, SegmentationModel(algorithm, reducer)).scorer


TABLE = make_customers(200, seed=1).drop(columns="truth")


@pytest.mark.parametrize(
    ("algorithm", "reducer"), [(KMeans(3, n_init=1), PCA(2)), (HDBSCAN(min_cluster_size=10, copy=True), "passthrough")]
)
def test_a_run_keeps_the_range_whatever_the_method_and_a_file_keeps_it(algorithm, reducer, tmp_path):
    scorer = _scorer(algorithm, reducer)
    odd = TABLE.head(3).copy()
    odd.loc[1, ["spend_wine", "spend_meat", "purchases_web"]] = 10**6
    assert scorer.is_outlier(odd).tolist() == [False, True, False]
    save_scorer(scorer, tmp_path / "model.skops")
    again = load_scorer(tmp_path / "model.skops")
    assert again.usual_range.share == scorer.usual_range.share
    assert again.is_outlier(TABLE).tolist() == scorer.is_outlier(TABLE).tolist()
    assert len(scorer.is_outlier(TABLE.head(0))) == 0


def test_a_model_that_was_stored_without_the_range_says_so():
    scorer = replace(_scorer(KMeans(2, n_init=1)), usual_range=None)
    with pytest.raises(UserError, match="fit it anew"):
        scorer.is_outlier(TABLE)


def test_within_a_segment_the_others_are_judged_by_the_model_around_it():
    outer = _scorer(KMeans(2, n_init=1, random_state=0))
    inner = replace(_scorer(KMeans(3, n_init=1)), outer=outer, segment=0)
    outside = (outer.score(TABLE)["segment"] != 0).to_numpy()
    assert inner.is_outlier(TABLE)[outside].tolist() == outer.is_outlier(TABLE)[outside].tolist()
    own = inner.usual_range.outside(inner.matrix(TABLE))
    assert inner.is_outlier(TABLE)[~outside].tolist() == own[~outside].tolist()
    assert isinstance(pd.Series(own).sum().item(), int)
