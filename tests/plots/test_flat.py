"""Many dimensions become few, and many customers enough to see."""

import numpy as np

from segkit.plots.flat import axis_names, drawn_rows, flattened


def test_what_has_few_dimensions_stays_as_it_is() -> None:
    space = np.arange(6.0).reshape(3, 2)
    flat, shares = flattened(space, 3)
    np.testing.assert_array_equal(flat, np.column_stack([space, np.zeros(3)]))
    assert shares == ()
    assert axis_names(shares) == ("dimension 1", "dimension 2")


def test_more_are_shown_by_their_main_directions() -> None:
    flat, shares = flattened(np.random.default_rng(0).normal(size=(200, 4)) * [1, 1, 8, 2])
    assert flat.shape == (200, 2)
    assert 0.8 < sum(shares) <= 1
    assert shares[0] > shares[1]


def test_customers_who_are_all_the_same_stand_in_one_place() -> None:
    flat, shares = flattened(np.ones((9, 4)))
    assert np.ptp(flat, axis=0).tolist() == [0, 0]
    assert shares == ()


def test_the_small_segments_are_drawn_over_the_large() -> None:
    assert drawn_rows(np.array([0, 1, 1, 1, 0, 2])).tolist() == [1, 2, 3, 0, 4, 5]
    assert len(drawn_rows(np.zeros(900), 100)) == 100
