"""Columns in bins: every value in the bin that is called after it."""

import numpy as np
import pandas as pd
import pytest

from segkit.app.card.binned import Binned, binned


def counts(found: Binned) -> dict[str, int]:
    return {label: int((found.codes == place).sum()) for place, label in enumerate(found.labels)}


def test_numbers_have_round_borders_and_open_ends():
    values = pd.Series([*np.linspace(0, 100, 199), -1e6, 1e6, np.nan, np.inf])
    found = binned(values)
    assert found.ordered
    assert 8 <= len(found.labels) <= 17
    assert found.labels[0].startswith("below ")
    assert found.labels[-1].endswith(" or more")
    assert found.codes.tolist()[-4:] == [0, len(found.labels) - 1, -1, -1]
    for value, code in zip(values[1:198], found.codes[1:198], strict=True):
        low, _, high = found.labels[code].partition(" to ")
        if high:
            assert float(low) <= value < float(high)


def test_bins_of_whole_numbers_are_called_after_what_is_in_them():
    found = binned(pd.Series(np.arange(1930, 2010)))
    assert "1950 to 1954" in found.labels
    assert found.codes[1954 - 1930] == found.codes[1950 - 1930] != found.codes[1955 - 1930]
    assert binned(pd.Series(np.arange(13))).labels[3] == "3"


def test_few_whole_numbers_stand_each_for_itself():
    assert counts(binned(pd.Series([0, 1, 1, 3.0, None]))) == {"0": 1, "1": 2, "3": 1}
    found = binned(pd.Series([0, 1, 1.0]))
    assert (found.labels, found.ordered) == (("no", "yes"), False)


def test_levels_are_the_most_frequent_with_the_others_and_the_unknown_beside_them():
    values = pd.Series([f"level {n}" for n in range(20) for _ in range(20 - n)] + [None] * 7)
    found = counts(binned(values))
    assert list(found)[:2] == ["level 0", "level 1"]
    assert list(found)[-2:] == ["others", "unknown"]
    assert found["unknown"] == 7
    assert sum(found.values()) == len(values)


def test_ranks_keep_their_order():
    ranks = pd.Series(pd.Categorical(["low", "high", "mid"], ["low", "mid", "high"], ordered=True))
    found = binned(ranks)
    assert (found.labels, found.codes.tolist(), found.ordered) == (("low", "mid", "high"), [0, 2, 1], True)


@pytest.mark.parametrize("values", [pd.Series([None, None], dtype=object), pd.Series([np.nan, np.nan])])
def test_a_column_without_a_value_has_no_bins(values):
    assert binned(values).labels == ()


def test_one_value_is_one_bin():
    assert counts(binned(pd.Series([2.5, 2.5]))) == {"2.5": 2}


def test_a_long_tail_with_one_usual_value_has_bins():
    found = binned(pd.Series([0.0] * 500 + list(range(1, 20)) + [5000]))
    assert sum(counts(found).values()) == 520
