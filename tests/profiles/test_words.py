"""Names of columns and traits in words, whatever they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.profiles.facts import fact
from segkit.profiles.phrases import of_flag, of_level, of_number, said
from segkit.profiles.words import is_count, spoken

STRANGE = [
    "",
    "()",
    "%",
    "123",
    "num",
    "mnt",
    "count",
    "n",
    "days_since_",
    "days_since",
    "per",
    "products",
    "has",
    "is_",
]


@pytest.mark.parametrize("column", [*STRANGE, "Größe", "年収", "a=b", "spend_", "purchases_1", "NumOf", "mnt_total"])
def test_any_column_can_be_said(column: str) -> None:
    assert isinstance(spoken(column), str)
    assert of_number(column).high
    assert of_number(column).high != of_number(column).low
    assert isinstance(is_count(column), bool)
    row = {"column": column, "level": "", "kind": "number", "typical": 2.0, "everyone": 1.0, "mean": 2, "effect": 1}
    assert "2" in fact(row)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.text(max_size=10), st.booleans(), st.floats(0, 1))
def test_no_name_and_no_level_is_too_strange(column: str, level: str, high: bool, mean: float) -> None:
    assert isinstance(said(f"{column}={level}", high, mean), str)
    assert isinstance(said(column, high, mean, flag=True), str)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("NumWebVisitsMonth", "web visits"),
        ("NumOfProducts", "products"),
        ("Spending Score (1-100)", "spending score"),
        ("PURCHASES_TRX", "purchase transactions"),
        ("PURCHASES_FREQUENCY", "purchase frequency"),
        ("MntSweetProducts", "spending on sweets"),
        ("MntGoldProds", "spending on gold"),
        ("Umsatz", "umsatz"),
        ("%", "%"),
    ],
)
def test_names_become_words(column: str, expected: str) -> None:
    assert spoken(column) == expected


@pytest.mark.parametrize(
    ("column", "high", "low"),
    [
        ("recency", "not active lately", "active lately"),
        ("days_since_last_order", "not active lately", "active lately"),
        ("days_since_signed_up", "long-standing", "new customers"),
        ("days_since_renewal", "early renewal", "late renewal"),
        ("days_since_birth", "older", "younger"),
        ("age", "older", "younger"),
        ("age_of_account", "high age account", "low age account"),
        ("orders", "frequent buyers", "few orders"),
        ("units_per_order", "many units per order", "few units per order"),
        ("credit_limit", "high credit limit", "low credit limit"),
    ],
)
def test_high_and_low_are_said_as_people_say_them(column: str, high: str, low: str) -> None:
    assert (of_number(column).high, of_number(column).low) == (high, low)


def test_flags_and_levels_are_said_by_what_they_mean() -> None:
    assert of_flag("HasCrCard").none == "no credit card"
    assert of_flag("IsActiveMember").low == "inactive"
    levels = {("loan", "yes"): "with loan", ("loan", "no"): "no loan", ("job", "blue-collar"): "blue-collar"}
    levels |= {
        ("education", "tertiary"): "tertiary education",
        ("month", "aug"): "in Aug",
        ("Channel", "1"): "channel 1",
    }
    for (column, level), expected in levels.items():
        phrase = of_level(column, level)
        assert phrase is not None
        assert phrase.high == expected
    assert of_level("poutcome", "unknown") is None
