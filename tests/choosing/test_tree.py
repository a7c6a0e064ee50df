"""What a tree says of k, and its last merges as a tree of their own."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import is_valid_linkage

from segkit.algorithms.hierarchical import Hierarchical
from segkit.choosing.criteria import highest_jump
from segkit.choosing.tree import crown, jumps


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_highest_jump_counts_the_clouds(clouds, count: int) -> None:
    assert highest_jump(jumps(Hierarchical().grow(clouds(count)), range(2, 8)))[0] == count


def test_jumps_are_heights_as_multiples_of_the_merge_before() -> None:
    tree = np.array([[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 10.0, 4]])
    assert jumps(tree, [1, 2, 3, 4]).to_dict() == {2: 5.0, 3: 2.0}


def test_merges_of_customers_who_are_alike_have_no_multiple() -> None:
    tree = np.array([[0, 1, 0.0, 2], [2, 3, 2.0, 2], [4, 5, 10.0, 4]])
    assert jumps(tree, [2, 3]).to_dict() == {2: 5.0}


def test_the_crown_keeps_the_last_merges(clouds) -> None:
    tree = Hierarchical().grow(clouds(4))
    top = crown(tree, 10)
    assert len(top) == 9
    assert is_valid_linkage(top)
    assert top[:, 2].tolist() == tree[-9:, 2].tolist()


def test_a_small_tree_is_its_own_crown() -> None:
    tree = Hierarchical().grow(np.array([[0.0], [1.0], [5.0]]))
    assert crown(tree, 30)[:, 2].tolist() == tree[:, 2].tolist()
