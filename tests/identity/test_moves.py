"""What a migration says."""

import pandas as pd
import pytest

from segkit.identity.moves import Change
from segkit.identity.people import moves


@pytest.fixture
def change() -> Change:
    """Of 0 half stays, 40 % become 5, 1 % each go to 1 and to nobody's; 1 is gone but for one."""
    old = [0] * 100 + [1] * 50
    new = [0] * 50 + [5] * 48 + [2] + [-1] + [5] * 50
    return Change(moves(pd.Series(old), pd.Series(new)), {0: "Big", 1: "Small"}, {0: "Big", 2: "Few", 5: "New"})


def test_a_line_says_where_the_people_of_each_segment_go_and_whom_an_added_one_is_of(change: Change) -> None:
    assert [" ".join(line.split()) for line in change.lines] == [
        "0 Big 100 50 % stay, 48 % to 5, 2 % to others",
        "1 Small 50 100 % to 5; gone",
        "added:",
        "- unassigned 1 100 % from 0",
        "2 Few 1 100 % from 0",
        "5 New 98 51 % from 1, 49 % from 0",
    ]


def test_the_lines_are_aligned(change: Change) -> None:
    sized = [line for line in change.lines if line != "added:"]
    assert len({line.index("%") - len(line.split("%")[0].split()[-1]) for line in sized}) == 1


def test_the_table_counts_every_move_with_its_share(change: Change) -> None:
    rows = change.rows.to_dict("records")
    assert rows[0] == {
        "segment_from": 0,
        "name_from": "Big",
        "segment_to": -1,
        "name_to": "unassigned",
        "customers": 1,
        "share": 0.01,
    }
    assert sum(row["customers"] for row in rows) == 150
    assert [row["share"] for row in rows if row["segment_from"] == 1] == [1.0]


def test_markdown_has_a_row_for_each_segment(change: Change) -> None:
    lines = change.markdown.splitlines()
    assert lines[0].count("|") == 4
    assert lines[2] == "| 0 Big | 100 | 50 % stay, 48 % to 5, 2 % to others |"
    assert lines[-1] == "| added: 5 New | 98 | 51 % from 1, 49 % from 0 |"


def test_a_name_that_is_not_known_is_a_number() -> None:
    found = Change(moves(pd.Series([3]), pd.Series([4])), {}, {})
    assert found.rows[["name_from", "name_to"]].to_numpy().tolist() == [["segment 3", "segment 4"]]
