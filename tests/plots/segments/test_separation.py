"""How far segments lie apart: middles, hulls, and lines between neighbours."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from segkit.plots.segments import separation
from segkit.plots.style import PALETTE

LABELS = np.repeat([0, 1, 2], 100)
NAMES = {0: "left", 1: "right", 2: "far"}
SPACE = np.random.default_rng(0).normal(size=(300, 2)) + np.repeat([[0.0, 0.0], [4.0, 0.0], [12.0, 0.0]], 100, axis=0)


def test_middles_hulls_and_neighbours_are_drawn() -> None:
    axes = separation(SPACE, LABELS, NAMES).axes[0]
    dots, hulls, middles = axes.collections
    assert len(dots.get_offsets()) == 300
    assert [to_hex(ink).upper() for ink in middles.get_facecolors()] == list(PALETTE[:3])
    assert np.asarray(middles.get_offsets())[:, 0] == pytest.approx([0, 4, 12], abs=0.3)
    assert [to_hex(ink).upper() for ink in hulls.get_edgecolors()] == list(PALETTE[:3])
    assert len(axes.lines) == 2


def test_a_hull_holds_the_inner_customers_only() -> None:
    hull = separation(SPACE, LABELS, NAMES).axes[0].collections[1].get_paths()[0].vertices
    assert np.linalg.norm(hull, axis=1).max() < np.linalg.norm(SPACE[:100], axis=1).max() * 0.8


def test_the_key_tells_how_near_the_nearest_is(said) -> None:
    words = "\n".join(said(separation(SPACE, LABELS, NAMES)))
    assert "left\nnearest 2.8 away, 3% between" in words


def test_far_segments_are_not_lost_and_that_is_said(said) -> None:
    space = SPACE.copy()
    space[-2:] = [[900.0, 900.0], [901.0, 900.0]]
    labels = LABELS.copy()
    labels[-2:] = 3
    figure = separation(space, labels, NAMES)
    axes = figure.axes[0]
    inside = axes.viewLim.contains
    assert all(inside(x, y) for x, y in axes.collections[-1].get_offsets())
    assert "Far out it is squeezed." in " ".join(said(figure))
    assert "squeezed" not in " ".join(said(separation(SPACE, LABELS, NAMES)))


def test_customers_on_a_line_or_in_one_place_have_no_hull() -> None:
    for space in (SPACE[:, :1], np.ones((300, 3))):
        assert separation(space, LABELS, NAMES).axes[0].collections[1].get_paths() == []


def test_the_unassigned_have_dots_but_no_middle(said) -> None:
    figure = separation(SPACE, np.where(LABELS == 2, -1, LABELS), NAMES)
    assert len(figure.axes[0].collections[-1].get_offsets()) == 2
    assert "unassigned" in said(figure)


def test_without_a_segment_there_is_no_picture() -> None:
    assert separation(SPACE, np.full(300, -1), NAMES) is None
