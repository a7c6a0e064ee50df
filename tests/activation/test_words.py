"""Conditions and values as people read them."""

import pytest

from segkit.activation.conditions import Condition
from segkit.activation.words import condition_words, conditions_words, value_words
from segkit.data.columns import Column

DATE, SCHOOL = (
    Column("joined", "date", "segment_on", ""),
    Column("school", "ordinal", "segment_on", "", ("a", "b", "c")),
)
FLAG = Column("accepted_5", "binary", "segment_on", "")


@pytest.mark.parametrize(
    ("condition", "column", "expected"),
    [
        (Condition("annual_income", low=35_000.0), None, "annual income at least 35,000"),
        (Condition("x", low=1.0, high=2.5), None, "x from 1 to below 2.5"),
        (Condition("land", levels=("AT", "(missing)")), None, "land is AT or unknown"),
        (Condition("land", levels=("AT",), excluded=True), None, "land is not AT"),
        (Condition("school", low=1.0), SCHOOL, "school is b or c"),
        (Condition("accepted_5", low=1.0), FLAG, "accepted offer 5: yes"),
        (Condition("accepted_5", high=1.0), FLAG, "accepted offer 5: no"),
        (Condition("joined", low=30.0), DATE, "joined on or before 2025-05-31"),
        (Condition("joined", high=30.0), DATE, "joined after 2025-05-31"),
        (Condition("joined", low=1.0, high=30.0), DATE, "joined after 2025-05-31 and on or before 2025-06-29"),
    ],
)
def test_conditions_in_words(condition, column, expected):
    assert condition_words(condition, column, "2025-06-30") == expected


def test_a_rule_without_conditions_is_for_everyone_else():
    assert conditions_words((), {}) == "everyone else"


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (float("nan"), None, "unknown"),
        ("AT", None, "AT"),
        (1.0, SCHOOL, "b"),
        (1.0, FLAG, "yes"),
        (30.0, DATE, "2025-05-31"),
        (52_123.4, None, "52,123"),
        (180.0, Column("birth_year", "date", "segment_on", ""), "2025"),
    ],
)
def test_values_in_words(value, column, expected):
    assert value_words(value, column, "2025-06-30") == expected
