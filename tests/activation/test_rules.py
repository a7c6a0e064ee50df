"""Rules of segments: how short, how often right on customers that they were not learnt from, and that each gets one."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.conditions import filled
from segkit.activation.lists import MOST_CONDITIONS, MOST_RULES
from segkit.activation.rules import learn_rules
from segkit.errors import UserError

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def rules(typed, labels):
    return learn_rules(typed, labels)


def test_rules_find_segments_that_rules_made(rules, typed, labels):
    assert rules.fidelity > 0.93
    assert rules.on_table == pytest.approx(np.mean(rules.segments_of(typed) == labels))
    assert rules.on_table > 0.95


def test_rules_are_short_and_few(rules):
    assert max(len(rule.conditions) for rule in rules.rules) <= MOST_CONDITIONS
    assert all(sum(bool(rule.conditions) for rule in rules.of(segment)) <= MOST_RULES for segment in range(4))
    assert rules.rules[-1].conditions == ()


def test_each_customer_is_caught_by_one_rule(rules, typed, labels):
    assert sum(rule.customers for rule in rules.rules) == len(typed)
    for segment in range(4):
        right = sum(rule.customers * rule.precision for rule in rules.of(segment))
        assert right / (labels == segment).sum() == pytest.approx(sum(rule.coverage for rule in rules.of(segment)))


def test_gaps_and_new_levels_get_a_segment_too(rules, typed):
    nobody = pd.DataFrame(np.nan, index=range(3), columns=typed.columns).astype(typed.dtypes.to_dict())
    nobody["land"] = ["Atlantis", None, "Peru"]
    found = rules.segments_of(nobody)
    assert set(found) <= {0, 1, 2, 3}
    usual = filled(nobody, dict(rules.usual))
    assert rules.segments_of(usual).tolist() == found.tolist()


def test_fidelity_is_not_flattered_where_columns_say_nothing():
    """The list learns these customers by heart as far as it may; on others it is no better than chance."""
    typed = pd.DataFrame(RNG.normal(size=(200, 6)), columns=list("abcdef"))
    rules = learn_rules(typed, RNG.integers(0, 2, 200))
    assert rules.on_table > rules.fidelity
    assert 0.35 < rules.fidelity < 0.58


def test_stated_fidelity_holds_on_customers_that_nobody_has_seen():
    def draw(rows: int) -> tuple[pd.DataFrame, np.ndarray]:
        typed = pd.DataFrame(RNG.normal(size=(rows, 3)), columns=list("abc"))
        return typed, (typed["a"] + typed["b"] > 0).to_numpy().astype(int) + (typed["c"] > 1)

    rules = learn_rules(*draw(400))
    typed, labels = draw(4000)
    assert np.mean(rules.segments_of(typed) == labels) == pytest.approx(rules.fidelity, abs=0.04)


def test_a_segment_too_small_for_the_tree_gets_a_rule_of_its_own():
    typed = pd.DataFrame({"a": RNG.normal(size=1500), "b": RNG.normal(size=1500)})
    labels = (typed["a"] > 0).to_numpy().astype(int)
    typed.loc[:4, "b"], labels[:5] = 50.0, 2
    rules = learn_rules(typed, labels)
    assert rules.lost == ()
    assert rules.segments_of(pd.DataFrame({"a": [0.5], "b": [60.0]})).tolist() == [2]


def test_a_segment_that_nothing_tells_is_said_to_be_lost():
    typed = pd.DataFrame({"a": RNG.normal(size=500)})
    labels = (typed["a"] > 0).to_numpy().astype(int)
    labels[[3, 200]] = 2
    assert learn_rules(typed, labels).lost == (2,)


def test_the_unassigned_are_neither_learnt_from_nor_counted():
    typed = pd.DataFrame({"a": np.arange(300.0)})
    labels = np.where(np.arange(300) < 100, 0, np.where(np.arange(300) < 200, 1, -1))
    rules = learn_rules(typed, labels)
    assert rules.on_table == 1
    assert sum(rule.customers for rule in rules.rules) == 200


def test_one_segment_needs_no_condition():
    rules = learn_rules(pd.DataFrame({"a": [1.0, 2.0, 3.0]}), np.zeros(3, dtype=int))
    assert [rule.conditions for rule in rules.rules] == [()]
    assert rules.fidelity == 1


def test_without_columns_or_segments_there_are_no_rules():
    with pytest.raises(UserError, match="nothing to make rules of"):
        learn_rules(pd.DataFrame(index=range(3)), np.zeros(3, dtype=int))
    with pytest.raises(UserError, match="nothing to make rules of"):
        learn_rules(pd.DataFrame({"a": [1.0, 2.0]}), np.array([-1, -1]))


def test_borders_of_whole_numbers_and_of_money_can_be_read():
    typed = pd.DataFrame({"orders": RNG.integers(0, 9, 400).astype(float), "income": RNG.uniform(1e4, 9e4, 400)})
    labels = ((typed["orders"] >= 3) & (typed["income"] > 40_123)).to_numpy().astype(int)
    borders = [
        border
        for rule in learn_rules(typed, labels).rules
        for one in rule.conditions
        for border in (one.low, one.high)
        if border is not None
    ]
    assert sorted(borders)[0] == 3
    assert sorted(borders)[-1] == 40_000


@pytest.mark.parametrize("rows", [2, 3, 7])
def test_the_smallest_tables_have_rules(rows):
    typed = pd.DataFrame({"a": np.arange(float(rows)), "land": ["AT", None, "DE", "CH", "DE", "AT", "AT"][:rows]})
    labels = np.arange(rows) % 2
    assert set(learn_rules(typed, labels).segments_of(typed)) <= {0, 1}


def test_levels_that_hardly_anybody_has_tell_nobody():
    typed = pd.DataFrame({"name": [f"name {row}" for row in range(200)]})
    rules = learn_rules(typed, np.repeat([0, 1], [120, 80]))
    assert [rule.conditions for rule in rules.rules] == [()]
    assert rules.fidelity == pytest.approx(0.6)
