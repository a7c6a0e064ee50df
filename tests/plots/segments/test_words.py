"""Segments, columns and amounts have short names."""

import numpy as np

from segkit.plots.segments.words import amount, name_of, segments_of, share, shortened, wrapped


def test_segments_stand_by_number_and_the_unassigned_last() -> None:
    assert segments_of(np.array([2, -1, 0, 2])) == [0, 2, -1]


def test_a_segment_without_a_name_has_its_number() -> None:
    assert [name_of(segment, {0: "young"}) for segment in (0, 1, -1)] == ["young", "segment 1", "unassigned"]


def test_long_names_are_wrapped_and_end_in_dots_where_there_was_more() -> None:
    assert wrapped("high spend, low kids, many visits", 12, 2) == ["high spend,", "low kids,…"]
    assert wrapped("short", 12) == ["short"]
    assert wrapped("", 12) == [""]


def test_nothing_is_longer_than_it_may_be() -> None:
    for text in ("a" * 50, "two words " * 9, "CamelCaseOfMany" * 3):
        assert max(map(len, wrapped(text, 14, 3))) <= 14
        assert len(shortened(text, 14)) <= 14


def test_shares_and_amounts_take_few_characters() -> None:
    assert [share(part) for part in (0.0, 0.001, 0.126, 1.0)] == ["0%", "<1%", "13%", "100%"]
    assert [amount(value) for value in (9999.6, 1e9, -54321, 3.14159)] == ["10k", "1bn", "-54.3k", "3.1"]
