"""Silhouettes are scikit-learn's, whether distances are shared or not."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from segkit import silhouettes as module
from segkit.silhouettes import silhouettes

RNG = np.random.default_rng(0)
SPACE = RNG.normal(size=(300, 4)) * [1, 10, 0.1, 1]
LABELS = RNG.integers(-1, 4, 300)


@pytest.fixture(params=["shared", "in parts"])
def _either_way(request, monkeypatch):
    module._distances.cache_clear()
    if request.param == "in parts":
        monkeypatch.setattr(module, "_MOST_SHARED", 0)


@pytest.mark.usefixtures("_either_way")
def test_they_are_those_of_scikit_learn_and_noise_has_none():
    found, kept = silhouettes(SPACE, LABELS), LABELS != -1
    np.testing.assert_allclose(found[kept], silhouette_samples(SPACE[kept], LABELS[kept]), atol=1e-12)
    assert np.isnan(found[~kept]).all()


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("metric", ["manhattan", "cosine", "chebyshev"])
def test_they_go_by_the_distance_that_is_asked_for(metric: str):
    found, kept = silhouettes(SPACE, LABELS, metric), LABELS != -1
    np.testing.assert_allclose(found[kept], silhouette_samples(SPACE[kept], LABELS[kept], metric=metric), atol=1e-9)


@pytest.mark.usefixtures("_either_way")
def test_who_is_alone_has_nought_and_so_have_equal_rows():
    space = np.array([[0.0, 0], [0, 0], [5, 5], [0, 0], [0, 0]])
    assert silhouettes(space, np.array([0, 0, 1, 2, 2])).tolist() == [0, 0, 0, 0, 0]


def test_another_segmentation_of_the_space_shares_its_distances_and_another_space_does_not():
    module._distances.cache_clear()
    silhouettes(SPACE, LABELS)
    silhouettes(np.asfortranarray(SPACE), LABELS % 2)
    assert module._distances.cache_info().misses == 1
    moved = SPACE + [[0, 0, 0, 1]] * (np.arange(300) == 7)[:, None]
    np.testing.assert_allclose(silhouettes(moved, LABELS % 2), silhouette_samples(moved, LABELS % 2), atol=1e-12)
