"""The search finds what is distinct, and outliers and copies do not mislead it."""

import numpy as np
import pytest

from segkit.evidence.search import best_score


def blobs(k: int = 3, rows: int = 300, columns: int = 4) -> np.ndarray:
    rng = np.random.default_rng(1)
    centres = rng.normal(scale=6, size=(k, columns))
    return centres[np.arange(rows) % k] + rng.normal(size=(rows, columns))


def test_distinct_segments_score_higher_than_none():
    plain = np.random.default_rng(0).standard_normal((300, 4))
    assert best_score(blobs()) > best_score(plain) + 0.2


def test_a_few_outliers_hardly_change_the_score():
    far = blobs()
    far[:3] = 300 * np.eye(4)[:3]
    assert best_score(far) == pytest.approx(best_score(blobs()), abs=0.05)


def test_segments_in_three_of_many_dimensions_are_found():
    noise = np.random.default_rng(0).standard_normal((300, 40))
    hidden = noise + 0
    hidden[:, :3] += blobs(columns=3)
    assert best_score(hidden) > best_score(noise) + 0.2


def test_customers_of_few_kinds_are_searched_without_warnings():
    assert best_score(np.repeat(np.eye(3), 20, axis=0)) == pytest.approx(1.0)


def test_customers_who_are_all_the_same_hold_nothing():
    assert best_score(np.ones((20, 2))) == -1.0
