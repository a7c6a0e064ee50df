"""What halves of the customers say about the segments of all."""

import numpy as np
import pandas as pd
import pytest

from segkit.evidence.halves import Half, Split
from segkit.evidence.stability import prediction_strength, segment_stability, stability, stability_table, word

LABELS = np.repeat([0, 1, 2], [6, 4, 2])
EVERYONE = np.arange(12)


def half(everyone, rows=EVERYONE) -> Half:
    everyone = np.asarray(everyone)
    return Half(rows, everyone[rows], everyone)


def test_the_same_segments_under_other_numbers_are_the_same():
    other = half(np.repeat([2, 0, 1], [6, 4, 2]))
    found = stability(LABELS, [Split(other, half(LABELS))])
    assert found == {"stability": 1.0, "stability_min": 1.0, "prediction_strength": 1.0}


def test_a_segment_that_is_cut_in_two_has_half_of_itself():
    found = segment_stability(LABELS, [half([0, 0, 0, 3, 3, 3, 1, 1, 1, 1, 2, 2])])
    assert found == {0: pytest.approx(0.5), 1: 1.0, 2: 1.0}


def test_a_segment_that_swallows_another_is_larger_than_it_was():
    found = segment_stability(LABELS, [half([0] * 6 + [1] * 6)])
    assert found == {0: 1.0, 1: pytest.approx(4 / 6), 2: pytest.approx(2 / 6)}


def test_segments_are_averaged_over_halves():
    found = segment_stability(LABELS, [half(LABELS), half([0] * 6 + [1] * 6)])
    assert found[2] == pytest.approx((1 + 2 / 6) / 2)


def test_a_segment_whose_customers_are_left_unassigned_does_not_come_out_again():
    found = segment_stability(LABELS, [half([0] * 6 + [1] * 4 + [-1] * 2)])
    assert found[2] == 0.0


def test_the_unassigned_are_no_segment():
    labels = np.where(LABELS == 2, -1, LABELS)
    assert set(segment_stability(labels, [half(labels)])) == {0, 1}
    assert stability(labels, [Split(half(labels), half(labels))])["stability_min"] == 1.0


def test_the_weakest_segment_decides_how_far_two_halves_agree():
    judge = half([0] * 6 + [1, 1, 2, 2] + [2] * 2)
    judged = half(LABELS)
    assert prediction_strength(judge, judged) == pytest.approx(4 / 12)
    assert prediction_strength(judged, judged) == 1.0


def test_only_the_judged_customers_count():
    judge, rows = half([0] * 6 + [1, 1, 2, 2] + [2] * 2), np.array([0, 1, 6, 7, 10, 11])
    assert prediction_strength(judge, half(LABELS, rows)) == 1.0


@pytest.mark.parametrize(("overlap", "said"), [(1, "solid"), (0.75, "solid"), (0.6, "usable"), (0.59, "dissolves")])
def test_words(overlap, said):
    assert word(overlap) == said


def test_the_table_says_it_in_words():
    table = stability_table({0: 0.9, 1: 0.2})
    pd.testing.assert_frame_equal(
        table, pd.DataFrame({"segment": [0, 1], "comes_out_again": [0.9, 0.2], "word": ["solid", "dissolves"]})
    )
    assert list(stability_table({}).columns) == ["segment", "comes_out_again", "word"]
