"""How numbers and dates are told."""

import re

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.explore.numbers import bars, day_summaries, number_summaries
from segkit.explore.values import values_of

USUAL = [*range(1, 101)] * 2  # twice, or they would be row numbers


def summary_of(values, **stated):
    table = pd.DataFrame({"x": values, "other": np.arange(len(values)) % 7})
    return next(
        one for one in number_summaries(values_of(make_dataset("t", table, stated=Stated(**stated)))) if one.name == "x"
    )


def test_the_ends_the_middle_and_the_zeros():
    told = summary_of([0, 0, *USUAL])
    assert (told.least, told.median, told.most, told.zeros) == ("0", "50", "100", "1.0 %")
    assert told.far_out == ""


def test_what_lies_far_out_is_counted_and_the_most_extreme_named():
    told = summary_of([*USUAL, 5000.5, 666666.0, 666666.0, 700.0, 800.0])
    assert told.far_out.startswith("5 (2.4 %) above ")
    assert told.far_out.endswith(": 666,666 (2x) · 5000 · 800 · …")
    assert summary_of([*USUAL, -900.5]).far_out.startswith("1 (0.5 %) below -")


def test_nothing_is_far_out_among_few_values_or_where_half_are_alike():
    assert summary_of([0, 1, 2] * 30 + [9]).far_out == ""
    assert summary_of([0.0] * 90 + USUAL[:20]).far_out == ""


def test_of_a_sensitive_column_no_single_value_is_named():
    told = summary_of([*USUAL, 666666.0], use={"x": "sensitive"})
    assert (told.least, told.most) == ("", "")
    assert re.fullmatch(r"1 \(0\.5 %\) above \d+(\.\d)?", told.far_out)


def test_what_means_unknown_is_no_number():
    assert summary_of([*USUAL, 666666.0], missing={"x": [666666]}).most == "100"


def test_skew_is_told_with_its_direction():
    assert summary_of(list(np.exp(np.linspace(0, 9, 99)))).skew.startswith("+")
    assert summary_of(list(-np.exp(np.linspace(0, 9, 99)))).skew.startswith("-")
    assert summary_of(USUAL).skew == "0.0"


def test_few_whole_numbers_have_a_bar_each():
    drawn = bars(np.array([0.0, 0, 0, 0, 1, 3]), "told")
    assert drawn.heights == (1.0, 0.25, 0.0, 0.25)
    assert drawn.alt == "told"


def test_far_values_are_gathered_in_the_outer_bar():
    drawn = bars(np.array([*np.linspace(0, 1, 500), 1e9]), "")
    assert len(drawn.heights) == 24
    assert drawn.beyond == {23}
    assert min(drawn.heights[:8]) > 0.2


@pytest.mark.parametrize("values", [[5.0], [5.0, 5.0], [1e18, 1e18 + 256], [1e-320, 0.0], [-1e308, 1e308], []])
def test_bars_of_next_to_nothing(values):
    drawn = bars(np.array(values), "")
    assert all(0 <= height <= 1 for height in drawn.heights)


def test_dates_are_told_by_their_ends():
    table = pd.DataFrame({"day": pd.date_range("2024-01-01", periods=99).strftime("%d/%m/%Y"), "x": USUAL[:99]})
    told = day_summaries(values_of(make_dataset("t", table)))
    assert [(one.name, one.first, one.median, one.last) for one in told] == [
        ("day", "2024-01-01", "2024-02-19", "2024-04-08")
    ]
