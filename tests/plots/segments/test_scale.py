"""A few huge numbers do not stretch an axis, and it says so."""

import numpy as np
import pytest

from segkit.plots.segments.scale import Scale, scale_of

NORMAL = np.random.default_rng(0).normal(50, 5, 1000)


def known(values: np.ndarray) -> Scale:
    scale = scale_of(values)
    assert scale is not None
    return scale


def test_an_axis_holds_all_values_where_none_lies_far_out() -> None:
    scale = known(np.linspace(20.0, 80.0, 100))
    assert (scale.low, scale.high, scale.note) == (20.0, 80.0, "")
    assert scale.places(np.array([20.0, 50.0, 80.0])).tolist() == [0.0, 0.5, 1.0]


def test_an_outlier_stands_at_the_end_and_that_is_said() -> None:
    scale = known(np.append(NORMAL, [666_666.0] * 3))
    assert scale.high < 70
    assert scale.places(np.array([666_666.0])).tolist() == [1.0]
    assert scale.note == "2% beyond the ends stand at them"


def test_amounts_that_are_mostly_small_go_in_steps_of_ten_times() -> None:
    scale = known(np.append(np.geomspace(10, 20_000, 999), 0.0))
    assert scale.unit == 10
    assert scale.note == "each step is ten times the last"
    assert list(scale.ticks().values()) == ["0", "10", "100", "1000", "10k"]
    apart = np.diff(list(scale.ticks()))
    assert apart[-1] == pytest.approx(apart[-2], rel=0.1)


@pytest.mark.parametrize("low", [-1.0, -1000.0])
def test_what_may_be_negative_has_even_steps(low: float) -> None:
    assert known(np.append(np.geomspace(10, 20_000, 999), low)).unit == 0


def test_one_value_stands_in_the_middle() -> None:
    assert known(np.full(9, 7.0)).places(np.array([7.0])).tolist() == [0.5]


def test_without_a_value_there_is_no_axis() -> None:
    assert scale_of(np.array([np.nan, np.inf])) is None


def test_ticks_are_round_and_inside() -> None:
    ticks = known(np.linspace(3, 97, 50)).ticks()
    assert list(ticks.values()) == ["0", "20", "40", "60", "80"]
    assert list(ticks) == pytest.approx([0, 20 / 97, 40 / 97, 60 / 97, 80 / 97])
