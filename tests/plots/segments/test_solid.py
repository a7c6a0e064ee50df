"""How surely each segment comes back, over zones of how far to rely on it."""

import pytest

from segkit.plots.segments import stability_bars
from segkit.plots.style import PALETTE

NAMES = {0: "sure", 1: "so so", 2: "gone"}
FOUND = {0: 0.9, 1: 0.7, 2: 0.3}


def test_a_bar_per_segment_in_its_colour(bars) -> None:
    drawn = stability_bars(FOUND, NAMES).axes[0].collections[-1]
    assert bars(drawn) == [(pytest.approx(FOUND[place]), PALETTE[place]) for place in range(3)]


def test_zones_end_where_the_words_change(said) -> None:
    figure = stability_bars(FOUND, NAMES)
    zones = [one.get_paths()[0].get_extents() for one in figure.axes[0].collections[:3]]
    assert [(zone.x0, round(zone.x1, 9)) for zone in zones] == [(0, 0.6), (0.6, 0.75), (0.75, 1)]
    assert {"dissolves", "usable", "solid", "sure", "so so", "gone"} < set(said(figure))


def test_each_is_said_in_words(said) -> None:
    words = said(stability_bars(FOUND, NAMES))
    assert {"0.90, comes back", "0.70, mostly comes back", "0.30, does not come back"} < set(words)


def test_what_was_not_measured_is_left_out() -> None:
    assert stability_bars({0: float("nan"), -1: 0.9}, NAMES) is None
    assert stability_bars({}, NAMES) is None
