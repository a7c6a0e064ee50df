"""Answers are counted by segment, in an order that a reader expects."""

import numpy as np
import pandas as pd

from segkit.plots.segments.answers import answer_counts

LABELS = np.array([0, 0, 0, 1, 1, 1])


def counted(values: list, most: int = 5, **kind: str) -> dict[str, list[int]]:
    counts = answer_counts(pd.Series(values, **kind), LABELS, most)
    return {str(answer): row.tolist() for answer, row in counts.iterrows()}


def test_words_stand_by_how_often_they_were_given() -> None:
    assert list(counted(["b", "b", "a", "a", "a", None])) == ["a", "b"]
    assert counted(["b", "b", "a", "a", "a", None]) == {"a": [1, 2], "b": [2, 0]}


def test_ordered_levels_keep_their_order() -> None:
    levels = pd.CategoricalDtype(["low", "mid", "high", "never"], ordered=True)
    values = pd.Series(["high", "high", "low", "low", "high", "mid"], dtype=levels)
    counts = answer_counts(values.where(values != "mid", "low"), LABELS, 5)
    assert list(counts.index) == ["low", "high"]


def test_codes_that_are_numbers_stand_in_their_order() -> None:
    assert list(counted(["10", "10", "10", "2", "2", "2"])) == ["2", "10"]


def test_rare_words_stand_together_and_so_do_high_numbers() -> None:
    assert counted(["a", "a", "a", "b", "b", "c"], most=2) == {"a": [3, 0], "others": [0, 3]}
    assert counted([0, 1, 2, 3, 4, 0], most=3) == {"0": [1, 1], "1": [1, 0], "2 or more": [1, 2]}


def test_a_word_of_one_customer_is_not_told() -> None:
    assert counted(["a", "a", "a", "a", "a", "Miller"]) == {"a": [3, 2], "others": [0, 1]}


def test_flags_are_yes_and_no() -> None:
    assert counted([1.0, 0.0, 0.0, 1.0, 1.0, np.nan]) == {"no": [2, 0], "yes": [1, 2]}


def test_measurements_are_no_answers() -> None:
    assert counted([0.5, 1.0, 2.0, 3.0, 4.0, 5.0]) == {}
    assert counted([None] * 6, dtype="object") == {}
