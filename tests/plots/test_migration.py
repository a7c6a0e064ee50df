"""The picture of who goes where."""

from itertools import pairwise

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots import migration_flow
from segkit.plots.style import NOISE_COLOUR, PALETTE

COLUMNS = ["segment_from", "name_from", "segment_to", "name_to", "customers"]
ROWS = [
    (0, "Big", 0, "Big", 60),
    (0, "Big", 4, "New", 30),
    (1, "Small", 4, "New", 9),
    (1, "Small", -1, "unassigned", 1),
]


def drawn(rows: list[tuple[int, str, int, str, int]] = ROWS) -> Figure:
    figure = migration_flow(pd.DataFrame(rows, columns=COLUMNS), "who moves")
    assert figure is not None
    figure.canvas.draw()
    return figure


def test_there_is_a_bar_per_segment_and_a_band_per_way() -> None:
    axes = drawn().axes[0]
    assert len(axes.patches) == 5
    assert len(axes.collections[0].get_paths()) == 4


def test_a_number_has_its_colour_on_both_sides() -> None:
    colours = [to_hex(bar.get_facecolor()).upper() for bar in drawn().axes[0].patches]
    assert sorted(colours) == sorted([PALETTE[0], PALETTE[1], PALETTE[0], PALETTE[4], NOISE_COLOUR])


def test_every_segment_is_named_with_its_size() -> None:
    words = [text.get_text() for text in drawn().axes[0].texts]
    assert sorted(words) == sorted(["0  Big  90", "1  Small  10", "0  Big  60", "4  New  39", "unassigned  1"])


def test_the_names_of_small_neighbours_do_not_overlap() -> None:
    tiny = [(0, "Big", number, f"n{number}", 1) for number in range(1, 7)]
    figure = drawn([(0, "Big", 0, "Big", 1000), *tiny])
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if "n" in text.get_text()]
    boxes.sort(key=lambda box: box.y0)
    assert all(upper.y0 >= lower.y1 - 1 for lower, upper in pairwise(boxes))


def test_of_nobody_there_is_no_picture() -> None:
    assert migration_flow(pd.DataFrame(columns=COLUMNS)) is None
