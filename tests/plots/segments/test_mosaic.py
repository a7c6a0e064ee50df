"""Shares of answers by segment, the segments as high as they are large."""

import numpy as np
import pandas as pd
import pytest

from segkit.plots.segments import mosaic
from segkit.plots.style import PALETTE

LABELS = np.array([0] * 6 + [1] * 2)
ANSWERS = pd.Series(["yes"] * 3 + ["no"] * 3 + ["yes"] * 2, name="owns_home", dtype=object)
NAMES = {0: "large", 1: "small"}


def strips(figure) -> list[np.ndarray]:
    """Left, width and height of the pieces of each strip."""
    pieces = [[path.get_extents() for path in one.get_paths()] for one in figure.axes[0].collections]
    return [np.array([(box.x0, box.width, box.height) for box in strip]) for strip in pieces[:3]]


def test_pieces_are_as_wide_as_the_answers_and_as_high_as_the_segment() -> None:
    everyone, large, small = strips(mosaic(ANSWERS, LABELS, NAMES))
    assert everyone[:, 1] == pytest.approx([5 / 8, 3 / 8])
    assert large[:, :2] == pytest.approx(np.array([[0, 0.5], [0.5, 0.5]]))
    assert small[:, 1] == pytest.approx([1, 0])
    assert large[0, 2] / small[0, 2] == pytest.approx(3)


def test_the_first_answer_has_the_segments_colour_the_others_are_paler(bars) -> None:
    figure = mosaic(ANSWERS, LABELS, NAMES)
    inks = [ink for _, ink in bars(figure.axes[0].collections[1])]
    assert inks[0] == PALETTE[0]
    assert inks[1] not in PALETTE


def test_answers_segments_and_shares_are_named(said) -> None:
    words = said(mosaic(ANSWERS, LABELS, NAMES))
    assert {"everyone", "large", "small", "yes", "no", "50%", "62%", "owns home: shares by segment"} < set(words)


def test_customers_without_an_answer_are_left_out_and_counted(said) -> None:
    figure = mosaic(ANSWERS.mask(LABELS == 1), LABELS, NAMES)
    assert "25% gave no answer." in " ".join(said(figure))
    assert "small" not in said(figure)


def test_without_an_answer_there_is_no_picture() -> None:
    assert mosaic(pd.Series([None] * 8, dtype=object), LABELS, NAMES) is None
