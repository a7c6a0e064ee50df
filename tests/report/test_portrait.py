"""The segments of a table as values."""

import numpy as np

from segkit.report.portrait import portrait_of


def test_every_customer_is_in_the_segment_that_scoring_gives(portrait, shop, scorer) -> None:
    assert (portrait.labels == scorer.score(shop.table, shop.as_of)["segment"]).all()
    assert portrait.worth["customers"].sum() == len(shop.table)
    assert set(portrait.names) == set(portrait.labels)
    assert portrait.space.shape == scorer.matrix(shop.table).shape


def test_money_is_read_where_the_table_knows_any(portrait) -> None:
    assert portrait.has_money
    assert np.isclose(portrait.worth["revenue_share"].sum(), 1)


def test_nothing_sensitive_and_no_outcome_marks_a_segment(portrait, shop) -> None:
    silent = {column.name for column in shop.columns if column.use in ("sensitive", "outcome")}
    assert silent
    assert not silent & set(portrait.markers["column"])
    asked = {question.column for question in portrait.typing.questions}
    ruled = {one.column for rule in portrait.rules.rules for one in rule.conditions}
    assert not silent & (asked | ruled)


def test_outcomes_are_told_of_each_segment(portrait) -> None:
    assert set(portrait.outcomes["outcome"]) >= {"response"}
    assert set(portrait.outcomes["segment"]) == set(portrait.names)


def test_a_portrait_of_a_scorer_with_other_names_uses_these(shop, scorer) -> None:
    from dataclasses import replace

    own = {segment: f"people {segment}" for segment in scorer.names}
    assert portrait_of(shop, replace(scorer, names=own)).names == own
