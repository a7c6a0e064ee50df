"""The questions, their answers, and whom they place where."""

import json

import numpy as np
import pandas as pd
import pytest

from segkit.activation.asking import make_typing_tool
from segkit.activation.columns import question_columns
from segkit.errors import UserError
from segkit.evidence.reading import read_columns

RNG = np.random.default_rng(0)


def draw(rows: int, noise: int = 4) -> tuple[pd.DataFrame, np.ndarray]:
    """Three columns that add up to the segment, and some that say nothing."""
    typed = pd.DataFrame(RNG.normal(size=(rows, 3 + noise)), columns=[f"c{place}" for place in range(3 + noise)])
    return typed, np.digitize(typed["c0"] + typed["c1"] + typed["c2"], [-1, 1])


@pytest.fixture(scope="module")
def tool(shop, labels):
    return make_typing_tool(read_columns(shop, question_columns(shop)), labels, shop.columns, shop.as_of)


def test_customers_withheld_are_placed_as_often_as_is_said():
    made = make_typing_tool(*draw(500))
    typed, labels = draw(4000)
    assert np.mean(made.place_all(typed) == labels) == pytest.approx(made.placed_right, abs=0.04)
    assert made.placed_right > 0.75


def test_the_questions_are_those_that_tell():
    asked = {question.column for question in make_typing_tool(*draw(800)).questions}
    assert asked == {"c0", "c1", "c2"}


def test_nothing_is_placed_better_than_by_chance_where_nothing_tells():
    typed, _ = draw(300)
    assert make_typing_tool(typed, RNG.integers(0, 3, 300)).placed_right < 0.45


def test_three_to_eight_questions_of_two_to_five_answers(tool):
    assert 3 <= len(tool.questions) <= 8
    assert all(2 <= len(question.answers) <= 5 for question in tool.questions)
    assert not {"gender", "churned", "client"} & {question.column for question in tool.questions}


def test_one_customer_is_placed_as_in_the_crowd(tool, shop):
    typed = read_columns(shop, question_columns(shop)).head(40)[[question.column for question in tool.questions]]
    alone = [tool.place(row) for row in typed.to_dict("records")]
    assert alone == tool.place_all(typed).tolist()


def test_answers_may_be_given_in_words(tool, shop):
    typed = read_columns(shop, question_columns(shop)).head(40)
    spoken = []
    for _, row in typed.iterrows():
        answers = {}
        for question in tool.questions:
            value = tool.usual[question.column] if pd.isna(row[question.column]) else row[question.column]
            held = [one.condition.holds(pd.DataFrame({question.column: [value]}))[0] for one in question.answers]
            assert sum(held) == 1
            answers[question.column] = question.answers[held.index(True)].words
        spoken.append(tool.place(answers))
    assert spoken == tool.place_all(typed).tolist()


def test_the_points_of_the_table_are_what_places(tool):
    """Added up by hand from the exported dictionary."""
    exported = json.loads(json.dumps(tool.as_dict()))
    first = {one["column"]: one["answers"][0] for one in exported["questions"]}
    totals = {
        segment: given + sum(one["points"][segment] for one in first.values())
        for segment, given in exported["start"].items()
    }
    assert str(tool.place({column: one["answer"] for column, one in first.items()})) == max(totals, key=totals.get)


def test_the_questionnaire_can_be_read(tool, names):
    text = tool.markdown(names)
    assert f"It places {100 * tool.placed_right:.0f} of 100 withheld customers right." in text
    assert "accuracy" not in text.lower()
    assert all(question.words in text for question in tool.questions)
    assert names[0] in text


def test_questions_can_be_worded(shop, labels):
    typed = read_columns(shop, question_columns(shop))
    made = make_typing_tool(typed, labels, shop.columns, shop.as_of, {"land": "Where do you live?"})
    assert "Where do you live?" in [question.words for question in made.questions]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"lnd": "Peru"}, "no question asks for lnd"),
        ({"land": "Atlantis"}, "none of the answers"),
        ({"land": 3}, "none of"),
    ],
)
def test_an_answer_that_is_none_is_refused(tool, answers, problem):
    with pytest.raises(UserError, match=problem):
        tool.place(answers)


def test_few_columns_make_few_questions():
    typed = pd.DataFrame({"a": np.arange(100.0), "same": 1.0})
    made = make_typing_tool(typed, (typed["a"] > 49).to_numpy().astype(int))
    assert [question.column for question in made.questions] == ["a"]
    assert made.placed_right > 0.95


def test_where_no_column_differs_nothing_is_asked():
    with pytest.raises(UserError, match="no column has two answers"):
        make_typing_tool(pd.DataFrame({"same": [1.0] * 20}), np.repeat([0, 1], 10))
