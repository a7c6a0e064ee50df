"""Which segment is which, by the people in it."""

import pandas as pd
import pytest

from segkit.identity import compare_labels, paired_segments


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
