"""Trees as lists of short rules that say the same."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.conditions import Condition, fulfil
from segkit.activation.lists import follow
from segkit.activation.trees import Split, as_list, grow, places_of, with_round_borders

RNG = np.random.default_rng(0)
FRAME = pd.DataFrame(RNG.normal(size=(400, 4)), columns=list("abcd")).assign(land=RNG.choice(["AT", "DE", "CH"], 400))


def walk(tree, frame: pd.DataFrame) -> np.ndarray:
    if not isinstance(tree, Split):
        return np.full(len(frame), tree)
    inside = fulfil([tree.condition], frame)
    return np.where(inside, walk(tree.inside, frame), walk(tree.outside, frame))


@pytest.mark.parametrize("leaves", [2, 5, 9, 15])
@pytest.mark.parametrize("seed", range(4))
def test_a_list_says_what_its_tree_says_in_three_conditions_a_rule(leaves, seed):
    labels = np.random.default_rng(seed).integers(0, 4, 400)
    tree = grow(places_of(FRAME), labels, leaves)
    steps = as_list(tree)
    assert (follow(steps, FRAME)[0] == walk(tree, FRAME)).all()
    assert max(len(conditions) for conditions, _ in steps) <= 3
    assert steps[-1][0] == ()


def test_the_opposite_of_a_split_is_its_opposite():
    labels = (FRAME["a"] * (FRAME["land"] == "DE") > 0).to_numpy().astype(int)
    tree = grow(places_of(FRAME), labels, 4)
    assert isinstance(tree, Split)
    assert (tree.condition.holds(FRAME) != tree.opposite.holds(FRAME)).all()
    assert (walk(tree, FRAME) == labels).all()


def test_round_borders_move_no_more_than_their_leeway():
    labels = (FRAME["a"] > 0.1234567).to_numpy().astype(int)
    tree = grow(places_of(FRAME), labels, 2)
    exact, rounded = with_round_borders(tree, FRAME, 0), with_round_borders(tree, FRAME, 8)
    assert (walk(exact, FRAME) == labels).all()
    assert 0 < (walk(rounded, FRAME) != labels).sum() <= 8
    assert isinstance(rounded, Split)
    assert rounded.condition == Condition("a", high=0.1)


def test_leaves_of_one_segment_are_one_rule():
    same = Split(Condition("a", high=0.0), Condition("a", low=0.0), 1, 1)
    assert as_list(same) == [((), 1)]


def test_rare_levels_make_no_rule():
    lands = pd.DataFrame({"land": ["AT"] * 199 + ["Vaduz"]})
    assert places_of(lands).sources == (("land", "AT"),)
