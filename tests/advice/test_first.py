"""Which segments first."""

import numpy as np
import pandas as pd
import pytest

from segkit.advice.first import usual_axes, usual_knock_outs, usual_words, which_first
from segkit.errors import UserError

STABILITY = pd.DataFrame({"segment": [0, 1, 2], "comes_out_again": [0.9, 0.8, 0.4]})


def test_value_times_size_times_solidity_with_the_reason(names, money):
    axes = usual_axes(money, STABILITY)
    found = which_first(names, axes, words=usual_words(axes))
    assert found["segment"].tolist() == [0, 1, 2]
    assert found["score"].iloc[0] == pytest.approx(0.25 / 0.7)
    assert found["score"].iloc[1] == pytest.approx(0.2 / 0.5 * 0.8 / 0.9)
    assert found["reason"].iloc[1] == (
        "It brings 70 % of the value, holds 20 % of the customers, mostly re-forms on another sample (0.80); "
        "size holds it back."
    )


def test_who_is_knocked_out_stands_last_and_has_no_place(names, money):
    axes = usual_axes(money.assign(share=[0.99, 0.005, 0.005]), STABILITY)
    found = which_first(names, axes, usual_knock_outs(axes))
    assert found["segment"].tolist()[0] == 0
    assert found["place"].isna().tolist() == [False, True, True]
    reasons = dict(zip(found["segment"], found["knocked_out"], strict=True))
    assert "0.5 % of the customers" in reasons[1]
    assert "dissolves (0.40)" in reasons[2]


def test_axes_of_ones_own(names):
    axes = {"margin": {0: 1.0, 1: 2.0, 2: 4.0}, "ease": {0: 3.0, 1: 3.0, 2: 0.0}}
    found = which_first(names, axes, {0: "the sales team is full"})
    assert found["segment"].tolist() == [1, 2, 0]
    assert found["score"].tolist() == pytest.approx([0.5, 0.0, 0.25])
    assert found["reason"].iloc[0].startswith("Margin 2, ease 3")
    assert "the sales team is full" in found["reason"].iloc[2]


def test_what_is_not_known_is_no_axis(names, money):
    assert list(usual_axes(money.drop(columns=["value_share"]))) == ["size"]
    assert list(usual_axes(money.assign(value_share=np.nan), STABILITY)) == ["size", "solidity"]


def test_a_segment_without_a_number_is_named(names):
    with pytest.raises(UserError, match="axis margin has no number from 0 up for seldom here"):
        which_first(names, {"margin": {0: 1.0, 1: 2.0}})
    with pytest.raises(UserError, match="no number from 0 up for big spenders"):
        which_first(names, {"margin": {0: 1.0, 1: float("nan"), 2: 1.0}})
    with pytest.raises(UserError, match="no axis"):
        which_first(names, {})
