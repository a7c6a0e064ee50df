"""Which customers are fitted where there are many."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import AgglomerativeClustering, KMeans

from segkit.algorithms.hierarchical import Hierarchical
from segkit.fitted_rows import sample_to_fit
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.preprocessing.rows import Within

RNG = np.random.default_rng(0)
GROUPS = np.repeat([0, 1, 2], [120, 60, 20])
CUSTOMERS = pd.DataFrame({"age": RNG.normal(40 + 10 * GROUPS), "spend": RNG.normal(10 + 20 * (GROUPS == 1))})


@pytest.mark.parametrize(("most", "fitted"), [(None, 200), (200, 200), (199, 199), (50, 50)])
def test_no_more_than_the_limit_are_fitted(most: int | None, fitted: int) -> None:
    assert sample_to_fit(KMeans(), 200, most).sum() == fitted


def test_the_sample_is_the_same_every_time_and_from_all_over_the_table() -> None:
    first, second = (sample_to_fit(KMeans(), 10_000, 2_000) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.all(np.abs(first.reshape(10, -1).mean(axis=1) - 0.2) < 0.05)


@pytest.mark.parametrize(("linkage", "fitted"), [("ward", 30_000), ("average", 20_000), ("complete", 20_000)])
def test_an_algorithm_that_takes_fewer_gets_fewer(linkage: str, fitted: int) -> None:
    assert sample_to_fit(Hierarchical(linkage=linkage), 30_000, 50_000).sum() == fitted
    assert sample_to_fit(Hierarchical(linkage=linkage), 30_000, 9_000).sum() == 9_000


@pytest.mark.parametrize("algorithm", [AgglomerativeClustering(3), Hierarchical(3), KMeans(3, random_state=0)])
def test_who_is_not_in_the_sample_gets_a_segment_like_a_newcomer(algorithm: object) -> None:
    model = SegmentationModel(algorithm, fit_rows=80).fit(CUSTOMERS)
    assert (len(model.embedding_), model.kept_.sum(), len(model.labels_)) == (80, 80, 200)
    np.testing.assert_array_equal(model.labels_[~model.kept_], model.predict(CUSTOMERS[~model.kept_]))
    assert pd.crosstab(GROUPS, model.labels_).max(axis=1).sum() == 200


def test_the_space_is_that_of_all_so_that_runs_share_it() -> None:
    some, everyone = (SegmentationModel(KMeans(3, n_init=1), fit_rows=most).fit(CUSTOMERS) for most in (80, None))
    np.testing.assert_array_equal(some.embedding_, everyone.embedding_[some.kept_])


def test_weights_and_dropped_rows_go_with_the_sample() -> None:
    rule = Within({"age": [None, 55]})
    model = SegmentationModel(KMeans(2, n_init=3, random_state=0), preprocessing=ByKind(drop=[rule]), fit_rows=80)
    model.fit(CUSTOMERS, customer_weights=np.linspace(1, 9, 200))
    assert model.kept_.sum() == 80
    assert not model.kept_[CUSTOMERS["age"] > 55].any()
    assert model.weights_used_


def test_another_seed_draws_another_sample() -> None:
    first, second = (SegmentationModel(Hierarchical(3), fit_rows=80, seed=seed).fit(CUSTOMERS) for seed in (0, 1))
    assert first.kept_.sum() == second.kept_.sum() == 80
    assert (first.kept_ != second.kept_).any()
    assert (SegmentationModel(Hierarchical(3), seed=1).fit(CUSTOMERS).kept_).all()
