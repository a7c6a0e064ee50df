"""Stability at a glance: two halves, the whole pipeline."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.evidence.halves import pairs_of_halves
from segkit.evidence.quick import quick_stability
from segkit.model import SegmentationModel
from segkit.stages import SharedStages


def test_clear_segments_come_out_again_and_slices_do_not(groups, kmeans) -> None:
    found = [quick_stability(kmeans(k).fit(groups.features), groups.features) for k in (3, 6)]
    assert found[0] == {"stability_quick": 1.0}
    assert found[1]["stability_quick"] < 0.8


def test_noise_does_not_come_out_again(kmeans) -> None:
    noise = pd.DataFrame(np.random.default_rng(0).normal(size=(200, 6)))
    assert quick_stability(kmeans(6).fit(noise), noise)["stability_quick"] < 0.5


def test_where_a_half_is_too_small_nothing_is_said(groups, kmeans) -> None:
    few = groups.features.iloc[::24]
    assert quick_stability(kmeans(5).fit(few), few) == {}


def test_the_model_is_left_as_it_is(groups, kmeans) -> None:
    model = kmeans(3).fit(groups.features)
    before = model.labels_.copy()
    quick_stability(model, groups.features)
    np.testing.assert_array_equal(model.labels_, before)


def test_each_half_is_fitted_with_the_weights_of_its_own_customers(groups, kmeans, monkeypatch) -> None:
    given: list[tuple[list[int], list[float]]] = []
    fit = KMeans.fit_predict

    def noted(self, X, y=None, sample_weight=None):
        given.append((len(X), list(sample_weight)))
        return fit(self, X, y, sample_weight)

    weights = pd.Series(np.arange(1.0, 121.0))
    model = kmeans(3).fit(groups.features, customer_weights=weights)
    monkeypatch.setattr(KMeans, "fit_predict", noted)
    quick_stability(model, groups.features, weights)
    (halves,) = pairs_of_halves(120, 1)
    assert given == [(60, (rows + 1.0).tolist()) for rows in halves]


def test_of_a_model_that_fits_a_part_only_the_fitted_are_compared(groups) -> None:
    model = SegmentationModel(KMeans(3, n_init=4, random_state=0), fit_rows=40).fit(groups.features)
    assert quick_stability(model, groups.features)["stability_quick"] == pytest.approx(1.0)


def test_halves_share_their_stages_with_the_evidence_that_follows(groups, kmeans, tmp_path) -> None:
    keys = {"preprocessing": "p", "reducer": "r", "rows": "p", "tree": "t", "lookalikes": "l"}
    model = kmeans(3).set_params(stages=SharedStages(tmp_path, keys)).fit(groups.features)
    quick_stability(model, groups.features)
    assert sorted(path.stem for path in tmp_path.glob("*-half-*.skops")) == [
        "preprocessing-p-half-0-0",
        "preprocessing-p-half-0-1",
    ]
