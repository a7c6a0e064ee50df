"""The picture of a sweep."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots import score_against_k
from segkit.plots.style import PALETTE

COLUMNS = ["space", "algorithm", "k", "inertia", "silhouette_macro", "guarded"]
Tries = dict[int, tuple[float | None, float | None]]


def tried(space: str, algorithm: str, tries: Tries, guarded: tuple[int, ...] = ()) -> list[tuple[Any, ...]]:
    return [(space, algorithm, k, *scores, k in guarded) for k, scores in tries.items()]


def runs(*lines: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame([row for line in lines for row in line], columns=COLUMNS)


def drawn(*lines: list[tuple[Any, ...]]) -> Figure:
    figure = score_against_k(runs(*lines))
    assert figure is not None
    figure.canvas.draw()
    return figure


def colours_in(axes: Axes) -> list[str]:
    return [to_hex(line.get_color()).upper() for line in axes.lines]


def test_inertia_is_shown_relative_to_the_first_k_and_silhouettes_as_they_are() -> None:
    elbow, silhouette = drawn(tried("s", "a", {4: (50.0, 0.25), 3: (100.0, 0.5), 5: (25.0, 0.125)})).axes
    assert elbow.lines[0].get_xydata().tolist() == [[3, 1], [4, 0.5], [5, 0.25]]
    assert silhouette.lines[0].get_xydata().tolist() == [[3, 0.5], [4, 0.25], [5, 0.125]]
    assert elbow.get_xticks().tolist() == silhouette.get_xticks().tolist() == [3, 4, 5]


def test_there_is_a_column_per_space_in_the_order_of_the_runs() -> None:
    tries: Tries = {3: (2, 0.1), 4: (1, 0.2)}
    figure = drawn(tried("pca", "a", tries), tried("none", "a", tries), tried("pca", "b", tries))
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["pca", "none", "", ""]
    assert [len(axes.lines) for axes in figure.axes] == [2, 1, 2, 1]
    assert [axes.get_xlabel() for axes in figure.axes] == ["", "", "k", "k"]
    assert [axes.get_ylabel() for axes in figure.axes] == [
        "inertia, share of the first k's",
        "",
        "macro silhouette",
        "",
    ]


def test_an_algorithm_has_one_colour_in_every_space_and_its_name_in_the_legend() -> None:
    tries: Tries = {3: (2, 0.1), 4: (1, 0.2)}
    figure = drawn(tried("s", "b", tries), tried("t", "b", tries), tried("t", "a", tries))
    assert [colours_in(axes) for axes in figure.axes] == [[PALETTE[1]], list(PALETTE[:2])] * 2
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["a", "b", "trips a guard"]
    assert [to_hex(handle.get_color()).upper() for handle in legend.legend_handles[:2]] == list(PALETTE[:2])


def test_a_pipeline_that_was_tried_at_one_k_is_left_out() -> None:
    tries: Tries = {3: (2, 0.1), 4: (1, 0.2)}
    figure = drawn(tried("s", "a", tries), tried("s", "once", {3: (1, 0.1)}), tried("alone", "a", {3: (1, 0.1)}))
    assert [len(axes.lines) for axes in figure.axes] == [1, 1]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "trips a guard"]


def test_markers_of_guarded_runs_are_hollow() -> None:
    figure = drawn(tried("s", "a", {5: (1, 0.1), 3: (4, 0.5), 4: (2, 0.2)}, guarded=(4,)))
    for axes in figure.axes:
        (dots,) = axes.collections
        assert [to_hex(face).upper() for face in dots.get_facecolors()] == [PALETTE[0], "#FFFFFF", PALETTE[0]]
        assert [to_hex(edge).upper() for edge in dots.get_edgecolors()] == [PALETTE[0]]


def test_at_most_six_spaces_are_shown_those_of_the_best_runs() -> None:
    figure = drawn(*(tried(f"s{number}", "a", {3: (2, 0.1), 4: (1, 0.2)}) for number in (7, 1, 6, 2, 5, 3, 4)))
    assert [axes.get_title(loc="left") for axes in figure.axes[:6]] == ["s7", "s1", "s6", "s2", "s5", "s3"]
    assert len(figure.axes) == 12


def lines_of(count: int) -> Axes:
    return drawn(*(tried("s", f"a{number:02}", {3: (2, 0.1), 4: (1, 0.2)}) for number in range(count))).axes[0]


def test_ten_algorithms_have_a_colour_each() -> None:
    assert len(set(colours_in(lines_of(10)))) == 10


def test_a_dozen_algorithms_have_a_style_each() -> None:
    lines = lines_of(12).lines
    assert len({(line.get_color(), line.get_linestyle()) for line in lines}) == 12


def test_a_k_that_lacks_a_score_is_in_neither_panel() -> None:
    figure = drawn(tried("s", "a", {3: (4, 0.5), 4: (2, None), 5: (1, 0.25), 6: (None, 0.2)}))
    for axes in figure.axes:
        assert axes.lines[0].get_xdata().tolist() == [3, 5]
        assert len(axes.collections[0].get_offsets()) == 2


def test_a_first_k_without_inertia_does_not_hide_the_others() -> None:
    elbow = drawn(tried("s", "a", {2: (None, None), 3: (4, 0.5), 4: (2, 0.25)})).axes[0]
    np.testing.assert_array_equal(elbow.lines[0].get_xydata(), [[3, 1], [4, 0.5]])


@pytest.mark.parametrize(
    "table",
    [
        runs(),
        runs(tried("s", "a", {3: (1, 0.1)}), tried("s", "b", {4: (1, 0.1)})),
        runs(tried("s", "a", {3: (1, 0.1)}), tried("t", "a", {4: (1, 0.1)})),
        runs(tried("s", "a", {3: (1, 0.1), 4: (None, None)})),
    ],
    ids=["no run", "an algorithm each", "a space each", "no score at the second"],
)
def test_without_two_k_there_is_no_picture(table: pd.DataFrame) -> None:
    assert score_against_k(table) is None
