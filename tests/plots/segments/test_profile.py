"""The profile plot shows every segment in every column, and stresses what marks it."""

import numpy as np
import pandas as pd
import pytest

from segkit.plots.segments import profile_plot
from segkit.plots.style import PALETTE

LABELS = np.repeat([0, 1], 50)
NAMES = {0: "young", 1: "old"}
TYPED = pd.DataFrame(
    {
        "age": np.r_[np.linspace(20, 30, 50), np.linspace(60, 70, 50)],
        "noise": np.tile(np.linspace(0, 1, 50), 2),
        "home": pd.Series(["flat", "house"] * 25 + ["house"] * 50, dtype=object),
    }
)


def drawn(figure, bars, segment):
    """Row -> length in shares of the whole scale, and colour."""
    axes = figure.axes[0]
    wide = np.ptp(axes.lines[0].get_xdata())
    rows = {text.get_position()[1]: text.get_text() for text in axes.texts if text.get_ha() == "right"}
    found = bars(axes.collections[1 + 2 * segment])
    return {rows[row].split(" (")[0]: (length / wide, ink) for row, (length, ink) in enumerate(found)}


def test_a_bar_per_segment_and_row_ends_at_the_mean(bars) -> None:
    figure = profile_plot(TYPED, LABELS, NAMES)
    young, old = (drawn(figure, bars, segment) for segment in (0, 1))
    assert set(young) == set(old) == {"age", "noise", "home: flat", "home: house"}
    low, high = TYPED["age"].quantile([0.05, 0.95])
    assert young["age"][0] == pytest.approx((25 - low) / (high - low))
    assert (young["home: flat"][0], old["home: flat"][0]) == pytest.approx((0.5, 0.0))


def test_markers_have_the_full_colour_and_their_value_the_others_are_pale(bars, said) -> None:
    figure = profile_plot(TYPED, LABELS, NAMES)
    old = drawn(figure, bars, 1)
    assert old["age"][1] == PALETTE[1]
    assert old["noise"][1] not in PALETTE
    assert "65" in said(figure)
    assert {"old\n50% of customers", "age (45)", "home: flat (25%)"} < set(said(figure))


def test_markers_may_be_said(bars) -> None:
    old = drawn(profile_plot(TYPED, LABELS, NAMES, markers={1: ["noise"]}), bars, 1)
    assert old["noise"][1] == PALETTE[1]
    assert old["age"][1] not in PALETTE


def test_of_many_columns_those_that_differ_most_are_shown(bars) -> None:
    assert set(drawn(profile_plot(TYPED, LABELS, NAMES, most=1), bars, 0)) == {"age"}


def test_ticks_stand_at_everyones_mean() -> None:
    figure = profile_plot(TYPED[["age"]], LABELS, NAMES)
    axes = figure.axes[0]
    start, end = axes.lines[0].get_xdata()
    low, high = TYPED["age"].quantile([0.05, 0.95])
    tick = axes.collections[2].get_segments()[0][0, 0]
    assert (tick - start) / (end - start) == pytest.approx((45 - low) / (high - low))


def test_empty_constant_and_broken_columns_are_left_out() -> None:
    odd = TYPED[["age"]].assign(nothing=np.nan, same=1.0, endless=np.r_[np.inf, np.zeros(99)])
    assert len(profile_plot(odd, LABELS, NAMES).axes[0].collections[1].get_paths()) == 1


def test_the_unassigned_have_no_column() -> None:
    labels = np.where(np.arange(100) % 10, LABELS, -1)
    assert len(profile_plot(TYPED, labels, NAMES).axes[0].lines) == 2


def test_where_nothing_is_known_there_is_no_picture() -> None:
    assert profile_plot(pd.DataFrame({"nothing": np.full(100, np.nan)}), LABELS, NAMES) is None
