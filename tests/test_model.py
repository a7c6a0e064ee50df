"""Segments are numbered by size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segkit.model import by_size

LABELS = st.lists(st.integers(-1, 6), max_size=60).map(lambda values: np.array(values, dtype=int))


@given(LABELS)
def test_the_partition_stays_and_noise_stays_noise(labels: np.ndarray) -> None:
    numbered = by_size(labels)
    assert len(set(zip(labels.tolist(), numbered.tolist(), strict=True))) == len(set(labels.tolist()))
    assert ((numbered == -1) == (labels == -1)).all()


@given(LABELS)
def test_numbers_run_from_nought_by_falling_size(labels: np.ndarray) -> None:
    numbered = by_size(labels)
    names, counts = np.unique(numbered[numbered != -1], return_counts=True)
    assert names.tolist() == list(range(len(names)))
    assert (np.diff(counts) <= 0).all()


@given(LABELS)
def test_numbering_twice_changes_nothing(labels: np.ndarray) -> None:
    np.testing.assert_array_equal(by_size(by_size(labels)), by_size(labels))


@pytest.mark.parametrize(
    ("labels", "expected"), [([5, 5, 9], [0, 0, 1]), ([9, 5], [1, 0]), ([-1, -1], [-1, -1]), ([], [])]
)
def test_equal_sizes_keep_their_order(labels: list[int], expected: list[int]) -> None:
    assert by_size(np.array(labels, dtype=int)).tolist() == expected
