"""Customers at risk: only where the outcome can be told of customers that the model has not seen."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.at_risk import AtRisk, at_risk

ROWS = 800


def draw(seed: int = 0) -> tuple[pd.DataFrame, pd.Series, np.ndarray, pd.Series]:
    rng = np.random.default_rng(seed)
    described = pd.DataFrame({"age": rng.uniform(20, 80, ROWS), "noise": rng.normal(size=ROWS)})
    described["land"] = rng.choice(["AT", "DE"], ROWS)
    described.loc[::9, "age"] = np.nan
    chance = 1 / (1 + np.exp(-(described["age"].fillna(50) - 55) / 8))
    left = pd.Series(rng.random(ROWS) < chance, name="has_left")
    return described, left, rng.integers(0, 3, ROWS), pd.Series([f"C{one}" for one in range(ROWS)], name="client")


@pytest.fixture(scope="module")
def found() -> AtRisk:
    result = at_risk(*draw())
    assert result is not None
    return result


def test_risk_is_ranked_within_each_segment_and_the_outcome_is_not_shown(found):
    assert found.customers.columns.tolist() == ["client", "segment", "risk"]
    for segment in range(3):
        assert found.of(segment, most=500)["risk"].is_monotonic_decreasing
    assert found.customers["risk"].between(0, 1).all()


def test_only_those_are_listed_to_whom_it_has_not_happened(found):
    _, left, _, ids = draw()
    assert set(found.customers["client"]) == set(ids[~left])


def test_how_well_it_ranks_is_what_others_find(found):
    """The age alone, which made the outcome, ranks as well as can be."""
    described, left, *_ = draw()
    age = described["age"].fillna(50).rank()
    best = (age[left].sum() - left.sum() * (left.sum() + 1) / 2) / (left.sum() * (~left).sum())
    assert found.ranks == pytest.approx(best, abs=0.03)


def test_chance_makes_no_list():
    described, _, labels, ids = draw()
    for seed in range(100, 105):
        outcome = pd.Series(np.random.default_rng(seed).random(ROWS) < 0.3, name="left")
        assert at_risk(described, outcome, labels, ids) is None


def test_a_column_that_says_the_outcome_is_left_out(found):
    described, left, labels, ids = draw()
    leaking = at_risk(described.assign(days_since_leaving=left * 100.0), left, labels, ids)
    assert leaking is not None
    assert leaking.left_out == ("days_since_leaving",)
    assert leaking.ranks == pytest.approx(found.ranks)
    described = described[["noise"]].assign(closed=left.map({True: "y", False: "n"}))
    assert at_risk(described, left, labels, ids) is None


def test_protected_attributes_do_not_count():
    described, left, labels, ids = draw()
    assert at_risk(described[["age"]].rename(columns={"age": "gender"}), left, labels, ids) is None


def test_customers_without_a_known_outcome_are_listed_too(found):
    described, left, labels, ids = draw()
    partly = at_risk(described, left.astype(float).mask(np.arange(ROWS) < 50), labels, ids)
    assert partly is not None
    assert set(ids[:50]) <= set(partly.customers["client"])
    assert partly.ranks == pytest.approx(found.ranks, abs=0.03)


def test_of_few_nothing_can_be_learnt():
    described, _, labels, ids = draw()
    assert at_risk(described, pd.Series(np.arange(ROWS) < 20, name="left"), labels, ids) is None


def test_it_says_how_far_to_trust_it(found):
    text = found.says({0: "a", 1: "b", 2: "c"})
    assert f"in {100 * found.ranks:.0f} of 100 pairs" in text
    assert "left" in text
    assert "accuracy" not in text.lower()
