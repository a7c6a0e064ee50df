"""Who moves, from the rows of a change."""

import pandas as pd

from segkit.app.models.moved import moved

COLUMNS = ["segment_from", "name_from", "segment_to", "name_to", "customers"]
ROWS = pd.DataFrame(
    [
        (0, "Young", 0, "Young", 60),
        (0, "Young", 3, "Rich", 39),
        (0, "Young", 1, "Elders", 1),
        (1, "Old", 1, "Elders", 100),
        (2, "Few", 3, "Rich", 10),
        (-1, "unassigned", 3, "Rich", 5),
    ],
    columns=COLUMNS,
)


def test_where_they_go_and_what_is_kept():
    found = moved(ROWS)
    assert (found.customers, found.share) == (215, "26 %")
    young = next(one for one in found.before if one.number == "0")
    assert (young.customers, young.stay, young.go) == (100, "60 %", ["39 % to 3 Rich", "1 % to others"])
    keeps = {one.number: one.keeps for one in found.after}
    assert keeps == {"0": "keeps its number and name", "1": "keeps its number, has another name", "3": "new"}
    assert [one.number for one in found.after if one.new] == ["3"]


def test_who_is_gone_and_who_was_in_none():
    found = {one.name: one for one in moved(ROWS).before}
    assert [name for name, one in found.items() if one.gone] == ["unassigned", "Few"]
    assert found["unassigned"].number == ""


def test_nothing_is_known_of_nobody():
    assert moved(None) is None
    assert moved(ROWS.iloc[:0]) is None
