"""How segments split from one k to the next."""

import numpy as np

from segkit.evidence.splitting import splitting

COLUMNS = ["pipeline", "k_from", "k_to", "segment_from", "segment_to", "customers"]


def rows(*labels: tuple[int, list[int]]) -> list[list]:
    return splitting("pca-kmeans", {k: np.array(found) for k, found in labels}).to_numpy().tolist()


def test_each_step_counts_who_goes_where() -> None:
    found = rows((2, [0, 0, 0, 1, 1]), (3, [0, 0, 2, 1, 1]))
    assert found == [
        ["pca-kmeans", 2, 3, 0, 0, 2],
        ["pca-kmeans", 2, 3, 0, 2, 1],
        ["pca-kmeans", 2, 3, 1, 1, 2],
    ]


def test_steps_go_from_each_k_to_the_next_that_was_tried() -> None:
    found = rows((8, [0, 1]), (3, [0, 0]), (5, [1, 1]))
    assert [row[1:3] for row in found] == [[3, 5], [5, 8], [5, 8]]


def test_the_unassigned_are_counted_as_such() -> None:
    assert [row[3:] for row in rows((2, [-1, 0]), (3, [0, -1]))] == [[-1, 0, 1], [0, -1, 1]]


def test_one_k_or_none_splits_nothing() -> None:
    for found in ({}, {3: np.array([0, 1])}):
        table = splitting("pca-kmeans", found)
        assert table.empty
        assert list(table.columns) == COLUMNS
    assert list(splitting("a", {2: np.zeros(2), 3: np.zeros(2)}).columns) == COLUMNS
