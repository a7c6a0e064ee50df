"""Columns as questions."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.bands import OTHER, question_of
from segkit.data.columns import Column

RNG = np.random.default_rng(0)
ROWS = 400


def answers_to(values: pd.Series, labels: np.ndarray, column: Column | None = None) -> list[str]:
    question = question_of(values, labels, column, "2025-06-30")
    assert question is not None
    counts = np.bincount(question.answered(values.to_frame()), minlength=len(question.answers))
    assert (counts > 0).all()
    return [one.words for one in question.answers]


def test_bands_of_counts_are_whole_numbers():
    orders = pd.Series(RNG.integers(0, 9, ROWS).astype(float), name="orders")
    assert answers_to(orders, np.digitize(orders, [1, 5])) == ["0", "1 to 4", "5 or more"]


def test_bands_of_money_are_round():
    income = pd.Series(RNG.uniform(1e4, 9e4, ROWS) + 0.5, name="income")
    assert answers_to(income, np.digitize(income, [30_321])) == ["below 30,000", "30,000 or more"]


@pytest.mark.parametrize(
    ("column", "values", "border", "expected"),
    [
        (Column("member", "binary", "segment_on", ""), [0.0, 1.0], 1, ["no", "yes"]),
        (Column("school", "ordinal", "segment_on", "", ("a", "b", "c")), [0.0, 1.0, 2.0], 2, ["a or b", "c"]),
        (Column("joined", "date", "segment_on", ""), [10.0, 500.0], 100, ["until 2024-02-16", "after 2024-02-16"]),
    ],
)
def test_answers_are_words_where_numbers_stand_for_something(column, values, border, expected):
    numbers = pd.Series(RNG.choice(values, ROWS), name=column.name)
    assert answers_to(numbers, (numbers >= border).to_numpy().astype(int), column) == expected


def test_rare_levels_are_another():
    lands = pd.Series([*["AT"] * 200, *["DE"] * 190, *[f"L{number}" for number in range(10)]], name="land")
    assert answers_to(lands, np.zeros(ROWS, dtype=int)) == ["AT", "DE", OTHER]


def test_one_answer_is_no_question():
    assert question_of(pd.Series([1.0] * 50, name="same"), np.repeat([0, 1], 25)) is None
    assert question_of(pd.Series(["AT"] * 50, name="land"), np.repeat([0, 1], 25)) is None
