"""Customers of each segment by their answers."""

import numpy as np
import pandas as pd
import pytest

from segkit.plots.segments import level_bars
from segkit.plots.style import PALETTE

LABELS = np.array([0] * 6 + [1] * 2)
KIDS = pd.Series([0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 2.0], name="kids")
NAMES = {0: "few", 1: "many"}


def test_a_bar_per_answer_and_segment_of_one_scale(bars) -> None:
    _, few, _, many, _ = level_bars(KIDS, LABELS, NAMES).axes[0].collections
    lengths = np.array([length for length, _ in [*bars(few), *bars(many)]])
    assert lengths / lengths.max() * 3 == pytest.approx([3, 2, 1, 0, 0, 2])
    assert {ink for _, ink in bars(many)} == {PALETTE[1]}


def test_ticks_stand_where_the_segment_would_be_were_it_like_everyone(bars) -> None:
    axes = level_bars(KIDS, LABELS, NAMES).axes[0]
    one = max(length for length, _ in bars(axes.collections[1])) / 3
    start = axes.lines[1].get_xdata()[0]
    ticks = [(segment[0, 0] - start) / one for segment in axes.collections[4].get_segments()]
    assert ticks == pytest.approx([2 * 3 / 8, 2 * 2 / 8, 2 * 3 / 8])


def test_counts_and_shares_are_written(said) -> None:
    assert {"kids: customers by segment", "0", "1", "2", "few", "3 (50%)", "2 (100%)", "0 (0%)"} < set(
        said(level_bars(KIDS, LABELS, NAMES))
    )


def test_measurements_have_no_such_picture() -> None:
    assert level_bars(KIDS + 0.5, LABELS, NAMES) is None
