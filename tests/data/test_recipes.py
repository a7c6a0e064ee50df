"""New columns of others, worked out by hand."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from segkit.data.operations import levels_of
from segkit.data.recipes import Recipe, parse_recipe, parse_recipes
from segkit.errors import UserError

GAP = np.nan
TYPED = pd.DataFrame(
    {
        "wine": [2.0, 6.0, GAP, 0.0, GAP],
        "meat": [6.0, 0.0, 4.0, 0.0, GAP],
        "fish": [0.0, 3.0, -1.0, 0.0, GAP],
        "plan": pd.Series(["gold", "silver", None, "joke", "gold"], dtype=object),
        "smoker": pd.Series(["Yes", "No", None, "Yes", "no"], dtype=object),
    }
)


def parsed(stated: Any, name: str = "new") -> Recipe:
    return parse_recipe(name, stated, list(TYPED.columns))


def made(typed: pd.DataFrame = TYPED, **stated: Any) -> list[Any]:
    return parse_recipe("new", stated, list(typed.columns)).make(typed).tolist()


def refusal(stated: Any, known: list[str] | None = None) -> UserError:
    with pytest.raises(UserError) as raised:
        parse_recipe("new", stated, known or list(TYPED.columns))
    return raised.value


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"total": ["wine", "meat"]}, [8, 6, 4, 0, GAP]),
        ({"total": "wine"}, [2, 6, GAP, 0, GAP]),
        ({"mean": ["wine", "meat"]}, [4, 3, 4, 0, GAP]),
        ({"largest": ["wine", "meat", "fish"]}, [6, 6, 4, 0, GAP]),
        ({"smallest": ["wine", "meat", "fish"]}, [0, 0, -1, 0, GAP]),
        ({"count": ["wine", "meat", "fish"]}, [2, 2, 1, 0, 0]),
        ({"share": "wine", "of": "meat"}, [1 / 3, GAP, GAP, GAP, GAP]),
        ({"share": "wine", "of": ["wine", "meat", "fish"]}, [2 / 8, 6 / 9, GAP, GAP, GAP]),
        ({"share": ["wine", "meat"], "of": ["wine", "meat", "fish"]}, [8 / 8, 6 / 9, 4 / 3, GAP, GAP]),
        ({"ratio": ["wine", "meat"], "over": "fish"}, [GAP, 2, -4, GAP, GAP]),
        ({"ratio": "fish", "over": ["wine", "meat"]}, [0, 0.5, -0.25, GAP, GAP]),
        ({"ratio": "wine", "over": "wine"}, [1, 1, GAP, GAP, GAP]),
        ({"log": "meat"}, [np.log(6), GAP, np.log(4), GAP, GAP]),
        ({"difference": "wine", "minus": "meat"}, [-4, 6, GAP, 0, GAP]),
        ({"difference": "wine", "minus": ["meat", "fish"]}, [-4, 3, GAP, 0, GAP]),
        ({"difference": ["wine", "meat"], "minus": "fish"}, [8, 3, 5, 0, GAP]),
        ({"days_since": "meat"}, [6, 0, 4, 0, GAP]),
        ({"years_since": "meat"}, [6 / 365.25, 0, 4 / 365.25, 0, GAP]),
    ],
)
def test_numbers_are_those_worked_out_by_hand(stated: dict, expected: list[float]) -> None:
    recipe = parsed(stated)
    found = recipe.make(TYPED)
    np.testing.assert_allclose(found, expected)
    assert (found.name, found.dtype, recipe.kind) == ("new", float, "numeric")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"map": "plan", "to": {"joke": "other"}}, ["gold", "silver", GAP, "other", "gold"]),
        ({"map": "plan", "to": {"gold": "good"}, "otherwise": "bad"}, ["good", "bad", GAP, "bad", "good"]),
        ({"map": "plan", "to": {"joke": None}}, ["gold", "silver", GAP, GAP, "gold"]),
        ({"map": "plan", "to": {"gold": "good"}, "otherwise": None}, ["good", GAP, GAP, GAP, "good"]),
        ({"map": "wine", "to": {2: "few", 6: "many"}}, ["few", "many", GAP, "0", GAP]),
        ({"bands": "meat", "at": [4, 6]}, ["from 6", "below 4", "4 to 6", "below 4", GAP]),
        ({"bands": "meat", "at": [0.5]}, ["from 0.5", "below 0.5", "from 0.5", "below 0.5", GAP]),
        ({"bands": "meat", "at": [1000000]}, [*["below 1000000"] * 4, GAP]),
        ({"rare": "plan", "below": 0.3}, ["gold", "silver", GAP, "joke", "gold"]),
    ],
)
def test_words_are_those_worked_out_by_hand(stated: dict, expected: list) -> None:
    recipe = parsed(stated)
    found = recipe.make(TYPED)
    assert [GAP if pd.isna(value) else value for value in found] == [GAP if v is GAP else v for v in expected]
    assert (found.dtype, recipe.kind) == (object, "categorical")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"map": "plan", "to": {"gold": 2, "silver": 1}}, [2, 1, GAP, GAP, 2]),
        ({"map": "plan", "to": {"gold": 2, "silver": 1}, "otherwise": 0}, [2, 1, GAP, 0, 2]),
        ({"map": "plan", "to": {"gold": 2.5, "joke": None}, "otherwise": 1}, [2.5, 1, GAP, GAP, 2.5]),
        ({"map": "plan", "to": {"gold": True}, "otherwise": False}, [1, 0, GAP, 0, 1]),
        ({"map": "wine", "to": {2: 20, 6: 60, "0": 5}}, [20, 60, GAP, 5, GAP]),
    ],
)
def test_levels_become_numbers(stated: dict, expected: list[float]) -> None:
    recipe = parsed(stated)
    np.testing.assert_array_equal(recipe.make(TYPED), expected)
    assert recipe.kind == "numeric"


@pytest.mark.parametrize("to", [{"Yes": 1, "No": 0}, {True: 1, False: 0}, {"true": 1, "false": 0}])
def test_yes_without_quotes_which_yaml_reads_as_true_is_yes(to: dict) -> None:
    found = parsed({"map": "smoker", "to": to, "otherwise": 7}).make(TYPED)
    np.testing.assert_array_equal(found, [1, 0, GAP, 1, 7 if "Yes" in to else 0])


def test_true_and_false_are_levels_of_a_flag() -> None:
    typed = pd.DataFrame({"flag": [1.0, 0.0, GAP]})
    assert made(typed, map="flag", to={True: "in", False: "out"})[:2] == ["in", "out"]


@pytest.mark.parametrize("beside", [0.5, 2.0])
def test_a_number_is_the_same_level_whatever_stands_beside_it(beside: float) -> None:
    assert levels_of(pd.Series([1.0, beside, 1e6]))[[0, 2]].tolist() == ["1", "1000000"]
    assert made(pd.DataFrame({"x": [1.0, beside]}), map="x", to={1: "one"})[0] == "one"


# Days before as_of: the first order came a hundred days ago, the last ten.
DAYS = pd.DataFrame({"first": [100.0, 30.0, GAP], "last": [10.0, 30.0, 5.0]})


def of_dates(stated: Any, *, dates: tuple[str, ...] = ("first", "last")) -> Recipe:
    return parse_recipe("new", stated, ["first", "last", "wine"], dates)


@pytest.mark.parametrize(
    ("stated", "expected", "kind"),
    [
        ({"difference": "last", "minus": "first"}, [90, 0, GAP], "numeric"),
        ({"difference": "first", "minus": "last"}, [-90, 0, GAP], "numeric"),
        ({"largest": ["first", "last"]}, [10, 30, 5], "date"),
        ({"smallest": ["first", "last"]}, [100, 30, 5], "date"),
        ({"mean": ["first", "last"]}, [55, 30, 5], "date"),
        ({"days_since": "first"}, [100, 30, GAP], "numeric"),
        ({"years_since": "last"}, [10 / 365.25, 30 / 365.25, 5 / 365.25], "numeric"),
        ({"age": "last"}, [0, 0, 0], "numeric"),
    ],
)
def test_of_dates_the_larger_is_the_later(stated: dict, expected: list[float], kind: str) -> None:
    recipe = of_dates(stated)
    np.testing.assert_allclose(recipe.make(DAYS), expected)
    assert recipe.kind == kind


@pytest.mark.parametrize(
    ("stated", "problem", "mend"),
    [
        ({"total": ["first", "last"]}, "total takes no date, and first is one", "{days_since: first}"),
        ({"ratio": "wine", "over": "last"}, "ratio takes no date, and last is one", "{days_since: last}"),
        ({"bands": "last", "at": [30]}, "bands takes no date, and last is one", "{days_since: last}"),
        ({"map": "last", "to": {"a": "b"}}, "map takes no date, and last is one", "{days_since: last}"),
        ({"difference": "last", "minus": "wine"}, "difference of last, a date, and wine", "data.kind.wine=date"),
        ({"largest": ["wine", "last"]}, "largest of last, a date, and wine", "{days_since: last}"),
        ({"difference": ["first", "last"], "minus": "last"}, "difference takes one date on each side", "name one"),
    ],
)
def test_a_date_is_no_number(stated: dict, problem: str, mend: str) -> None:
    with pytest.raises(UserError) as raised:
        of_dates(stated)
    assert raised.value.problem.startswith(f"data.derive.new: {problem}")
    assert mend in raised.value.mend


def test_a_date_that_is_made_is_a_date_for_what_is_made_of_it() -> None:
    stated = {"seen": {"largest": ["web", "shop"]}, "for": {"difference": "seen", "minus": "since"}}
    found = parse_recipes(stated, ["web", "shop", "since"], ["web", "shop", "since"])
    typed = pd.DataFrame({"web": [10.0], "shop": [3.0], "since": [100.0]})
    typed["seen"] = found[0].make(typed)
    assert found[1].make(typed).tolist() == [97]


def test_text_among_numbers_is_a_gap() -> None:
    typed = TYPED.assign(wine=pd.Series(["2", "a lot", None, "0", "1"], dtype=object))
    assert made(typed, total=["wine", "meat"]) == [8, 0, 4, 0, 1]


@pytest.mark.parametrize(
    ("known", "stated", "columns"),
    [
        (["a1", "b", "a2", "a10"], "a*", ("a1", "a2", "a10")),
        (["a1", "b", "a2", "a10"], "a?", ("a1", "a2")),
        (["a1", "b", "a2"], ["b", "a*", "a1"], ("b", "a1", "a2")),
        (["new", "new_1", "b"], "new*", ("new_1",)),
        (["a*", "a1"], "a*", ("a*",)),
        (["paid [EUR] 1", "paid [EUR] 2", "paid E"], "paid [EUR]*", ("paid [EUR] 1", "paid [EUR] 2")),
        (["Wine", "wine"], "w*", ("wine",)),
    ],
)
def test_a_pattern_takes_all_columns_of_that_name(known: list[str], stated: Any, columns: tuple) -> None:
    assert parse_recipe("new", {"total": stated}, known).columns == columns


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"total": ["wine", "meat"]}, "total of wine, meat"),
        ({"share": "wine", "of": ["wine", "meat"]}, "share of wine of wine, meat"),
        ({"difference": "wine", "minus": "meat"}, "difference of wine minus meat"),
        ({"years_since": "wine"}, "years since of wine"),
    ],
)
def test_a_recipe_says_what_it_is_made_of(stated: dict, said: str) -> None:
    assert str(parsed(stated)) == said


def test_columns_on_both_sides_are_needed_once() -> None:
    assert parsed({"share": "wine", "of": ["meat", "wine"]}).columns == ("wine", "meat")


@pytest.mark.parametrize(
    ("stated", "problem", "mend"),
    [
        ("total", "data.derive.new is no recipe", "data.derive.new={total: [a, b]}"),
        (["wine"], "data.derive.new is no recipe", "data.derive.new={total: [a, b]}"),
        (None, "data.derive.new is no recipe", "data.derive.new={total: [a, b]}"),
        ({"totl": ["wine"]}, "data.derive.new needs one operation", "did you mean total?"),
        ({"of": "wine", "shre": "meat"}, "data.derive.new needs one operation", "did you mean share?"),
        ({"zzz": "wine"}, "data.derive.new needs one operation", "choose from total, mean, "),
        ({}, "data.derive.new needs one operation", "choose from total, mean, "),
        ({"total": ["wine"], "mean": ["meat"]}, "data.derive.new has two operations: total, mean", "keep one"),
        ({"share": "wine"}, "data.derive.new: share needs of", "share takes of"),
        ({"map": "plan"}, "data.derive.new: map needs to", "map takes to"),
        ({"rare": "plan"}, "data.derive.new: rare needs below", "rare takes below"),
        ({"bands": "wine"}, "data.derive.new: bands needs at", "bands takes at"),
        ({"share": "wine", "of": "meat", "off": 1}, "data.derive.new: share has no option off", "did you mean of?"),
        ({"total": ["wine"], "of": "meat"}, "data.derive.new: total has no option of", "leave it out"),
        ({"total": ["wine"], "otherwise": 0}, "data.derive.new: total has no option otherwise", "leave it out"),
        ({"rare": "plan", "below": 0.1, "levels": ["a"]}, "data.derive.new: rare has no option levels", "below"),
        ({"total": ["wine", "met"]}, "data.derive.new takes a column that is not there: met", "did you mean meat?"),
        ({"share": "wine", "of": "met"}, "data.derive.new takes a column that is not there: met", "meat"),
        ({"total": "spend_*"}, "data.derive.new takes a column that is not there: spend_*", "choose from fish, "),
        ({"total": ["new"]}, "data.derive.new takes a column that is not there: new", "choose from fish, "),
        ({"total": None}, "data.derive.new takes a column that is not there: None", "choose from fish, "),
        ({"total": {"wine": 1}}, "data.derive.new takes a column that is not there: {'wine': 1}", "wine"),
        ({"total": []}, "data.derive.new: total names no column", "name one, or several"),
        ({"share": "wine", "of": []}, "data.derive.new: share names no column", "name one, or several"),
        ({"log": ["wine", "meat"]}, "data.derive.new: log takes one column, not wine, meat", "name one"),
        ({"days_since": "?i*"}, "data.derive.new: days_since takes one column, not wine, fish", "name one"),
    ],
)
def test_a_wrong_recipe_is_named_with_its_mend(stated: Any, problem: str, mend: str) -> None:
    raised = refusal(stated)
    assert raised.problem.startswith(problem)
    assert mend in raised.mend


@pytest.mark.parametrize(
    ("option", "values", "mend"),
    [
        (
            "at",
            ["soon", 5, [], [30, 30], [50, 30], [30, None], [30, "fifty"], [GAP], [np.inf], {"a": 1}, None],
            "[30, 50]",
        ),
        ("below", ["lots", 5, 0, 1, -0.1, GAP, None, [0.1], True], "0.02, a share"),
        ("to", [3, "gold", ["gold"], {}, {"gold": [1, 2]}, {"gold": {"a": 1}}, None], "{Married: 2, Single: 1}"),
        ("otherwise", [[1], {"a": 1}], "other"),
    ],
)
def test_an_option_of_the_wrong_type_is_refused_with_the_right_one(option: str, values: list, mend: str) -> None:
    recipe = {"at": {"bands": "wine"}, "below": {"rare": "plan"}}.get(option, {"map": "plan", "to": {"gold": 1}})
    for value in values:
        raised = refusal(recipe | {option: value})
        assert raised.problem == f"data.derive.new: {option}={value} says nothing to {next(iter(recipe))}"
        assert raised.mend.startswith(f"write it as {option}: {mend}")
