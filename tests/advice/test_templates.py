"""Templates that people write: read, or refused with the name of the idea and the mend."""

import pytest
import yaml

from segkit.advice.templates import USUAL, parse_templates, read_templates
from segkit.errors import UserError

GOOD = {"when": [{"marker": ["web"], "is": "high"}], "test": "this", "because": "{column} is {typical}"}


def test_the_file_that_comes_along_is_right():
    assert len(read_templates()) > 15
    assert len({one.name for one in read_templates()}) == len(yaml.safe_load(USUAL.read_text()))


def test_a_file_of_ones_own_is_read(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump({"mine": GOOD}))
    (found,) = read_templates(path)
    assert (found.name, found.when[0].words, found.when[0].side) == ("mine", ("web",), "high")


@pytest.mark.parametrize(
    ("changed", "problem", "mend"),
    [
        ({"whn": 1}, "key that is not known: whn", "did you mean when"),
        ({"test": ""}, "lacks test", "an idea has"),
        ({"test": 7}, "is no text", "quotes"),
        ({"because": "it is so"}, "names no figure", "in braces"),
        ({"because": "it is {column}"}, "names no figure", "in braces"),
        ({"because": "{typcal} here"}, "not there: {typcal}", "did you mean typical"),
        ({"because": "{rate} here"}, "not there: {rate}", ""),
        ({"because": "{typical here"}, "a brace too many", "{rate}"),
        ({"when": [{"is": "high"}]}, "needs one of marker, outcome, money", "marker"),
        ({"when": "web"}, "needs one of marker, outcome, money", "marker"),
        ({"when": [{"marker": ["web"]}]}, "is=None says nothing", "is: high or is: low"),
        ({"when": [{"marker": [], "is": "high"}]}, "names no word", "spend"),
        ({"when": [{"marker": ["gender"], "is": "high"}]}, "gender, which nobody may be treated by", "name parts"),
        ({"when": [{"marker": ["web"], "is": "high", "lest": 1}]}, "not known: lest", "did you mean least"),
        ({"when": [{"marker": ["web"], "is": "high", "least": -1}]}, "no number above 0", "1.5"),
        ({"when": [{"money": "valu_each", "is": "high"}]}, "money=valu_each is not known", "did you mean value_each"),
    ],
)
def test_a_mistake_is_named_with_its_mend(changed, problem, mend):
    with pytest.raises(UserError) as raised:
        parse_templates({"mine": {**GOOD, **changed}}, "mine.yaml")
    assert problem in raised.value.problem
    assert mend in raised.value.mend


@pytest.mark.parametrize("content", [None, [], "text", {}])
def test_what_holds_no_ideas_is_refused(content):
    with pytest.raises(UserError, match="holds no ideas"):
        parse_templates(content)


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(UserError, match=r"lost\.yaml cannot be read"):
        read_templates(tmp_path / "lost.yaml")
    (tmp_path / "bad.yaml").write_text("a: {b: c: d}")
    with pytest.raises(UserError, match=r"bad\.yaml is no yaml file"):
        read_templates(tmp_path / "bad.yaml")


def test_figures_of_a_second_thing_have_a_number():
    when = [{"marker": ["web"], "is": "high"}, {"outcome": ["churned"], "is": "high"}]
    (found,) = parse_templates({"mine": {**GOOD, "when": when, "because": "{typical} and {rate2}"}})
    assert len(found.when) == 2
    with pytest.raises(UserError, match=r"not there: \{rate\}"):
        parse_templates({"mine": {**GOOD, "when": when, "because": "{typical} and {rate}"}})
