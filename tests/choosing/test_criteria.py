"""Each way of choosing k on a curve whose answer can be seen."""

import pandas as pd
import pytest

from segkit.choosing.criteria import (
    first_gap,
    highest,
    highest_jump,
    knee,
    largest_predicted,
    largest_stable,
    lowest,
)


def over(ks: list[int], *values: float) -> pd.Series:
    return pd.Series(values, pd.Index(ks, name="k"))


def gaps(ks: list[int], gap: list[float], error: float = 0.1) -> pd.DataFrame:
    return pd.DataFrame({"gap": gap, "gap_error": error}, pd.Index(ks, name="k"))


def test_the_knee_is_where_the_curve_bends() -> None:
    assert knee(over([2, 3, 4, 5, 6], 100, 60, 20, 18, 16))[0] == 4


def test_the_knee_goes_by_how_far_apart_the_k_are() -> None:
    assert knee(over([2, 3, 10], 100, 85, 0))[0] is None
    assert knee(over([2, 9, 10], 100, 85, 0))[0] is None
    assert knee(over([2, 3, 10], 100, 20, 0))[0] == 3


@pytest.mark.parametrize("values", [(50, 40, 30, 20), (50, 39, 29, 20), (50, 48, 40, 20)], ids=str)
def test_a_straight_or_hollow_curve_has_no_knee(values) -> None:
    k, why = knee(over([2, 3, 4, 5], *values))
    assert k is None
    assert "straight" in why


def test_an_inertia_that_does_not_fall_has_no_knee() -> None:
    assert knee(over([2, 3, 4], 5, 5, 5)) == (None, "no bend: more segments do not lower the inertia")


def test_peaks_and_valleys_are_named_with_their_values() -> None:
    assert highest(over([3, 4, 5], 0.2, 0.5, 0.4)) == (4, "highest (0.5)")
    assert lowest(over([3, 4, 5], 0.2, 0.1, 0.4)) == (4, "lowest (0.1)")


def test_a_peak_at_the_end_of_what_was_tried_says_so() -> None:
    assert highest(over([3, 4, 5], 1, 2, 3))[1].endswith("at the largest k tried")
    assert highest(over([3, 4, 5], 3, 2, 1))[1].endswith("at the smallest k tried")
    assert "tried" not in highest(over([2, 3, 4], 3, 2, 1))[1]  # nothing lies below 2


def test_the_gap_names_the_first_k_that_the_next_does_not_beat() -> None:
    assert first_gap(gaps([1, 2, 3, 4], [0.1, 0.5, 0.55, 0.9]))[0] == 2
    assert first_gap(gaps([1, 2, 3, 4], [0.1, 0.5, 0.9, 0.95]))[0] == 3


def test_the_gap_says_that_there_are_no_segments_where_nothing_beats_one() -> None:
    k, why = first_gap(gaps([1, 3, 4], [0.5, 0.55, 0.3]))
    assert k == 1
    assert "no segments" in why


def test_two_segments_no_better_than_one_do_not_hide_four() -> None:
    assert first_gap(gaps([1, 2, 3, 4, 5], [0.5, 0.4, 0.6, 1.5, 1.4]))[0] == 4


def test_a_gap_that_grows_to_the_end_names_none() -> None:
    k, why = first_gap(gaps([1, 2, 3], [0.1, 0.5, 0.9]))
    assert k is None
    assert "k = 3" in why


def test_stability_names_the_largest_stable_k_or_the_most_stable_one() -> None:
    assert largest_stable(over([2, 3, 4], 0.95, 0.8, 0.79))[0] == 3
    assert largest_stable(over([2, 3, 4], 0.6, 0.7, 0.5)) == (3, "most stable (0.70), though below 0.8")


def test_prediction_strength_names_the_largest_strong_k_or_one() -> None:
    assert largest_predicted(over([2, 3, 4], 0.95, 0.8, 0.79))[0] == 3
    assert largest_predicted(over([2, 3, 4], 0.6, 0.7, 0.5))[0] == 1


def test_the_dendrogram_names_the_k_before_the_highest_jump() -> None:
    assert highest_jump(over([2, 3, 4], 1.1, 3.0, 1.2)) == (3, "the merge to 2 is 3.00 times as high as the one before")
