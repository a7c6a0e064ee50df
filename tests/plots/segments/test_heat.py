"""Heat maps say what marks the segments and what goes together."""

import numpy as np
import pandas as pd
import pytest

from segkit.plots.segments import correlation_map, effect_map

DEVIATIONS = pd.DataFrame({"spend_wine": [1.5, -0.2], "age": [-0.6, 0.1], "weak": [0.01, 0.0]}, index=[0, 1])


def test_a_cell_per_segment_and_column_with_names_for_both(said) -> None:
    figure = effect_map(DEVIATIONS, {0: "rich", 1: "poor"})
    values = np.asarray(figure.axes[0].images[0].get_array())
    assert sorted(map(tuple, values.round(2))) == [(-0.6, 0.1), (0.01, 0.0), (1.5, -0.2)]
    assert {"rich", "poor", "spend wine", "age", "+1.5", "-0.6"} < set(said(figure))
    assert "-0.2" not in said(figure)


def test_only_the_strongest_columns_are_shown(said) -> None:
    words = said(effect_map(DEVIATIONS, {}, most=1))
    assert "spend wine" in words
    assert "age" not in words


def test_red_means_the_same_on_every_map() -> None:
    assert effect_map(DEVIATIONS * 9, {}).axes[0].images[0].get_clim() == (-2, 2)


def test_without_a_column_there_is_no_map() -> None:
    assert effect_map(pd.DataFrame(index=[0, 1]), {}) is None


def numbers(columns: int) -> pd.DataFrame:
    chance = np.random.default_rng(0)
    table = pd.DataFrame(chance.normal(size=(60, columns)), columns=[f"c{place}" for place in range(columns)])
    return table.assign(c1=table["c0"] ** 3, same=1.0, words="x")


def test_every_pair_stands_once_below_the_diagonal(said) -> None:
    figure = correlation_map(numbers(4))
    values = np.asarray(figure.axes[0].images[0].get_array().filled(np.nan))
    assert np.isfinite(values).tolist() == np.tri(4, k=-1, dtype=bool).tolist()
    assert np.nanmax(values) == pytest.approx(1)  # by their ranks a number and its cube are one
    assert {"c0", "c3", "+1.0"} < set(said(figure))
    assert "same" not in said(figure)


def test_many_columns_are_read_by_their_colours(said) -> None:
    words = said(correlation_map(numbers(30), most=25))
    assert sum(word.startswith("c") for word in words) == 25
    assert "+1.0" not in words


def test_one_number_goes_with_none() -> None:
    assert correlation_map(numbers(4)[["c0", "same"]]) is None
