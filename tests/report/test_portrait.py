"""The segments of a table as values."""

from dataclasses import replace

import numpy as np

from segkit.report.advice import advice_on
from segkit.report.portrait import portrait_of
from segkit.segments import NOISE


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
    own = {segment: f"people {segment}" for segment in scorer.names}
    assert portrait_of(shop, replace(scorer, names=own)).names == own


def test_a_segment_of_too_few_is_told_of_as_unassigned(shop, scorer) -> None:
    labels = scorer.score(shop.table, shop.as_of)["segment"].to_numpy()
    few = np.flatnonzero(labels == 3)[:2]
    rows = np.sort(np.concatenate([np.flatnonzero(labels != 3), few]))
    smaller = replace(shop, table=shop.table.iloc[rows].reset_index(drop=True))
    told = portrait_of(smaller, scorer)
    assert set(told.names) == {0, 1, 2}
    assert (told.labels == NOISE).sum() == 2
    assert set(told.profiles["segment"]) == {0, 1, 2}
    assert told.worth.query("segment == -1")["revenue"].isna().all()
    assert len(told.scores) == len(rows)


def test_a_table_without_some_segment_can_be_told(shop, scorer, told) -> None:
    labels = scorer.score(shop.table, shop.as_of)["segment"].to_numpy()
    rest = replace(shop, table=shop.table[labels != 1].reset_index(drop=True))
    found = portrait_of(rest, scorer)
    advice = advice_on(found, told.run, told.verdict, told.stability)
    assert set(advice.first["segment"]) == {0, 2, 3}


def test_where_nobody_has_a_segment_nothing_is_advised(shop, scorer, told) -> None:
    nobody = replace(shop, table=shop.table.head(4))
    found = portrait_of(nobody, scorer)
    assert (found.names, len(found.markers)) == ({}, 0)
    assert advice_on(found, told.run, told.verdict, None).first.empty
