"""Pictures of what has changed."""

from math import nan

from segkit.drift.columns import Shift
from segkit.drift.shares import Share
from segkit.plots.drift import psi_bars, shares_then_and_now
from segkit.plots.style import png_bytes


def words(figure) -> str:
    axes = [text.get_text() for panel in figure.axes for text in panel.texts]
    return " ".join([*axes, *(text.get_text() for text in figure.texts)])


def test_shares_are_drawn_then_and_now():
    shares = {0: Share(60, 0.6, 0.55, 0.65, 0.5, 0.0), -1: Share(40, 0.4, 0.35, 0.45, nan, nan)}
    figure = shares_then_and_now(shares, {0: "Young"})
    assert "50% → 60%" in words(figure)
    assert "Young" in words(figure)
    assert png_bytes(figure)


def test_columns_are_drawn_with_what_chance_makes():
    figure = psi_bars([Shift("spend_wine", 0.31, 0.02, 0.0), Shift("age", 0.01, 0.02, 0.5)], (0.1, 0.25))
    assert "spend wine" in words(figure)
    assert "0.31" in words(figure)
    assert png_bytes(figure)


def test_many_and_no_columns_are_drawn_too():
    assert png_bytes(psi_bars([Shift(f"column {n}", 0.1, 0.02, 0.5) for n in range(60)], (0.1,)))
    assert png_bytes(psi_bars([], (0.1, 0.25)))
