"""Filters as they stand in an address."""

import pytest

from segkit.app.card.filtered import Asked, Range, asked_of
from segkit.errors import UserError

COLUMNS = ("income", "plan", "spent on. wine")


def test_filters_are_read():
    query = {"on.income": "3-9", "on.plan": "0.2", "on.spent on. wine": "4", "box": "-20,0,40,55", "who": "all"}
    columns = {"income": Range(3, 9), "plan": (0, 2), "spent on. wine": (4,)}
    assert asked_of(query, COLUMNS) == Asked(columns, (-20, 0, 40, 55), True)


def test_what_is_no_filter_filters_nothing():
    assert asked_of({"run": "abc", "look": "plan", "who": "me"}, COLUMNS) == Asked()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"on.incom": "3-9"}, "did you mean income"),
        ({"on.income": "3-9-2"}, "cannot be read: 3-9-2"),
        ({"on.income": ""}, "cannot be read"),
        ({"on.plan": "1.x"}, "cannot be read"),
        ({"box": "1,2,3"}, "the box cannot be read"),
        ({"box": "1,2,3,1e9"}, "the box cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(query, said):
    with pytest.raises(UserError) as refused:
        asked_of(query, COLUMNS)
    assert said in f"{refused.value.problem} {refused.value.mend}"
