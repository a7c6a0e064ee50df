"""The pictures of a reduced space."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots.reduction import loadings_picture, neighbourhoods, scree
from segkit.plots.style import PALETTE, QUIET, png_bytes

SHARES = [0.5, 0.3, 0.15, 0.05]


def title(figure: Figure) -> str:
    return figure.texts[0].get_text()


def inside(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def test_bars_are_the_shares_and_the_kept_ones_are_marked() -> None:
    figure = scree(SHARES, 2)
    bars = figure.axes[0].patches
    assert [bar.get_height() for bar in bars] == SHARES
    assert [to_hex(bar.get_facecolor()).upper() for bar in bars] == [PALETTE[0]] * 2 + [QUIET.upper()] * 2
    assert title(figure) == "Share of the variance by direction: the 2 in blue keep 80 %"
    assert {"50%", "30%"} <= set(inside(figure))
    assert "15%" not in inside(figure)


def test_factors_say_what_they_share() -> None:
    assert title(scree(SHARES, 2, 0.61)).endswith(": 2 factors share 61 %")


@pytest.mark.parametrize("shares", [[1.0], [0.001] * 60, []])
def test_one_direction_and_many_small_ones_can_be_drawn(shares) -> None:
    assert png_bytes(scree(shares, len(shares)))


def test_columns_stand_by_the_component_that_they_go_with() -> None:
    table = pd.DataFrame({"visits": [0.1, 0.9], "spend_wine": [-0.8, 0.2], "plan=b": [0.9, 0.0]}, index=[1, 2])
    figure = loadings_picture(table)
    assert figure.axes[0].images[0].get_array().tolist() == [[0.9, 0.0], [-0.8, 0.2], [0.1, 0.9]]
    assert inside(figure) == ["+0.9", "-0.8", "+0.9", "plan: b", "spend wine", "visits", "1", "2"]


def test_of_many_columns_the_strongest_are_shown() -> None:
    table = pd.DataFrame([np.linspace(0.0, 1.0, 80)], index=[1], columns=[f"c{place}" for place in range(80)])
    figure = loadings_picture(table)
    assert figure.axes[0].images[0].get_array().shape == (30, 1)
    assert "c79" in inside(figure)
    assert png_bytes(figure)


def test_the_map_of_neighbourhoods_is_coloured_by_segment_and_says_what_not_to_read() -> None:
    points = np.random.default_rng(0).normal(size=(6, 2))
    figure = neighbourhoods(points, np.array([0, 0, 0, 1, 1, -1]))
    dots = figure.axes[0].collections[0]
    np.testing.assert_array_equal(dots.get_offsets(), points)
    assert [to_hex(ink).upper() for ink in dots.get_facecolors()] == [PALETTE[0]] * 3 + [PALETTE[1]] * 2 + ["#BBBBBB"]
    assert "6 customers (t-SNE" in title(figure)
    assert any("mean little" in text.get_text() for text in figure.texts)
