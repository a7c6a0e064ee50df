"""The tree with its cut, of as many customers as there are."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from segkit.algorithms.hierarchical import Hierarchical
from segkit.plots.segments import dendrogram
from segkit.plots.style import PALETTE, QUIET

NAMES = {0: "large", 1: "small"}
SPACE = np.random.default_rng(0).normal(size=(3000, 2)) + np.repeat([[0.0, 0.0], [30.0, 0.0]], [2000, 1000], axis=0)
LABELS = np.repeat([0, 1], [2000, 1000])
TREE = Hierarchical(2).grow(SPACE)


def test_of_thousands_of_customers_the_last_merges_are_drawn() -> None:
    merges, twigs = dendrogram(TREE, LABELS, NAMES).axes[0].collections
    assert len(merges.get_segments()) == 39
    assert len(twigs.get_offsets()) == 40


def test_branches_below_the_cut_have_the_colours_of_their_segments() -> None:
    axes = dendrogram(TREE, LABELS, NAMES).axes[0]
    cut = axes.lines[0].get_ydata()[0]
    assert TREE[-2, 2] < cut < TREE[-1, 2]
    merges, twigs = axes.collections
    for merge, ink in zip(merges.get_segments(), merges.get_colors(), strict=True):
        assert (to_hex(ink).upper() == QUIET) == (merge[:, 1].max() > cut)
    inks = [to_hex(ink).upper() for ink in twigs.get_facecolors()]
    assert set(inks) == {PALETTE[0], PALETTE[1]}
    assert (np.diff([ink == PALETTE[0] for ink in inks]) != 0).sum() == 1


def test_segments_are_named_and_customers_counted(said) -> None:
    words = said(dendrogram(TREE, LABELS, NAMES))
    assert {"How customers merge into 2 segments", "large", "small", "the cut"} < set(words)
    assert "3,000 customers in 40 twigs" in " ".join(words)
    assert "branch of their segment's colour" not in " ".join(words)


def test_where_another_algorithm_found_the_segments_the_agreement_is_said(said) -> None:
    moved = LABELS.copy()
    moved[:300] = 1
    assert "90% of the customers are in a branch of their segment's colour." in " ".join(
        said(dendrogram(TREE, moved, NAMES))
    )


def test_one_segment_needs_no_cut() -> None:
    assert len(dendrogram(TREE, np.zeros(3000, dtype=int), NAMES).axes[0].lines) == 0


@pytest.mark.parametrize("linkage", ["centroid", "single"])
def test_every_linkage_can_be_drawn(linkage: str) -> None:
    tree = Hierarchical(2, linkage).grow(SPACE[:60])
    assert len(dendrogram(tree, np.arange(60) % 2, NAMES).axes[0].collections[0].get_segments()) == 39


def test_a_tree_of_others_is_not_drawn() -> None:
    assert dendrogram(TREE, LABELS[:-1], NAMES) is None
    assert dendrogram(np.empty((0, 4)), np.zeros(1, dtype=int), NAMES) is None
