"""Extreme numbers pulled in to a fence."""

import numpy as np
import pytest

from segkit.preprocessing.clipping import Clipper

HUNDRED = np.arange(101.0).reshape(-1, 1)


def test_fences_are_the_outer_quantiles() -> None:
    step = Clipper().fit(HUNDRED)
    assert (step.lower_.tolist(), step.upper_.tolist()) == ([1.0], [99.0])
    assert step.transform([[-5.0], [50.0], [1000.0]]).tolist() == [[1.0], [50.0], [99.0]]


def test_tukeys_fences_are_one_and_a_half_quartile_distances_out() -> None:
    step = Clipper(0.25, 1.5).fit(HUNDRED)
    assert (step.lower_.tolist(), step.upper_.tolist()) == ([-50.0], [150.0])


@pytest.mark.parametrize("step", [Clipper(), Clipper(0.25, 1.5)])
def test_a_flag_that_few_have_is_no_outlier(step: Clipper) -> None:
    flags = np.zeros((1000, 2))
    flags[:3] = [1, -1]
    np.testing.assert_array_equal(step.fit_transform(flags), flags)


def test_each_column_has_its_own_fences() -> None:
    found = Clipper().fit(np.c_[HUNDRED, HUNDRED * 10]).transform([[500.0, 500.0]])
    assert found.tolist() == [[99.0, 500.0]]


@pytest.mark.filterwarnings("error")
def test_gaps_stay_and_do_not_move_the_fences() -> None:
    gappy = np.c_[np.append(HUNDRED, [np.nan] * 50), np.full(151, np.nan)]
    found = Clipper().fit(gappy).transform([[np.nan, np.nan], [1000.0, 5.0]])
    np.testing.assert_array_equal(found, [[np.nan, np.nan], [99.0, 5.0]])
