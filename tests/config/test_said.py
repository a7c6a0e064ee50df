"""What is said of single columns keeps the words that were written."""

from typing import Any

import pytest

from segkit.config.said import columns_said
from segkit.errors import UserError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("missing.x=[no]", ["no"]),
        ("missing.x=[-1, 999, 12.5]", [-1, 999, 12.5]),
        ("missing.x=[NULL,null,~,off]", ["NULL", "null", "~", "off"]),
        ("levels.x=[no,yes]", ["no", "yes"]),
        ("levels.x=[No,True,y]", ["No", "True", "y"]),
        ("levels.x=[007,1_000,10:30,2020-01-02,1e5,0x1F]", ["007", "1_000", "10:30", "2020-01-02", "1e5", "0x1F"]),
        ("fill.x=no", "no"),
        ("fill.x=0", 0),
        ("weights.x=1.5e-3", 0.0015),
        ("sets.x=[Annual Income (k$), on]", ["Annual Income (k$)", "on"]),
    ],
)
def test_only_numbers_and_lists_are_more_than_text(text: str, expected: Any) -> None:
    assert next(iter(columns_said([text]).values())) == {"x": expected}


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("{total: [a, b]}", {"total": ["a", "b"]}),
        ("{total:[a,b]}", {"total": ["a", "b"]}),
        ("{share:a,of:b}", {"share": "a", "of": "b"}),
        ("{share: 'x:y', of: [a:b, c]}", {"share": "x:y", "of": ["a:b", "c"]}),
        ("{share:x:y,of:b}", {"share": "x:y", "of": "b"}),
        ("{rare:city,below:0.02}", {"rare": "city", "below": 0.02}),
        ("{bands:age,at:[30,50.5]}", {"bands": "age", "at": [30, 50.5]}),
        ("{map: at, to: {10:30: early, 11:00: late}}", {"map": "at", "to": {"10:30": "early", "11:00": "late"}}),
        ("{map:at,to:{10:30:early,2:two}}", {"map": "at", "to": {"10:30": "early", 2: "two"}}),
        (
            "{map: on, to: {Yes: 1, off: null}, otherwise: no}",
            {"map": "on", "to": {"Yes": 1, "off": None}, "otherwise": "no"},
        ),
    ],
)
def test_a_recipe_may_hold_words_and_colons(recipe: str, expected: dict) -> None:
    assert columns_said([f"derive.x={recipe}"]) == {"derive": {"x": expected}}


@pytest.mark.parametrize(
    "text",
    ["weights.x=no", "weights.x=007", "levels.x=no", "fill.x=null", "derive.x=[a]", "levels.x=[!!python/name:os.x a]"],
)
def test_what_has_another_form_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        columns_said([text])
