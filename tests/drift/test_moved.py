"""Who moved since the period before."""

import numpy as np
import pandas as pd

from segkit.drift.moved import moved_between, ways


def test_only_who_is_known_from_before_can_have_moved():
    before = pd.Series([0, 0, 1, 2], index=[1, 2, 3, 4])
    found = moved_between(before, pd.Series([0, 1, 1, 1], index=["1", "2", "3", "9"]), "May")
    assert (found.customers, round(found.share, 2)) == (3, 0.33)
    assert found.table.to_numpy().tolist() == [[0, 0, 1], [0, 1, 1], [1, 1, 1]]


def test_an_id_that_stands_twice_is_one_customer():
    twice = pd.Series([0, 1], index=["a", "a"])
    assert moved_between(twice, twice, "May").customers == 1


def test_nobody_known_is_no_share():
    found = moved_between(pd.Series([0], index=["a"]), pd.Series([0], index=["b"]), "May")
    assert np.isnan(found.share)
    assert ways(found, 3) == []


def test_an_id_is_the_same_beside_a_gap_which_is_nobodys():
    before, now = pd.Series([0, 1], index=["7", "12"]), pd.Series([0, 0, 1, 1], index=[7.0, 12.0, np.nan, np.nan])
    assert (moved_between(before, now, "May").customers, moved_between(now, now, "May").customers) == (2, 2)
