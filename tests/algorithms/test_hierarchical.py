"""One tree, cut at any number of segments."""

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from segkit.algorithms.hierarchical import Hierarchical
from segkit.errors import UserError
from segkit.model import SegmentationModel

POINTS = np.random.default_rng(0).normal(size=(120, 3))


@pytest.mark.parametrize("linkage", ["ward", "average", "complete", "single"])
@pytest.mark.parametrize("k", [1, 2, 5, 120])
def test_segments_are_those_of_scikit_learn(linkage, k):
    theirs = AgglomerativeClustering(k, linkage=linkage).fit_predict(POINTS)
    assert adjusted_rand_score(theirs, Hierarchical(k, linkage).fit_predict(POINTS)) == 1


def test_one_tree_serves_every_k():
    tree = Hierarchical().grow(POINTS)
    for k in (2, 3, 7):
        labels = Hierarchical(k).cut(tree)
        assert len(np.unique(labels)) == k
        assert adjusted_rand_score(labels, Hierarchical(k).fit_predict(POINTS)) == 1


def test_segments_at_k_plus_one_split_those_at_k():
    tree = Hierarchical().grow(POINTS)
    coarse, fine = Hierarchical(4).cut(tree), Hierarchical(5).cut(tree)
    assert all(len(np.unique(coarse[fine == segment])) == 1 for segment in range(5))


def test_the_model_grows_the_tree_as_a_stage_and_cuts_it():
    steps = []

    class Watched:
        def get(self, step, compute):
            steps.append(step)
            return compute()

    model = SegmentationModel(Hierarchical(3), stages=Watched()).fit(POINTS)
    alone = SegmentationModel(Hierarchical(3)).fit(POINTS)
    assert steps == ["preprocessing", "tree"]
    assert (model.labels_ == alone.labels_).all()


@pytest.mark.parametrize("k", [0, 121])
def test_more_segments_than_customers_are_refused(k):
    with pytest.raises(UserError, match=f"n_clusters={k} does not fit 120 customers"):
        Hierarchical(k).fit(POINTS)


def test_a_misspelt_linkage_is_named_with_the_near_one():
    with pytest.raises(UserError, match=r"algorithm.linkage=avrage is not known\n  did you mean average"):
        Hierarchical(2, "avrage").fit(POINTS)
