"""Two segmentations held against each other: how alike, what splits and merges, who differs."""

import numpy as np
import pytest

from segkit.identity.two_runs import Seen, TwoRuns, held_against


def seen(segments: list[int], confidence: float | list[float] = 0.9) -> Seen:
    numbers = np.array(segments)
    return Seen(numbers, np.broadcast_to(np.asarray(confidence, dtype=float), numbers.shape), {0: "Young", 1: "Old"})


def two(first: list[int], second: list[int]) -> TwoRuns:
    return held_against(seen(first), seen(second))


def test_the_same_segments_under_other_numbers_are_the_same():
    found = two([0, 0, 0, 1, 1, 2], [5, 5, 5, 0, 0, 3])
    assert (found.alike, found.rand) == (1.0, 1.0)
    assert found.pairs == {0: 5, 1: 0, 2: 3}
    assert not found.differ.any()
    assert found.says == "These are the same segments"


def test_matching_segments_stand_on_the_diagonal():
    found = two([0] * 5 + [1] * 5 + [-1], [1] * 4 + [2] + [0] * 5 + [-1])
    assert found.table.index.tolist() == [0, 1, -1]
    assert found.table.columns.tolist() == [1, 0, 2, -1]
    assert found.table.to_numpy().tolist() == [[4, 0, 1, 0], [0, 5, 0, 0], [0, 0, 0, 1]]


def test_who_differs_is_who_is_in_no_matching_segment():
    found = two([0] * 5 + [1] * 5 + [-1], [1] * 4 + [2] + [0] * 5 + [-1])
    assert np.flatnonzero(found.differ).tolist() == [4]
    assert found.alike == pytest.approx(10 / 11)


def test_who_is_unassigned_in_one_only_differs():
    found = two([0, 0, 0, 1, 1, 1], [0, 0, -1, 1, 1, 1])
    assert np.flatnonzero(found.differ).tolist() == [2]


def test_a_segment_that_is_taken_apart_splits():
    found = two([0] * 10 + [1] * 10, [0] * 6 + [2] * 4 + [1] * 9 + [0])
    (split,) = found.splits
    assert (split.segment, split.parts) == (0, [(0, 0.6), (2, 0.4)])
    assert found.merges == []


def test_a_segment_of_several_is_merged():
    found = two([0] * 6 + [2] * 4 + [1] * 10, [0] * 10 + [1] * 10)
    (merged,) = found.merges
    assert (merged.segment, merged.parts) == (0, [(0, 0.6), (2, 0.4)])
    assert found.splits == []


def test_unsure_is_who_is_so_in_both():
    first, second = seen([0, 0, 1, 1], [0.5, 0.5, 0.9, 0.9]), seen([0, 0, 1, 1], [0.5, 0.9, 0.5, 0.9])
    assert held_against(first, second).unsure.tolist() == [True, False, False, False]


def test_a_cell_is_who_is_in_both_segments():
    assert two([0, 0, 1, 1], [0, 1, 1, 1]).cell(0, 1).tolist() == [False, True, False, False]


def test_segments_drawn_by_lot_are_different():
    draw = np.random.default_rng(0)
    found = two(draw.integers(0, 4, 400).tolist(), draw.integers(0, 4, 400).tolist())
    assert abs(found.rand) < 0.05
    assert found.says == "These are different segments"


def test_a_segment_without_a_name_is_called_by_its_number():
    assert [seen([0]).called(one) for one in (0, 7, -1)] == ["Young", "segment 7", "unassigned"]
