"""Outcomes by segment, with what chance allows."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from segkit.plots.segments import outcome_rates, rate_dots
from segkit.plots.style import PALETTE

LABELS = np.repeat([0, 1], [100, 10])
NAMES = {0: "loyal", 1: "leaving"}
OUTCOMES = pd.DataFrame({"churned": np.r_[np.ones(10), np.zeros(90), np.ones(5), np.zeros(5)]})


def test_rates_have_wilsons_intervals() -> None:
    rates = outcome_rates(OUTCOMES, LABELS).set_index("segment")
    assert rates["rate"].tolist() == [0.1, 0.5]
    assert rates.loc[0, ["low", "high"]].tolist() == pytest.approx([0.0552, 0.1744], abs=1e-4)
    assert rates.loc[1, ["low", "high"]].tolist() == pytest.approx([0.2366, 0.7634], abs=1e-4)
    assert rates["everyone"].tolist() == pytest.approx([15 / 110] * 2)


def test_of_a_segment_in_which_none_answered_the_interval_starts_at_zero() -> None:
    rates = outcome_rates(OUTCOMES * 0, LABELS)
    assert (rates["low"] == 0).all()
    assert (rates["high"] > 0).all()


def test_unknown_outcomes_are_left_out() -> None:
    rates = outcome_rates(OUTCOMES.where(LABELS[:, None] == 0).assign(never=np.nan), LABELS)
    assert set(rates["outcome"]) == {"churned"}
    assert rates["rate"].tolist() == pytest.approx([0.1, np.nan], nan_ok=True)


def test_of_words_each_answer_is_an_outcome_and_of_two_the_rarer() -> None:
    answers = OUTCOMES["churned"].map({1.0: "yes", 0.0: "no"})
    three = pd.Series(["a", "b", "c", None, "a"] * 22, dtype=object)
    rates = outcome_rates(pd.DataFrame({"left": answers, "which": three, "spent": np.arange(110.0)}), LABELS)
    assert rates.loc[rates["outcome"] == "left=yes", "rate"].tolist() == [0.1, 0.5]
    assert set(rates["outcome"]) == {"left=yes", "which=a", "which=b", "which=c"}
    assert rates.loc[rates["outcome"] == "which=a", "everyone"].tolist() == [0.5, 0.5]


def test_dots_lines_and_everyone_stand_on_one_scale(said) -> None:
    figure = rate_dots(outcome_rates(OUTCOMES, LABELS), NAMES)
    axes = figure.axes[0]
    _, lines, dots = axes.collections
    places, ends = np.asarray(dots.get_offsets()), np.array(lines.get_segments())
    assert places[:, 0] / places[1, 0] == pytest.approx([0.2, 1])
    assert ends[1, :, 0] / places[1, 0] == pytest.approx([0.2366 * 2, 0.7634 * 2], abs=1e-3)
    assert axes.lines[-1].get_xdata()[0] / places[1, 0] == pytest.approx(2 * 15 / 110)
    assert [to_hex(ink).upper() for ink in dots.get_facecolors()] == [PALETTE[0], PALETTE[1]]
    assert {"churned", "loyal", "leaving", "10%", "50%", "14%"} < set(said(figure))


def test_every_outcome_has_a_column(said) -> None:
    many = pd.DataFrame({f"offer_{place}": OUTCOMES["churned"] for place in range(8)})
    words = said(rate_dots(outcome_rates(many, LABELS), NAMES))
    assert [word for word in words if word.startswith("offer")] == [f"offer {place}" for place in range(6)]


def test_a_segment_of_which_nothing_is_known_says_so(said) -> None:
    assert "?" in said(rate_dots(outcome_rates(OUTCOMES.where(LABELS[:, None] == 0), LABELS), NAMES))


def test_without_an_outcome_there_is_no_picture() -> None:
    assert rate_dots(outcome_rates(pd.DataFrame(index=range(110)), LABELS), NAMES) is None
