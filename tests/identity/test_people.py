"""Which segment is which, by the people in it."""

import pandas as pd
import pytest

from segkit.identity.people import all_distinct, carried_names, compare_labels, heirs, moves, numbered, paired_segments
from segkit.profiles.names_file import Called


def labelled(**segments: int) -> pd.Series:
    return pd.Series(segments)


def test_new_numbers_for_the_same_people_move_nobody() -> None:
    found = compare_labels(labelled(a=0, b=0, c=1, d=2), labelled(a=2, b=2, c=0, d=1))
    assert (found.customers, found.moved_share) == (4, 0)
    assert paired_segments(found.table) == {0: 2, 1: 0, 2: 1}


def test_who_changes_segment_is_counted() -> None:
    found = compare_labels(labelled(a=0, b=0, c=0, d=1, e=1), labelled(a=1, b=1, c=0, d=0, e=0))
    assert found.moved_share == pytest.approx(1 / 5)
    assert found.table.loc[0].to_dict() == {0: 1, 1: 2}


def test_customers_are_matched_by_id_and_not_by_order() -> None:
    assert compare_labels(labelled(a=0, b=1, c=1), labelled(c=1, a=0, b=1)).moved_share == 0


def test_customers_of_one_side_alone_do_not_count() -> None:
    found = compare_labels(labelled(a=0, b=1, gone=1), labelled(a=0, b=1, new=0))
    assert (found.customers, found.moved_share) == (2, 0)


def test_a_segment_that_splits_keeps_its_larger_part() -> None:
    found = compare_labels(labelled(a=0, b=0, c=0, d=1), labelled(a=0, b=0, c=2, d=1))
    assert paired_segments(found.table) == {0: 0, 1: 1}
    assert found.moved_share == pytest.approx(1 / 4)


def test_segments_that_merge_count_the_smaller_as_moved() -> None:
    found = compare_labels(labelled(a=0, b=0, c=1), labelled(a=0, b=0, c=0))
    assert found.moved_share == pytest.approx(1 / 3)


def test_pairing_favours_all_people_together_over_the_first_best() -> None:
    table = pd.DataFrame([[10, 9], [9, 0]], index=[0, 1], columns=[0, 1])
    assert paired_segments(table) == {0: 1, 1: 0}


def test_who_stays_unassigned_has_not_moved_and_who_becomes_it_has() -> None:
    assert compare_labels(labelled(a=-1, b=0), labelled(a=-1, b=0)).moved_share == 0
    assert compare_labels(labelled(a=0, b=0), labelled(a=-1, b=-1)).moved_share == 1


def test_without_common_customers_nothing_can_be_said() -> None:
    found = compare_labels(labelled(a=0), labelled(b=0))
    assert found.customers == 0
    assert pd.isna(found.moved_share)
    assert paired_segments(found.table) == {}


def test_ids_are_the_same_whether_they_are_read_as_numbers_or_as_text() -> None:
    found = compare_labels(pd.Series([0, 1, 1], [1, 2, 3]), pd.Series([1, 0, 0], ["2", "1", "x"]))
    assert (found.customers, found.moved_share) == (2, 0)


def test_a_customer_who_stands_twice_counts_once_with_the_first_segment() -> None:
    found = compare_labels(pd.Series([0, 1, 1], ["a", "a", "b"]), pd.Series([0, 1], ["a", "b"]))
    assert (found.customers, found.moved_share) == (2, 0)


def counted(rows: list[list[int]], old: list[int] | None = None, new: list[int] | None = None) -> pd.DataFrame:
    return pd.DataFrame(rows, index=old or range(len(rows)), columns=new or range(len(rows[0])))


@pytest.mark.parametrize(
    ("people", "carried"),
    [
        ([[0, 50], [40, 0]], {0: 1, 1: 0}),  # the same people under other numbers
        ([[50, 0], [30, 60]], {0: 0, 1: 1}),  # the first has grown
        ([[55, 45, 0], [0, 0, 80]], {0: 0, 2: 1}),  # the first has split: its larger part carries it on
        ([[50, 50]], {0: 0}),  # and so does one of two halves, but only one
        ([[60], [40]], {0: 0}),  # both have become one: it carries the larger on
        ([[20, 20, 20, 20, 20]], {}),  # in five parts none is mostly what it was
        ([[30], [25], [25], [20]], {}),  # and what swallows four carries none of them on
        ([[50, 60], [44, 0]], {1: 0}),  # nor does a segment go on that others have flooded
        ([[10, 0, 0], [90, 5, 95]], {2: 1}),  # a small one that drowns is gone, whoever else is in there
    ],
)
def test_a_segment_is_carried_on_by_mostly_the_same_people(people, carried) -> None:
    assert heirs(counted(people)) == carried


def test_who_was_unassigned_counts_as_member_but_is_no_segment() -> None:
    assert heirs(counted([[80, 0], [10, 10]], [-1, 0], [0, 1])) == {1: 0}
    assert heirs(counted([[80], [10]], [-1, 0], [0])) == {}
    assert heirs(counted([[30, 30]], [-1], [-1, 0])) == {}


def test_a_pair_that_is_not_the_same_people_takes_no_partner_from_one_that_is() -> None:
    assert heirs(counted([[100, 50], [0, 55]])) == {0: 0, 1: 1}
    assert heirs(counted([[300, 100, 90], [10, 0, 15]])) == {0: 0}


def test_nobody_in_common_carries_nothing_on() -> None:
    assert heirs(pd.DataFrame()) == {}


def test_who_is_nobodys_heir_gets_a_number_that_was_never_used() -> None:
    assert numbered([-1, 0, 1, 2], {1: 0}, free=7) == {0: 7, 1: 0, 2: 8}


def test_with_lasting_numbers_whoever_gets_another_one_has_moved() -> None:
    found = moves(labelled(a=0, b=0, c=-1, d=1), labelled(a=0, b=2, c=-1, d=-1))
    assert (found.customers, found.moved_share) == (4, 0.5)
    assert pd.isna(moves(labelled(a=0), labelled(b=0)).moved_share)


def test_names_stay_with_the_people_and_a_new_one_is_unlike_all_before() -> None:
    kept = {0: Called("Big spenders", "Call them."), 3: Called("Families"), 4: Called("Gone")}
    own = {0: Called("big spenders"), 1: Called("Thrifty"), 2: Called("gone")}
    said = carried_names(own, kept, {0: 5, 1: 3, 2: 6})
    assert said == {5: Called("big spenders (5)"), 3: Called("Families"), 6: Called("gone (6)")}


def test_a_long_name_stays_short_enough_for_a_names_file() -> None:
    said = all_distinct({12: Called("x" * 80)}, {0: Called("X" * 80)})
    assert said[12].name == "x" * 74 + "… (12)"
