"""What takes further fits to say of k, from a model."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from segkit.algorithms.hierarchical import Hierarchical
from segkit.config.choosing import fitted_again
from segkit.model import SegmentationModel
from segkit.stages import SharedStages

KS = [2, 3, 4]


@pytest.fixture
def shared(tmp_path):
    return SharedStages(tmp_path, dict.fromkeys(("rows", "preprocessing", "reducer", "tree", "gap"), "key"))


def test_k_means_has_a_gap_and_a_strength_and_no_tree(customers) -> None:
    found, tree = fitted_again(SegmentationModel(KMeans(3)), customers, KS, seed=0)
    assert tree is None
    assert found.index.tolist() == [1, *KS]
    assert found["gap"].notna().all()
    assert found["prediction_strength"].notna().tolist() == [False, True, True, True]


def test_a_tree_is_asked_by_its_own_merges(customers) -> None:
    found, tree = fitted_again(SegmentationModel(Hierarchical(3)), customers, KS, seed=0)
    assert tree is not None
    assert len(tree) == len(customers.table) - 1
    assert found["jump"].notna().tolist() == [False, True, True, True]


def test_algorithms_that_k_means_stands_in_for_share_what_was_measured(customers, shared, monkeypatch) -> None:
    first, _ = fitted_again(SegmentationModel(KMeans(3), stages=shared), customers, KS, seed=0)
    monkeypatch.setattr("segkit.config.choosing.gap_curve", None)
    second, _ = fitted_again(SegmentationModel(GaussianMixture(3), stages=shared), customers, KS, seed=0)
    assert second.equals(first)


def test_the_space_is_that_of_the_run(customers) -> None:
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0), fit_rows=100)
    _, _, space = model.space_of(customers.features)
    assert not hasattr(model, "labels_")
    assert np.array_equal(space, model.fit(customers.features).embedding_)
    assert len(space) == 100
