"""Shares now and at fitting."""

import numpy as np
import pytest

from segkit.drift.shares import segment_shares, share_of


def test_a_share_has_its_interval_and_its_change():
    found = share_of(60, 200, 0.2, 400)
    assert found.low < 0.3 < found.high
    assert found.risen == pytest.approx(0.1)
    assert 0.001 < found.p < 0.05


def test_a_segment_that_emptied_and_one_that_is_new_are_told():
    found = segment_shares(np.array([0] * 150 + [2] * 50), {0: 0.7, 1: 0.3}, 400)
    assert found[1].share == 0
    assert (found[2].before, found[2].share) == (0, 0.25)
    assert all(found[number].p < 0.001 for number in (1, 2))


def test_where_nothing_is_known_of_before_nothing_has_changed():
    found = segment_shares(np.array([0, 1]), {}, 400)
    assert np.isnan([found[0].before, found[0].p]).all()
