"""Which segments are neighbours, and who stands between them."""

import numpy as np
import pytest

from segkit.plots.segments.neighbours import links


def cloud(middle: float, count: int = 200) -> np.ndarray:
    return np.random.default_rng(int(middle)).normal([middle, 0.0], 1.0, size=(count, 2))


def test_neighbours_are_linked_and_the_far_one_to_its_nearest() -> None:
    space, labels = np.vstack([cloud(0), cloud(4), cloud(40)]), np.repeat([0, 1, 2], 200)
    found = {(link.first, link.second): link for link in links(space, labels)}
    assert set(found) == {(0, 1), (1, 2)}
    assert found[0, 1].apart == pytest.approx(4 / np.sqrt(2), rel=0.1)
    assert found[1, 2].between == 0


def test_the_nearer_they_are_the_more_customers_stand_between() -> None:
    shares = [links(np.vstack([cloud(0), cloud(far)]), np.repeat([0, 1], 200))[0].between for far in (1, 3, 9)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.2
    assert shares[-1] == 0


def test_the_unassigned_are_nobodys_neighbours() -> None:
    space, labels = np.vstack([cloud(0), cloud(4), cloud(2)]), np.repeat([0, 1, -1], 200)
    assert [(link.first, link.second) for link in links(space, labels)] == [(0, 1)]


def test_one_segment_has_no_neighbour() -> None:
    assert links(cloud(0), np.zeros(200, dtype=int)) == []


def test_of_very_many_customers_a_sample_with_some_of_each_segment_is_measured() -> None:
    space = np.vstack([cloud(0, 30_000), cloud(4, 2)])
    assert len(links(space, np.repeat([0, 1], [30_000, 2]))) == 1
