"""The picture of how segments split and merge as k grows."""

from typing import Any

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots import split_diagram
from segkit.plots.style import PALETTE

COLUMNS = ["pipeline", "k_from", "k_to", "segment_from", "segment_to", "customers"]
ROWS = [("pca-kmeans", 3, 4, segment, segment, 98) for segment in range(3)] + [("pca-kmeans", 3, 4, 0, 3, 6)]


def drawn(**how: Any) -> Figure:
    figure = split_diagram(pd.DataFrame(ROWS, columns=COLUMNS), **how)
    assert figure is not None
    figure.canvas.draw()
    return figure


def inside(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def test_there_is_a_bar_per_segment_and_a_band_per_way() -> None:
    axes = drawn().axes[0]
    assert len(axes.patches) == 7
    assert len(axes.collections[0].get_paths()) == 4


def test_a_band_leaves_at_the_edge_of_its_bar_and_is_as_wide_as_its_customers() -> None:
    axes = drawn().axes[0]
    widest = axes.collections[0].get_paths()[0].vertices
    bars = {round(bar.get_x() + bar.get_width() / 2): bar for bar in axes.patches}
    assert widest[0, 0] == bars[0].get_x() + bars[0].get_width()
    assert widest[3, 0] == bars[1].get_x()
    assert round(widest[7, 1] - widest[0, 1], 6) == round(98 / 300, 6)


def test_segments_have_number_and_share_where_there_is_room() -> None:
    words = inside(drawn())
    assert words.count("33%") == 5  # 98 of 300, but for the one that holds 104
    assert words.count("35%") == 1
    assert "3" not in words
    assert "2%" not in words


def test_the_choice_is_marked_and_its_segments_are_named_in_their_colours() -> None:
    figure = drawn(names={0: "high income", 1: "low income, high kids at home, low wine"}, chosen=3)
    assert inside(figure)[-2:] == ["k = 3\nthe choice", "k = 4"]
    lines = {text.get_text(): to_hex(text.get_color()).upper() for text in figure.texts if text.get_text() != ""}
    assert lines["\u25cf 0  high income"] == PALETTE[0]
    assert lines["\u25cf 1  low income, high kids at"] == PALETTE[1]
    assert lines["    home, low wine"] == PALETTE[1]


def test_without_a_choice_nothing_is_marked() -> None:
    assert inside(drawn())[-2:] == ["k = 3", "k = 4"]


def test_the_pipeline_is_named() -> None:
    assert "pca-kmeans" in drawn().texts[0].get_text()


def test_without_splits_there_is_no_picture() -> None:
    assert split_diagram(pd.DataFrame(columns=COLUMNS)) is None
