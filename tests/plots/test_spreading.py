"""Names that would overlap are moved apart, no further than it takes."""

import numpy as np
import pytest

from segkit.plots.spreading import spread, within


def test_names_with_room_stay() -> None:
    assert spread(np.array([0.0, 2.0, 4.0]), 1.0).tolist() == [0, 2, 4]


def test_a_crowd_stands_around_its_middle() -> None:
    assert spread(np.array([5.0, 5.0, 5.0]), 1.0).tolist() == pytest.approx([4, 5, 6])


def test_whoever_is_pushed_pushes_on() -> None:
    moved = spread(np.array([0.0, 0.1, 1.2]), 1.0)
    assert np.diff(moved).min() >= 1 - 1e-9


def test_the_last_stays_inside() -> None:
    assert within(np.array([0.0, 9.5, 10.5]), 1.0, 10.0).tolist() == [0, 9, 10]
