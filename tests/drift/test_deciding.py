"""What is decided of customers who have not changed, a little, or much."""

import pytest

from segkit.drift.deciding import decided
from segkit.drift.limits import Limits
from segkit.drift.watching import Before, watched


def decision(champion, table, one_more=None, limits=None, refit=True, before=None):
    found = watched(champion.scorer, table, before=before, model=champion.model if refit else None, one_more=one_more)
    return decided(found, limits or Limits(), champion.scorer.names)


@pytest.mark.parametrize("rows", [120, 200, 600])
def test_customers_of_the_same_population_are_kept(champion, made, rows):
    found = [decision(champion, made(rows, seed=seed), refit=seed < 3) for seed in range(1, 11)]
    decisions = [one.decision for one in found]
    assert decisions.count("keep") >= 9  # what chance makes once in a thousand tests is bound to come up
    assert "refit" not in decisions


def test_with_a_segment_more_they_are_kept_too(champion, one_more, made):
    found = [decision(champion, made(300, seed=seed), one_more) for seed in (1, 2)]
    assert [one.decision for one in found] == ["keep"] * 2


def test_a_column_that_moved_is_watched(champion, made):
    found = decision(champion, made(500, seed=3, shift=0.9))
    assert found.decision == "watch"
    assert found.reasons[0].says.startswith("age has moved")
    assert found.reasons[0].figure > found.reasons[0].limit == 0.1


def test_a_segment_that_grew_is_watched(champion, made):
    found = decision(champion, made(600, seed=3, shares=(0.25, 0.3, 0.2, 0.25)))
    assert found.decision == "watch"
    assert any("has grown from" in reason.says for reason in found.reasons)


def test_an_outcome_that_fell_is_watched(champion, made):
    found = decision(champion, made(900, seed=3, bought=0.5), refit=False)
    assert found.decision == "watch"
    assert all(reason.says.startswith("bought of segment") for reason in found.reasons)


def test_who_moved_is_watched(champion, made):
    table = made(300, seed=3)
    labels = watched(champion.scorer, table).labels
    others = labels.sample(frac=1, random_state=0).set_axis(labels.index)
    found = decision(champion, table, refit=False, before=Before(others, "May"))
    assert found.decision == "watch"
    assert "have moved since May" in found.reasons[0].says


@pytest.mark.parametrize("rows", [200, 600])
def test_a_new_group_asks_for_a_refit(champion, made, rows):
    found = decision(champion, made(rows, seed=3, new=0.2))
    assert found.decision == "refit"
    assert found.reasons[0].level == "refit"


def test_a_new_group_that_is_no_outlier_is_found_with_a_segment_more(champion, one_more, made):
    near = made(600, seed=3)
    near.loc[:99, ["age", "spend", "visits", "score"]] += [0, 0, 0, 90]
    found = decision(champion, near, one_more, Limits(outliers_refit=1.0, outliers_watch=1.0))
    assert found.decision == "refit"
    assert any("that was" in reason.says for reason in found.reasons if reason.level == "refit")


def test_of_few_customers_nothing_is_said(champion, made):
    found = decision(champion, made(60, seed=3, new=0.3), refit=False)
    assert found.decision == "keep"
    assert "too few" in found.reasons[0].says
    assert found.reasons[0].level == "note"


def test_reasons_come_by_weight(champion, made):
    found = decision(champion, made(600, seed=3, new=0.2, shift=0.9))
    levels = [reason.level for reason in found.reasons]
    assert levels == sorted(levels, key=["refit", "watch", "note"].index)
