"""The gap and prediction strength on points whose clouds can be counted."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from segkit.algorithms.hierarchical import Hierarchical
from segkit.choosing.criteria import first_gap, largest_predicted
from segkit.choosing.partitions import by_means, partitions_like
from segkit.choosing.sampled import gap_curve, sample_of, strength_curve

KS = [2, 3, 4, 5, 6]
BY_TREE = partitions_like(Hierarchical())


@pytest.mark.parametrize("partitions", [by_means, BY_TREE], ids=["k-means", "tree"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_clouds_are_counted(clouds, partitions, count: int) -> None:
    space = clouds(count)
    assert first_gap(gap_curve(space, KS, partitions, seed=0))[0] == count
    assert largest_predicted(strength_curve(space, KS, partitions, seed=0))[0] == count


def test_evenly_spread_points_hold_no_segments() -> None:
    space = np.random.default_rng(1).uniform(size=(300, 2))
    assert first_gap(gap_curve(space, KS, by_means, seed=0))[0] == 1


def test_the_gap_begins_at_one_and_is_known_for_every_k(clouds) -> None:
    found = gap_curve(clouds(3), KS, by_means, seed=0)
    assert found.index.tolist() == [1, *KS]
    assert (found["gap_error"] > 0).all()


def test_the_box_of_reference_points_lies_along_the_axes_of_the_space(clouds) -> None:
    space = clouds(3) * [1, 20]
    turn = np.array([[np.cos(1), -np.sin(1)], [np.sin(1), np.cos(1)]])
    straight, turned = (gap_curve(one, KS, by_means, seed=0)["gap"] for one in (space, space @ turn))
    assert turned.to_numpy() == pytest.approx(straight.to_numpy(), abs=0.1)


def test_the_seed_decides(clouds) -> None:
    first, again, other = (gap_curve(clouds(3), KS, by_means, seed)["gap"] for seed in (0, 0, 1))
    assert first.equals(again)
    assert not first.equals(other)


def test_few_distinct_points_are_not_asked_for_more_segments_than_they_are() -> None:
    space = np.repeat(np.array([[0.0, 0], [1, 0], [0, 1], [5, 5]]), 20, axis=0)
    assert gap_curve(space, KS, by_means, seed=0).index.tolist() == [1, 2, 3]
    assert strength_curve(space, [2, 3, 60], by_means, seed=0).index.tolist() == [2, 3]


def test_a_large_space_is_sampled_and_a_small_one_is_not() -> None:
    space = np.arange(1000.0).reshape(500, 2)
    sample = sample_of(space, seed=0)
    assert len(np.unique(sample, axis=0)) == 400
    assert sample_of(sample, seed=1) is sample


def test_trees_are_cut_by_their_own_linkage_and_others_are_stood_in_for_by_k_means(clouds) -> None:
    chain = np.column_stack([np.arange(60.0), np.zeros(60)])
    chain = np.vstack([chain, chain[:3] + np.array([0, 5])])
    ((_, single),) = partitions_like(Hierarchical(linkage="single"))(chain, [2])
    assert np.bincount(single).tolist() == [60, 3]
    ((_, means),) = partitions_like(KMeans(3))(chain, [2])
    assert min(np.bincount(means)) > 20
