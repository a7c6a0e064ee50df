"""Customers stand against what they bring in."""

import pytest

from segkit.plots.segments import customers_and_revenue
from segkit.plots.style import NOISE_COLOUR, PALETTE

NAMES = {0: "many", 1: "rich"}


def test_a_pair_of_bars_per_segment_shows_both_shares(said, bars) -> None:
    figure = customers_and_revenue({0: 750, 1: 250}, {0: 1e4, 1: 4e4}, NAMES, "money spent")
    people, money = map(bars, figure.axes[0].collections)
    assert [length for length, _ in people] == pytest.approx([0.75, 0.25])
    assert money == [(pytest.approx(0.2), PALETTE[0]), (pytest.approx(0.8), PALETTE[1])]
    assert not {ink for _, ink in people} & set(PALETTE)
    words = [text.strip() for text in said(figure)]
    assert {"75% of customers (750)", "20% of money spent (10k)", "80% of money spent (40k)", "many", "rich"} < set(
        words
    )


def test_the_unassigned_come_last_and_grey(said, bars) -> None:
    figure = customers_and_revenue({-1: 10, 0: 90}, {0: 5.0, -1: 5.0}, NAMES)
    assert bars(figure.axes[0].collections[1])[-1] == (pytest.approx(0.5), NOISE_COLOUR)
    assert "unassigned" in said(figure)


def test_a_segment_that_costs_money_says_so(said) -> None:
    assert " -25% of revenue (-1)" in said(customers_and_revenue({0: 5, 1: 5}, {0: 5.0, 1: -1.0}, NAMES))


@pytest.mark.parametrize("revenue", [{}, {0: 0.0}, {0: float("nan")}, {0: -5.0}])
def test_where_nothing_comes_in_there_is_no_picture(revenue) -> None:
    assert customers_and_revenue({0: 5}, revenue, NAMES) is None
