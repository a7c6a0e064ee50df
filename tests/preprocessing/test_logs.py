"""Long tails in logs."""

import numpy as np
import pytest

from segkit.preprocessing.logs import LogSkewed

EVEN = [1.0, 2.0, 3.0, 4.0, 5.0]
TAIL = [0.0, 1.0, 2.0, 3.0, 1000.0]


def test_only_skewed_columns_are_logged() -> None:
    X = np.c_[EVEN, TAIL, [7.0] * 5, [0.1] * 5]
    step = LogSkewed().fit(X)
    assert step.logged_.tolist() == [False, True, False, False]
    np.testing.assert_allclose(step.transform(X), np.c_[EVEN, np.log1p(TAIL), [7.0] * 5, [0.1] * 5])


def test_skewness_is_the_third_standardised_moment() -> None:
    step = LogSkewed().fit(np.c_[EVEN * 2, [0.0, 0.0, 0.0, 0.0, 1.0] * 2, np.full(10, 0.1)])
    np.testing.assert_allclose(step.skewness_, [0, 1.5, 0], atol=1e-12)  # one in five: (1 - 2p) / sqrt(p (1 - p))


@pytest.mark.parametrize(("above", "logged"), [(1.0, True), (2.0, False), (None, True)])
def test_the_threshold_can_be_chosen(above: float | None, logged: bool) -> None:
    assert LogSkewed(above).fit(np.c_[[0.0, 0.0, 0.0, 0.0, 1.0]]).logged_.tolist() == [logged]


def test_numbers_below_zero_keep_their_sign() -> None:
    X = np.c_[[-100.0, -1.0, 0.0, 1.0, 1000.0]]
    found = LogSkewed(None).fit_transform(X)[:, 0]
    np.testing.assert_allclose(found, [-np.log(101), -np.log(2), 0, np.log(2), np.log(1001)])


def test_a_newcomer_may_be_below_zero_where_nobody_was() -> None:
    assert LogSkewed().fit(np.c_[TAIL]).transform([[-50.0]]) == pytest.approx(-np.log(51))


def test_a_tail_to_the_left_is_left_alone() -> None:
    assert not LogSkewed().fit(-np.c_[TAIL]).logged_.any()


@pytest.mark.filterwarnings("error")
def test_gaps_stay_and_do_not_change_the_skewness() -> None:
    gappy = np.c_[[*TAIL, np.nan, np.nan], [np.nan] * 7]
    step = LogSkewed().fit(gappy)
    np.testing.assert_allclose(step.skewness_, [LogSkewed().fit(np.c_[TAIL]).skewness_[0], 0])
    np.testing.assert_allclose(step.transform(gappy)[:, 0], [*np.log1p(TAIL), np.nan, np.nan])
