"""What a model remembers of its customers: how they were spread, and nothing of any one of them."""

import numpy as np
import pandas as pd
import pytest

from segkit.scoring.baseline import FEWEST, as_text, baseline_of, from_text

RNG = np.random.default_rng(0)
NOTHING = pd.DataFrame(index=range(300))


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "spend": np.round(np.append(RNG.lognormal(5, 1, 299), 987_654.25), 2),
            "age": RNG.integers(18, 80, 300).astype(float),
            "zero": np.where(np.arange(300) % 3, 0.0, 5.0),
            "land": ["AT"] * 200 + ["DE"] * 91 + ["Li"] * 9,
        }
    )


def test_between_two_knots_and_beyond_the_outer_ones_are_at_least_ten_customers(table):
    found = baseline_of(table, np.zeros(300, dtype=int), NOTHING).numbers["spend"]
    steps = np.diff([0.0, *found.upto, 1.0]) * 300
    assert steps.min() >= FEWEST - 0.01  # shares are rounded
    assert len(found.knots) > 20


def test_no_customers_own_value_is_kept(table):
    text = as_text(baseline_of(table, np.zeros(300, dtype=int), NOTHING))
    assert not set(table["spend"]) & set(baseline_of(table, np.zeros(300, dtype=int), NOTHING).numbers["spend"].knots)
    assert "987654" not in text
    assert "Li" not in text


def test_levels_of_few_customers_count_together(table):
    found = baseline_of(table, np.zeros(300, dtype=int), NOTHING).levels["land"]
    assert set(found.shares) == {"AT", "DE"}
    assert found.others == pytest.approx(0.03)


def test_many_customers_at_one_value_are_at_or_below_it(table):
    found = baseline_of(table, np.zeros(300, dtype=int), NOTHING).numbers["zero"]
    assert found.knots[0] == 0
    assert found.upto[0] == pytest.approx(2 / 3, abs=1e-3)


def test_missing_values_are_a_share_of_their_own(table):
    table.loc[:59, "age"] = np.nan
    found = baseline_of(table, np.zeros(300, dtype=int), NOTHING).numbers["age"]
    assert (found.missing, found.customers) == (pytest.approx(0.2), 240)


def test_what_became_of_segments_of_few_customers_is_not_told(table):
    segments = np.array([0] * 200 + [1] * 91 + [2] * 9)
    targets = pd.DataFrame({"churned": [1.0] * 50 + [0.0] * 250, "plan": ["a", "b", "c"] * 100})
    found = baseline_of(table, segments, targets).outcomes
    assert {one.segment for one in found} == {0, 1}
    assert {(one.outcome, one.level) for one in found} == {("churned", ""), ("plan", "a"), ("plan", "b"), ("plan", "c")}
    assert next(one.value for one in found if one.outcome == "churned") == pytest.approx(0.25)


def test_a_baseline_is_read_back_as_it_was_written(table):
    targets = pd.DataFrame({"churned": RNG.random(300) < 0.3})
    found = baseline_of(table, np.arange(300) % 3, targets, 0.07)
    assert as_text(from_text(as_text(found))) == as_text(found)
    assert from_text(as_text(found)).segments == found.segments


@pytest.mark.parametrize("rows", [1, 5, 11, 25])
def test_of_hardly_any_customers_hardly_anything_is_kept(table, rows):
    found = baseline_of(table.head(rows), np.zeros(rows, dtype=int), NOTHING.head(rows))
    assert len(found.numbers["spend"].knots) <= max(0, rows // FEWEST - 1)
