"""scikit-learn-intelex fits, scikit-learn's own is kept. A stand-in takes its place: it need not be installed."""

import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from segkit.algorithms.hierarchical import Hierarchical
from segkit.errors import UserError
from segkit.intel import as_scikit_learn, by_intel
from segkit.model import SegmentationModel

POINTS = np.random.default_rng(0).normal(size=(90, 3)) + 6 * np.repeat(np.eye(3), 30, axis=0)


@pytest.fixture
def sklearnex(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The class that stands in for scikit-learn-intelex's k-means."""

    class Fast(KMeans):
        def __init__(self, n_clusters=8, *, n_init="auto", random_state=None, n_jobs=None, **others):
            super().__init__(n_clusters, n_init=n_init, random_state=random_state)
            self.n_jobs = n_jobs

        def fit(self, X, y=None, sample_weight=None):
            self._onedal_estimator = "theirs"
            return super().fit(X, y, sample_weight)

    Fast.__name__, Fast.__module__ = "KMeans", "sklearnex.cluster"
    package, module = ModuleType("sklearnex"), ModuleType("sklearnex.cluster")
    package.__path__, module.KMeans = [], Fast
    monkeypatch.setitem(sys.modules, "sklearnex", package)
    monkeypatch.setitem(sys.modules, "sklearnex.cluster", module)
    return Fast


def test_what_it_has_takes_over_the_settings_and_one_thread(sklearnex):
    twin = by_intel(KMeans(3, n_init=4, random_state=7))
    assert type(twin) is sklearnex
    assert (twin.n_clusters, twin.n_init, twin.random_state, twin.n_jobs) == (3, 4, 7, 1)


@pytest.mark.parametrize("estimator", [GaussianMixture(2), Hierarchical(2)])
def test_what_it_lacks_stays(sklearnex, estimator):
    assert by_intel(estimator) is estimator


def test_what_is_kept_is_scikit_learns_own_and_assigns_like_it(sklearnex):
    plain = KMeans(3, n_init=4, random_state=7)
    model, own = (SegmentationModel(algorithm).fit(POINTS) for algorithm in (by_intel(plain), plain))
    kept = model.pipeline_["algorithm"]
    assert type(kept) is KMeans
    assert set(vars(kept)) == set(vars(own.pipeline_["algorithm"]))
    np.testing.assert_array_equal(model.predict(POINTS), own.predict(POINTS))


def test_scikit_learns_own_is_left_alone():
    own = KMeans(2)
    assert as_scikit_learn(own) is own


def test_where_it_is_not_installed_the_mend_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearnex", None)
    with pytest.raises(UserError, match=r"intel=true needs scikit-learn-intelex\n  pip install 'segkit\[intel\]'"):
        by_intel(KMeans())
