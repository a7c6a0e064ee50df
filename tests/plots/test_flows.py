"""Where the bars and bands of a split diagram lie."""

from itertools import pairwise

import pandas as pd
import pytest

from segkit.plots.flows import Bar, lay_out
from segkit.plots.style import NOISE_COLOUR, PALETTE

COLUMNS = ["k_from", "segment_from", "k_to", "segment_to", "customers"]
# Segment 0 of two stays, segment 1 splits in two; then everything stays and one more comes out of segment 0.
ROWS = [(2, 0, 3, 2, 60), (2, 1, 3, 0, 30), (2, 1, 3, 1, 10), (3, 2, 4, 0, 40), (3, 2, 4, 3, 20)]
ROWS += [(3, 0, 4, 1, 30), (3, 1, 4, 2, 10)]


def laid_out(rows: list[tuple[int, ...]] = ROWS, chosen: int = 3) -> dict[tuple[int, int], Bar]:
    bars, _ = lay_out(pd.DataFrame(rows, columns=COLUMNS), chosen)
    return {(bar.k, bar.segment): bar for bar in bars}


def test_bars_are_as_tall_as_their_share_of_the_customers() -> None:
    shares = {node: bar.share for node, bar in laid_out().items()}
    assert [shares[2, 0], shares[2, 1]] == pytest.approx([0.6, 0.4])
    assert [shares[3, 0], shares[3, 1], shares[3, 2]] == pytest.approx([0.3, 0.1, 0.6])
    assert [shares[4, number] for number in range(4)] == pytest.approx([0.4, 0.3, 0.1, 0.2])


def test_the_largest_is_on_top_and_the_others_stand_near_those_they_come_from() -> None:
    bars = sorted(laid_out().values(), key=lambda bar: (bar.k, bar.top))
    order = [bar.segment for bar in bars]
    assert order == [0, 1, 2, 0, 1, 0, 3, 1, 2]


def test_bars_of_one_k_do_not_touch() -> None:
    bars = sorted(laid_out().values(), key=lambda bar: (bar.k, bar.top))
    pairs = [(one, other) for one, other in pairwise(bars) if one.k == other.k]
    assert all(one.top + one.share < other.top for one, other in pairs)


def test_bands_fill_their_bars_without_overlap() -> None:
    bars, bands = lay_out(pd.DataFrame(ROWS, columns=COLUMNS), 3)
    for bar in bars:
        for ends in (
            sorted((band.leaves, band.share) for band in bands if band.source is bar),
            sorted((band.arrives, band.share) for band in bands if band.target is bar),
        ):
            place = bar.top
            for start, share in ends:
                assert start == pytest.approx(place)
                place += share
            assert not ends or place == pytest.approx(bar.top + bar.share)


def test_the_chosen_k_has_the_usual_colours_and_hands_them_on_both_ways() -> None:
    colours = {node: bar.colour for node, bar in laid_out().items()}
    assert [colours[3, number] for number in range(3)] == list(PALETTE[:3])
    assert (colours[2, 0], colours[2, 1]) == (PALETTE[2], PALETTE[0])
    assert (colours[4, 0], colours[4, 1], colours[4, 2]) == (PALETTE[2], PALETTE[0], PALETTE[1])
    assert colours[4, 3] not in PALETTE[:3]


def test_the_segments_of_one_k_have_a_colour_each() -> None:
    rows = [(k, 0, k + 1, segment, 10) for k in range(1, 8) for segment in range(k + 1)]
    bars = laid_out(rows, 4)
    for k in range(2, 9):
        colours = [bar.colour for bar in bars.values() if bar.k == k]
        assert len(set(colours)) == len(colours) == k


def test_a_k_that_is_not_there_is_as_if_none_was_chosen() -> None:
    assert laid_out(chosen=9) == laid_out(chosen=4)


def test_the_unassigned_are_grey_and_hand_nothing_on() -> None:
    bars = laid_out([(2, -1, 3, 0, 50), (2, 0, 3, 1, 50), (3, 0, 4, -1, 50), (3, 1, 4, 0, 50)], 3)
    assert bars[2, -1].colour == bars[4, -1].colour == NOISE_COLOUR
    assert bars[4, 0].colour == bars[3, 1].colour == PALETTE[1]


def test_bands_without_customers_are_left_out() -> None:
    _, bands = lay_out(pd.DataFrame([*ROWS, (2, 0, 3, 1, 0)], columns=COLUMNS), 3)
    assert len(bands) == len(ROWS)
