"""Ideas to test: only where what they rest on holds, and always with the figure."""

import re

import pandas as pd
import pytest

from segkit.advice.ideas import ideas
from segkit.advice.templates import parse_templates, read_templates


def template(when: object, because: str = "{column} is {typical} against {everyone}"):
    return parse_templates({"idea": {"when": when, "test": "this", "because": because}})


def test_ideas_fit_the_segment(names, markers, outcomes, money):
    found = {(one.segment, one.name) for one in ideas(names, markers, outcomes, money)}
    assert (0, "reach_online") in found
    assert (1, "save_the_best_first") in found
    assert (2, "win_back") in found
    assert (2, "serve_at_low_cost") in found
    assert not {(2, "reach_online"), (0, "keep_from_leaving"), (2, "keep_from_leaving")} & found


def test_every_sentence_carries_a_figure_and_is_only_worth_testing(names, markers, outcomes, money):
    found = ideas(names, markers, outcomes, money, most=9)
    assert len(found) > 5
    for one in found:
        assert str(one).startswith("Worth testing: ")
        assert re.search(r"\d", one.because)
        assert "{" not in str(one)
    assert "31 % here against 20 % among all customers" in str(next(one for one in found if one.segment == 1))


def test_no_figure_is_used_twice_for_a_segment(names, markers, outcomes, money):
    found = ideas(names, markers, outcomes, money, most=9)
    for segment in names:
        rests_on = [about for one in found if one.segment == segment for about in one.rests_on]
        assert len(rests_on) == len(set(rests_on))


def test_nothing_is_said_of_protected_or_silent_columns(names, markers, outcomes, money):
    assert ideas(names, markers, templates=template({"marker": ["gen", "der", "land"], "is": "high"}))[0].rests_on == (
        "land",
    )
    silent = ideas(names, markers, outcomes, money, silent=["spend_wine", "NumWebPurchases"], most=9)
    assert not {"spend_wine", "NumWebPurchases", "gender"} & {about for one in silent for about in one.rests_on}


def test_a_marker_that_is_protected_is_skipped_even_if_a_word_fits(names, markers):
    markers = markers.assign(column=markers["column"].replace("land", "sex_land"))
    assert ideas(names, markers, templates=template({"marker": "land", "is": "high"})) == []


def test_levels_are_shares(names, markers):
    found = ideas(names, markers, templates=template({"marker": "land", "is": "high"}))
    assert found[0].because == "land AT is 62 % against 25 %"


def test_words_are_whole_words(names, markers):
    assert ideas(names, markers, templates=template({"marker": "win", "is": "high"})) == []
    assert len(ideas(names, markers, templates=template({"marker": "spend wine", "is": "high"}))) == 1
    assert ideas(names, markers, templates=template({"marker": "spend", "is": "high", "without": "wine"})) == []


def test_the_side_and_the_size_of_an_effect_count(names, markers):
    far = {"marker": "purchase", "is": "high", "least": 0.75}
    assert [one.segment for one in ideas(names, markers, templates=template(far))] == [2]
    assert [one.segment for one in ideas(names, markers, templates=template({**far, "least": 0.9}))] == []
    assert [one.segment for one in ideas(names, markers, templates=template({"marker": "purchase", "is": "low"}))] == [
        0
    ]


def test_an_outcome_differs_for_sure_or_not_at_all(names, outcomes):
    because = "{outcome} {rate} {low} {high} {everyone}"
    found = ideas(names, outcomes=outcomes, templates=template({"outcome": "churned", "is": "high"}, because))
    assert [(one.segment, one.because) for one in found] == [(1, "churned 31 % 27 % 35 % 20 %")]


def test_money_is_compared_with_the_average(names, money):
    because = "{value_each} against {average}, {value_share} of {share}"
    found = ideas(names, money=money, templates=template({"money": "value_each", "is": "high", "by": 3}, because))
    assert [one.because for one in found] == ["700 against 200, 70 % of 20 %"]
    assert ideas(names, money=money, templates=template({"money": "value_each", "is": "high", "by": 4}, because)) == []


def test_without_figures_there_are_no_ideas(names, money):
    assert ideas(names) == []
    assert ideas(names, money=money[["segment", "customers", "share"]]) == []
    assert ideas(names, pd.DataFrame(columns=["segment", "column", "level", "typical", "everyone", "effect"])) == []


def test_the_templates_that_come_along_are_sober():
    text = " ".join(f"{one.test} {one.because}" for one in read_templates()).lower()
    assert not re.search(r"accuracy|gender|\bsex\b|religio|must |always|guarantee|!", text)


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_ideas_than_asked(names, markers, outcomes, money, most):
    found = ideas(names, markers, outcomes, money, most=most)
    assert max([sum(one.segment == segment for one in found) for segment in names]) <= most
