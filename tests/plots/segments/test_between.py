"""Two numbers against each other, all customers together and each segment alone."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from segkit.plots.segments import two_numbers
from segkit.plots.style import NOISE_COLOUR, PALETTE

LABELS = np.repeat([0, 1], 50)
NAMES = {0: "poor", 1: "rich"}
INCOME = pd.Series(np.linspace(10, 90, 100), name="income")
SPENT = pd.Series(np.linspace(0, 40, 100), name="spent")
SIDE = 3.7  # inches of the large panel


def clouds(figure):
    """Rasterised dots: of everyone, then behind and of each segment."""
    return [one for one in figure.axes[0].collections if one.get_rasterized()]


def test_all_customers_are_dots_in_the_colours_of_their_segments() -> None:
    everyone, *_ = clouds(two_numbers(INCOME, SPENT, LABELS, NAMES))
    assert np.asarray(everyone.get_offsets()) / SIDE == pytest.approx(np.tile(np.linspace(0, 1, 100), (2, 1)).T)
    assert [to_hex(ink).upper() for ink in everyone.get_facecolors()] == [PALETTE[0]] * 50 + [PALETTE[1]] * 50


def test_each_segment_stands_alone_before_everyone() -> None:
    _, *small = clouds(two_numbers(INCOME, SPENT, LABELS, NAMES))
    assert [len(one.get_offsets()) for one in small] == [100, 50, 100, 50]
    assert [to_hex(small[place].get_facecolors()[0]).upper() for place in (1, 3)] == [PALETTE[0], PALETTE[1]]


def middles(figure) -> list[list[float]]:
    return [one.get_offsets()[0].tolist() for one in figure.axes[0].collections if one.get_sizes().tolist() == [110]]


def test_the_middle_of_each_segment_is_stressed_but_not_that_of_the_unassigned() -> None:
    labels = np.where(np.arange(100) < 50, 0, -1)
    figure = two_numbers(INCOME, SPENT, labels, NAMES)
    quarter = SIDE * 24.5 / 99
    assert middles(figure) == [pytest.approx([quarter, quarter])]
    assert NOISE_COLOUR in {to_hex(ink).upper() for ink in clouds(figure)[0].get_facecolors()}


def test_titles_names_and_ticks_are_written(said) -> None:
    words = said(two_numbers(INCOME, SPENT, LABELS, NAMES))
    assert {"spent against income", "spent", "income", "poor", "rich", "20", "80", "40"} < set(words)


def test_outliers_and_gaps_are_said(said) -> None:
    rough = pd.Series(np.random.default_rng(0).normal(50, 5, 100), name="income")
    rough[[0, 1]] = [666_666.0, np.nan]
    note = " ".join(said(two_numbers(rough, SPENT, LABELS, NAMES)))
    assert "income: 2% beyond the ends stand at them." in note
    assert "1% of the customers have not both numbers." in note


def test_a_crowd_is_thinned_out() -> None:
    many = pd.Series(np.linspace(0, 1, 20_000))
    everyone, behind, front = clouds(two_numbers(many, many, np.zeros(20_000, dtype=int), NAMES))
    assert [len(cloud.get_offsets()) for cloud in (everyone, behind, front)] == [2000, 500, 500]


def test_where_nobody_has_both_there_is_no_picture() -> None:
    assert two_numbers(INCOME.where(LABELS == 0), SPENT.where(LABELS == 1), LABELS, NAMES) is None
