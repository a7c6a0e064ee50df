"""Segments are listed by number, and who is in none last."""

from segkit.app.models.segments import sized


def test_segments_stand_by_number_with_their_shares():
    found = sized({2: "Old", 0: "Young"}, {0: 30, 2: 60, -1: 10})
    assert [(one.number, one.name, one.customers, one.percent) for one in found] == [
        ("0", "Young", 30, "30 %"),
        ("2", "Old", 60, "60 %"),
        ("", "unassigned", 10, "10 %"),
    ]


def test_nobody_in_none_is_not_told_of_and_an_empty_segment_is():
    assert [(one.name, one.customers) for one in sized({0: "Young", 1: "Old"}, {0: 5, -1: 0})] == [
        ("Young", 5),
        ("Old", 0),
    ]


def test_sizes_that_are_not_known_are_left_out():
    assert [(one.name, one.customers, one.percent) for one in sized({0: "Young"}, None)] == [("Young", None, "")]


def test_who_is_outside_of_the_outer_segment_is_called_so():
    assert [one.name for one in sized({0: "Young", -1: "not in Rich"}, {0: 5, -1: 3})] == ["Young", "not in Rich"]
