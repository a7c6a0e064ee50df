"""The picture of what speaks for which k."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from segkit.algorithms.hierarchical import Hierarchical
from segkit.choosing import suggestions
from segkit.choosing.tree import jumps
from segkit.plots.choosing import choosing_k
from segkit.plots.style import PALETTE, png_bytes

MARK = PALETTE[5]


@pytest.fixture
def curve() -> pd.DataFrame:
    """Three ways say 4, Davies-Bouldin says 5, and the gap, known at 1 too, says 3."""
    values = {
        "inertia": [np.nan, 100, 60, 20, 18, 16],
        "silhouette": [np.nan, 0.3, 0.4, 0.5, 0.4, 0.3],
        "davies_bouldin": [np.nan, 0.9, 0.8, 0.7, 0.6, 0.8],
        "stability_quick": [np.nan, 0.9, 0.9, 0.85, 0.5, 0.4],
        "gap": [0.1, 0.2, 0.9, 0.8, 0.7, 0.6],
        "gap_error": [0.05] * 6,
    }
    return pd.DataFrame(values, pd.Index(range(1, 7), name="k"))


@pytest.fixture
def tree() -> np.ndarray:
    corners = np.repeat([[0, 0], [9, 0], [0, 9], [9, 9]], 15, axis=0)
    return Hierarchical().grow(corners + np.random.default_rng(0).normal(size=(60, 2)))


def texts(figure) -> str:
    return "\n".join(text.get_text() for text in [*figure.texts, *(t for axes in figure.axes for t in axes.texts)])


def dots(figure) -> list[tuple[float, float]]:
    """Where the suggested k are marked."""
    marks = [one for axes in figure.axes for one in axes.collections if not isinstance(one, LineCollection)]
    return [tuple(one.get_offsets()[0]) for one in marks if to_hex(one.get_facecolor()[0]).upper() == MARK]


def test_the_sentence_stands_above_and_each_ways_k_in_its_panel(curve) -> None:
    figure = choosing_k("standard-none-kmeans", curve, suggestions(curve))
    said = texts(figure)
    assert "standard-none-kmeans" in said
    assert "3 of 5 ways say 4; the gap says 3, Davies-Bouldin 5." in said
    assert [said.count(f"k = {k}") for k in (3, 4, 5)] == [1, 3, 1]
    assert sorted(dots(figure)) == [(3, 0.9), (4, 0.5), (4, 0.85), (4, 20), (5, 0.6)]
    assert png_bytes(figure).startswith(b"\x89PNG")


def test_the_k_that_most_name_is_a_band_in_every_panel_and_absent_without_one(curve) -> None:
    agreed = choosing_k("a", curve, suggestions(curve))
    assert [patch.get_x() + patch.get_width() / 2 for patch in agreed.axes[0].patches] == [4] * 5
    apart = curve[["silhouette", "davies_bouldin"]]
    figure = choosing_k("a", apart, suggestions(apart))
    assert len(figure.axes[0].patches) == 0
    assert "do not agree" in texts(figure)


def test_a_way_that_names_none_is_drawn_without_a_mark(curve) -> None:
    straight = curve[["inertia"]].assign(inertia=[np.nan, 50, 40, 30, 20, 10])
    figure = choosing_k("a", straight, suggestions(straight))
    assert "none" in texts(figure)
    assert dots(figure) == []


def test_a_tree_is_drawn_with_its_cut(curve, tree) -> None:
    found = curve.join(jumps(tree, range(2, 7)))
    figure = choosing_k("a", found, suggestions(found), tree)
    assert "cut: k = 4" in texts(figure)
    (merges,) = (one for one in figure.axes[0].collections if len(one.get_paths()) == 29)
    *_, cut = figure.axes[0].lines
    height = cut.get_ydata()[0]
    assert sum(tree[:, 2] > height) == 3
    inks = {to_hex(ink).upper() for ink in merges.get_colors()}
    assert set(PALETTE[:4]) <= inks


def test_two_panels_have_room_for_their_title_and_many_k_are_thinned() -> None:
    long = pd.DataFrame({"silhouette": np.linspace(0, 1, 30)}, pd.Index(range(2, 32), name="k"))
    figure = choosing_k("p" * 200, long, suggestions(long))
    assert figure.get_size_inches()[0] > 6
    assert "\u2026" in texts(figure)
    numbers = [text for text in texts(figure).splitlines() if text.isdigit()]
    assert len(numbers) == 10


def test_nothing_known_is_no_picture() -> None:
    empty = pd.DataFrame({"silhouette": [0.1, 0.2]}, pd.Index([2, 3], name="k"))
    assert choosing_k("a", empty, suggestions(empty)) is None
