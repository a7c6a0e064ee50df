"""Values that stand for "not known"."""

import numpy as np
import pandas as pd
import pytest

RNG = np.random.default_rng(0)
ROWS = 400
YEAR = pd.Timestamp.now().year


def numbers(low: int = 0, high: int = 300) -> np.ndarray:
    return RNG.integers(low, high, ROWS)


def mends(topics: dict, topic: str = "sentinel") -> list[str]:
    return [finding.mend for finding in topics.get(topic, [])]


@pytest.mark.parametrize(
    ("value", "written"),
    [(-1, "-1"), (-999, "-999"), (999, "999"), (9999, "9999"), (99999.0, "99999"), (666666, "666666"), (1111, "1111")],
)
def test_stand_ins_are_found_wherever_they_are(found, value, written):
    values = numbers().astype(float)
    values[::40] = value
    topics = found(pd.DataFrame({"days": values, "other": numbers()}))
    assert mends(topics) == [f"data.missing.days=[{written}]"]
    assert f"days is {written} in 10 rows (2.5 %)" in topics["sentinel"][0].text


def test_several_stand_ins_are_one_argument(found):
    values = numbers()
    values[:3], values[5:9] = -1, 9999
    assert mends(found(pd.DataFrame({"days": values}))) == ["data.missing.days=[-1,9999]"]


@pytest.mark.parametrize(
    "values",
    [
        RNG.integers(-5, 300, ROWS),  # -1 among other negatives
        RNG.choice([-1, 0, 1], ROWS),  # a rating
        RNG.integers(0, 1200, ROWS) | 1,  # 999 among its like
        np.r_[numbers(), 777],  # three sevens can be true
        np.r_[numbers(), 5000],  # far off, but no run of digits
        np.r_[RNG.integers(0, 3600, ROWS), 3333, 4444],
        RNG.choice([0, 1], ROWS),
        RNG.normal(0, 1, ROWS),
    ],
)
def test_ordinary_columns_raise_no_alarm(found, values):
    assert mends(found(pd.DataFrame({"x": values, "other": np.resize(numbers(), len(values))}))) == []


def test_a_cap_is_no_stand_in_but_a_heap_behind_a_gap_is(found):
    capped = np.minimum(RNG.integers(700, 1100, ROWS), 999)
    assert mends(found(pd.DataFrame({"score": capped}))) == []
    heaped = np.where(RNG.random(ROWS) < 0.3, 999, RNG.integers(1, 900, ROWS))
    assert mends(found(pd.DataFrame({"days": heaped}))) == ["data.missing.days=[999]"]


def test_what_is_stated_already_is_not_said_again(found):
    values = numbers()
    values[:9] = -1
    assert mends(found(pd.DataFrame({"days": values}), days={"missing": ("-1",)})) == []
    assert mends(found(pd.DataFrame({"days": values}), days={"use": "leave_out"})) == []


@pytest.mark.parametrize("name", ["Year_Birth", "birth_year", "jahrgang"])
def test_impossible_birth_years(found, name):
    years = RNG.integers(YEAR - 80, YEAR - 18, ROWS)
    years[:4] = [1893, 1900, 1899, 1900]
    topics = found(pd.DataFrame({name: years, "x": numbers()}))
    assert mends(topics) == [f"data.missing.{name}=[1893,1899,1900]"]
    assert "in 4 rows" in topics["sentinel"][0].text


def test_birth_years_count_to_the_newest_date(found):
    years = RNG.integers(1930, 1990, ROWS)
    years[0] = 1905
    table = pd.DataFrame({"birth_year": years, "since": ["2012-03-01", "2014-06-29"] * (ROWS // 2)})
    assert mends(found(table, since={"kind": "date", "date_format": "ISO8601"})) == []
    assert mends(found(table[["birth_year"]])) == ["data.missing.birth_year=[1905]"]


def test_old_houses_are_possible(found):
    years = RNG.integers(1920, YEAR - 20, ROWS)
    years[:3] = 1880
    assert mends(found(pd.DataFrame({"year_built": years, "x": numbers()}))) == []
    assert mends(found(pd.DataFrame({"price": years, "x": numbers()}), price={"use": "leave_out"})) == []


@pytest.mark.parametrize("word", ["unknown", "Unknown", "?", "n/a", "-", "null", "not available", " UNKNOWN "])
def test_words_for_unknown(found, word):
    levels = RNG.choice(["red", "green", "blue"], ROWS).astype(object)
    levels[:20] = word
    (finding,) = found(pd.DataFrame({"colour": levels, "x": numbers()}))["sentinel"]
    assert finding.columns == ("colour",)
    assert "5.0 %" in finding.text


@pytest.mark.parametrize("word", ["none", "other", "na", "no", "nothing", "unknown soldier", "nano"])
def test_words_that_are_levels(found, word):
    levels = RNG.choice(["red", "green", word], ROWS)
    assert mends(found(pd.DataFrame({"colour": levels, "x": numbers()}))) == []


def test_the_words_of_all_columns_are_one_finding(found):
    table = pd.DataFrame({"a": ["x", "y", "z", "?"] * 100, "b": ["p", "q", "unknown", "r"] * 100, "x": numbers()})
    assert mends(found(table)) == ["'data.missing.a=[\"?\"]' data.missing.b=[unknown]"]


def test_a_word_that_hides_numbers_is_told_though_the_column_is_left_out(found):
    amounts = [str(number * 7) for number in range(ROWS)]
    amounts[::8] = ["?"] * len(amounts[::8])
    names = [f"name {number}" if number % 8 else "?" for number in range(ROWS)]
    topics = found(pd.DataFrame({"amount": amounts, "name": names, "x": numbers()}))
    assert [finding.columns for finding in topics["sentinel"]] == [("amount",)]


def test_stand_ins_of_the_real_tables(found_in):
    assert mends(found_in("marketing_campaign.csv")) == [
        "data.missing.Year_Birth=[1893,1899,1900]",
        "data.missing.Income=[666666]",
    ]
    assert mends(found_in("bank-full.csv")) == [
        "data.missing.pdays=[-1]",
        "data.missing.job=[unknown] data.missing.education=[unknown] "
        "data.missing.contact=[unknown] data.missing.poutcome=[unknown]",
    ]
    assert "in 36,954 rows (82 %)" in found_in("bank-full.csv")["sentinel"][0].text
    for name in ("Churn_Modelling.csv", "Mall_Customers.csv", "Wholesale_customers.csv", "CC_GENERAL.csv"):
        assert mends(found_in(name)) == []
