"""One rule a segment, which stands by itself."""

import numpy as np
import pandas as pd
import pytest

from segkit.activation.alone import rules_alone
from segkit.activation.conditions import Condition, filled, fulfil, usual_values

RNG = np.random.default_rng(0)


def test_a_segment_is_told_without_the_other_rules(typed, labels):
    found = rules_alone(typed, labels)
    assert sorted(found) == [0, 1, 2, 3]
    frame = filled(typed, usual_values(typed))
    for segment, rule in found.items():
        caught = fulfil(rule.conditions, frame)
        assert rule.customers == caught.sum()
        assert 1 <= len(rule.conditions) <= 3
        assert np.mean(labels[caught] == segment) == pytest.approx(rule.precision, abs=0.15)
    assert found[0].coverage > 0.9
    assert found[0].precision > 0.9


def test_the_shortest_way_that_tells_it_is_taken():
    typed = pd.DataFrame({"a": np.arange(400.0), "b": RNG.normal(size=400)})
    found = rules_alone(typed, (typed["a"] >= 100).to_numpy().astype(int))
    assert found[1].conditions == (Condition("a", low=100.0),)
    assert found[1].coverage > 0.98


def test_what_is_stated_holds_for_others():
    def draw(rows: int) -> tuple[pd.DataFrame, np.ndarray]:
        typed = pd.DataFrame(RNG.normal(size=(rows, 4)), columns=list("abcd"))
        return typed, (typed["a"] + typed["b"] > 1).to_numpy().astype(int)

    rule = rules_alone(*draw(300))[1]
    typed, labels = draw(5000)
    caught = fulfil(rule.conditions, typed)
    assert np.mean(labels[caught]) == pytest.approx(rule.precision, abs=0.08)
    assert caught[labels == 1].mean() == pytest.approx(rule.coverage, abs=0.1)


def test_the_unassigned_do_not_count():
    typed = pd.DataFrame({"a": np.arange(300.0)})
    found = rules_alone(typed, np.where(np.arange(300) < 100, 0, np.where(np.arange(300) < 200, 1, -1)))
    assert sorted(found) == [0, 1]
    assert found[1].customers == pytest.approx(100, abs=3)
