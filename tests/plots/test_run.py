"""The pictures of one run hold what they should."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots import projection, projection_3d, segment_profile, silhouette_profile
from segkit.plots.style import NOISE_COLOUR, PALETTE, colour

LABELS = np.repeat([-1, 0, 1], [2, 5, 3])
# Rows in the order in which they are drawn, so that a large segment does not hide a small one.
LARGE_FIRST = np.array([2, 3, 4, 5, 6, 7, 8, 9, 0, 1])


def space(columns: int, rows: int = 10) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(rows, columns))


def words_of(figure: Figure) -> list[str]:
    """What stands around the panel: its title and captions, then the legend."""
    return [text.get_text() for text in figure.texts]


def legend_of(figure: Figure) -> list[str]:
    return [word.removeprefix("\u25cf ") for word in words_of(figure) if word.startswith("\u25cf")]


def inside(figure: Figure) -> list[str]:
    """What stands in the panel and at its edges."""
    return [text.get_text() for text in figure.axes[0].texts]


def dots_of(figure: Figure) -> np.ndarray:
    return np.asarray(figure.axes[0].collections[0].get_offsets())


def test_a_plane_is_shown_as_it_is() -> None:
    plane = space(2)
    figure = projection(plane, LABELS)
    np.testing.assert_array_equal(dots_of(figure), plane[LARGE_FIRST])
    assert words_of(figure)[1:3] == ["dimension 1", "dimension 2"]


def test_a_line_is_shown_flat() -> None:
    line = space(1)
    np.testing.assert_array_equal(dots_of(projection(line, LABELS)), np.c_[line, np.zeros(10)][LARGE_FIRST])


def test_more_dimensions_are_shown_by_their_main_directions() -> None:
    wide = space(5) * [1, 1, 9, 1, 1]
    assert abs(np.corrcoef(dots_of(projection(wide, LABELS))[:, 0], wide[LARGE_FIRST, 2])[0, 1]) > 0.95


def test_main_directions_say_how_much_of_the_spread_they_show() -> None:
    crossed = np.zeros((10, 3))
    crossed[:4] = [[3, 0, 0], [-3, 0, 0], [0, 1, 0], [0, -1, 0]]
    said = words_of(projection(crossed, LABELS))
    assert said[1:3] == ["main direction 1 (90 % of the spread)", "main direction 2 (10 %)"]


def test_dots_and_legend_carry_the_colours_of_the_segments() -> None:
    figure = projection(space(2), LABELS)
    shown = [to_hex(dot).upper() for dot in figure.axes[0].collections[0].get_facecolors()]
    assert shown == [PALETTE[0]] * 5 + [PALETTE[1]] * 3 + [NOISE_COLOUR] * 2
    assert legend_of(figure) == ["unassigned", "segment 0", "segment 1"]


def test_a_crowd_is_thinned_out() -> None:
    assert len(dots_of(projection(space(2, 9000), np.zeros(9000, dtype=int)))) == 4000


def test_three_dimensions_are_shown_as_they_are() -> None:
    cube = space(3)
    figure = projection_3d(cube, LABELS)
    shown = np.column_stack(figure.axes[0].collections[0]._offsets3d)
    np.testing.assert_array_equal(np.sort(shown, axis=0), np.sort(cube, axis=0))
    assert figure.axes[0].name == "3d"
    assert legend_of(figure) == ["unassigned", "segment 0", "segment 1"]


def test_the_silhouette_picture_has_a_blade_per_segment_and_the_mean() -> None:
    silhouettes = np.linspace(-0.2, 0.8, 8)
    figure = silhouette_profile(silhouettes, LABELS, 0.3)
    axes = figure.axes[0]
    assert len(axes.collections) == 2
    assert inside(figure) == ["0  50%", "1  30%", "-0.5", "0", "0.5", "1"]
    assert axes.lines[0].get_xdata()[0] == pytest.approx(0.3)
    assert words_of(figure)[0] == "Silhouette by segment (mean 0.30, dashed, unassigned customers left out)"


@pytest.mark.parametrize("lowest", [-0.1, 0.4])
def test_silhouettes_are_drawn_on_one_scale_whatever_they_are(lowest: float) -> None:
    axes = silhouette_profile(np.linspace(lowest, 0.8, 8), LABELS, 0.3).axes[0]
    assert axes.get_xlim() == (-0.6, 1)


def test_blades_stand_from_the_top_down_and_so_do_their_customers() -> None:
    axes = silhouette_profile(np.linspace(-0.2, 0.8, 8), LABELS, 0.3).axes[0]
    assert axes.yaxis_inverted()
    first, second = (blade.get_paths()[0].vertices for blade in axes.collections)
    assert first[:, 1].min() == 0
    assert [second[second[:, 1] == row, 0].max() for row in (6, 7, 8)] == pytest.approx([0.8, 0.8 - 1 / 7, 0.8 - 2 / 7])


def test_where_nobody_is_unassigned_the_silhouette_picture_does_not_mention_it() -> None:
    figure = silhouette_profile(np.linspace(-0.2, 0.8, 8), LABELS[2:], 0.3)
    assert words_of(figure)[0] == "Silhouette by segment (mean 0.30, dashed)"


def test_the_blades_do_not_touch() -> None:
    axes = silhouette_profile(np.linspace(-0.2, 0.8, 8), LABELS, 0.3).axes[0]
    first, second = (blade.get_paths()[0].vertices[:, 1] for blade in axes.collections)
    assert first.max() < second.min()


def test_the_profile_shows_the_strongest_traits_first() -> None:
    deviations = pd.DataFrame({"weak": [0.1, -0.1], "spend_wine": [-1.0, 1.5], "age": [0.5, -0.5]}, index=[0, 1])
    figure = segment_profile(deviations, most=2)
    assert inside(figure)[-4:] == ["0", "1", "spend wine", "age"]
    assert figure.axes[0].images[0].get_array().tolist() == [[-1.0, 1.5], [0.5, -0.5]]


@pytest.mark.parametrize("strongest", [0.1, 1.5, 9.0])
def test_the_colours_of_the_profile_mean_the_same_in_every_picture(strongest: float) -> None:
    axes = segment_profile(pd.DataFrame({"x": [strongest, 0.0]})).axes[0]
    assert axes.images[0].get_clim() == (-2, 2)


def test_a_number_stands_where_a_segment_differs() -> None:
    assert inside(segment_profile(pd.DataFrame({"x": [-0.8, 0.7], "y": [9.0, 0.0]})))[:2] == ["+9.0", "-0.8"]


def test_many_segments_have_colours_that_come_round_again() -> None:
    assert colour(0) == colour(len(PALETTE))
    assert len({colour(segment) for segment in range(-1, len(PALETTE))}) == len(PALETTE) + 1


@pytest.mark.parametrize(
    "figure",
    [
        projection(space(4), LABELS),
        projection_3d(space(3), LABELS),
        silhouette_profile(np.linspace(-0.2, 0.8, 8), LABELS, 0.3),
        segment_profile(pd.DataFrame({"x": [1.0, 0.0]})),
    ],
    ids=["projection", "projection_3d", "silhouette", "profile"],
)
def test_every_picture_has_a_title_and_can_be_drawn(figure: Figure) -> None:
    assert words_of(figure)[0] or figure.axes[0].get_title(loc="left")
    figure.canvas.draw()


def test_where_they_have_names_segments_are_called_by_them() -> None:
    names = {0: "high age", 1: "low age " + "and more " * 9}
    for figure in (projection(space(2), LABELS, names), projection_3d(space(3), LABELS, names)):
        unassigned, first, second = legend_of(figure)
        assert (unassigned, first) == ("unassigned", "high age")
        assert second.startswith("low age and more")
        assert len(second) <= 44
    beside = inside(silhouette_profile(np.linspace(-0.2, 0.8, 8), LABELS, 0.3, names))[:2]
    assert beside[0] == "high age  50%"


def test_names_of_thin_blades_stand_apart() -> None:
    labels = np.repeat([0, 1, 2, 3], [2000, 1, 1, 1])
    axes = silhouette_profile(np.linspace(-0.2, 0.8, 2003), labels, 0.3).axes[0]
    heights = [text.get_position()[1] for text in axes.texts[:4]]
    assert np.diff(heights).min() > 0.045 * np.ptp(axes.get_ylim())


def test_pictures_are_made_without_pyplot() -> None:
    check = "import sys, segkit.plots; assert 'matplotlib.pyplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
