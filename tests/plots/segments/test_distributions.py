"""A number's histogram in each segment, against everyone's."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from segkit.plots.segments import histograms
from segkit.plots.style import PALETTE, QUIET

LABELS = np.repeat([0, 1], 50)
NAMES = {0: "young", 1: "old"}
CHILDREN = pd.Series(np.r_[np.zeros(50), np.repeat([1.0, 2.0], 25)], name="kids_home")


def heights(figure) -> list[np.ndarray]:
    """Of each filled histogram, from the foot of its row, in shares of the highest."""
    filled = [patch.get_data() for patch in figure.axes[0].patches if patch.get_fill()]
    up = [baseline - values for values, _, baseline in filled]
    return [row / row.max() for row in up]


def test_everyone_stands_above_the_segments(said) -> None:
    figure = histograms(CHILDREN, LABELS, NAMES)
    everyone, young, old = heights(figure)
    assert everyone.tolist() == pytest.approx([1, 0.5, 0.5])
    assert young.tolist() == pytest.approx([1, 0, 0])
    assert old.tolist() == pytest.approx([0, 1, 1])
    inks = [to_hex(patch.get_facecolor()).upper() for patch in figure.axes[0].patches if patch.get_fill()]
    assert inks == [QUIET, PALETTE[0], PALETTE[1]]
    words = said(figure)
    assert {"everyone", "young", "old", "kids home, by segment", "middle 0", "middle 1.5", "0", "1", "2"} < set(words)


def test_everyones_outline_comes_again_in_every_row_and_fits_it() -> None:
    lines = [patch.get_data() for patch in histograms(CHILDREN, LABELS, NAMES).axes[0].patches if not patch.get_fill()]
    outlines = [baseline - values for values, _, baseline in lines]
    assert len(outlines) == 3
    assert max(row.max() for row in outlines) < 1
    assert outlines[1].tolist() == pytest.approx([0.41, 0.205, 0.205])


def test_outliers_and_gaps_are_said(said) -> None:
    values = pd.Series(np.r_[np.random.default_rng(0).normal(50, 5, 98), 666_666.0, np.nan])
    words = " ".join(said(histograms(values, LABELS, NAMES)))
    assert "beyond the ends stand at them" in words
    assert "1% have no value" in words


def test_a_constant_is_one_bar() -> None:
    everyone, *_ = heights(histograms(pd.Series(np.full(100, 3.5)), LABELS, NAMES))
    assert (everyone > 0).sum() == 1


def test_a_segment_without_a_value_keeps_its_row(said) -> None:
    assert "nothing known" in said(histograms(CHILDREN.where(LABELS == 0), LABELS, NAMES))


def test_without_a_number_there_is_no_picture() -> None:
    assert histograms(pd.Series(np.full(100, np.nan)), LABELS, NAMES) is None
