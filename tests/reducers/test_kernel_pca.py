"""Kernel PCA on a sample is scikit-learn's where the sample is everyone, and near it where not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import make_circles
from sklearn.decomposition import KernelPCA
from sklearn.exceptions import NotFittedError
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.validation import check_is_fitted

from segkit.assigning import ClassifierAssigner
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.reducers import SampledKernelPCA
from segkit.stages import SharedStages

RNG = np.random.default_rng(0)
POINTS = RNG.normal(size=(300, 4)) + 2 * (np.arange(300) % 3)[:, None]


@pytest.mark.parametrize("kernel", ["rbf", "poly", "cosine", "linear"])
def test_where_all_rows_are_fitted_it_is_scikit_learns(kernel: str) -> None:
    found = SampledKernelPCA(3, kernel, gamma=0.2).fit_transform(POINTS)
    np.testing.assert_allclose(found, KernelPCA(3, kernel=kernel, gamma=0.2).fit_transform(POINTS), atol=1e-6)


def test_a_sample_leads_to_about_the_same_directions() -> None:
    everyone, sampled = (
        SampledKernelPCA(2, fit_rows=rows, random_state=0).fit_transform(POINTS) for rows in (300, 150)
    )
    for one in range(2):
        assert abs(np.corrcoef(everyone[:, one], sampled[:, one])[0, 1]) > 0.95


def test_the_sample_follows_the_seed_and_is_no_larger_than_asked() -> None:
    first, again, other = (SampledKernelPCA(2, fit_rows=50, random_state=seed).fit(POINTS) for seed in (0, 0, 1))
    assert len(first.kernel_pca_.X_fit_) == 50
    np.testing.assert_array_equal(first.transform(POINTS), again.transform(POINTS))
    assert not np.allclose(first.kernel_pca_.X_fit_, other.kernel_pca_.X_fit_)


def test_its_usual_gamma_does_not_depend_on_the_scale_of_the_columns() -> None:
    plain, wide = (SampledKernelPCA(2).fit_transform(points) for points in (POINTS, 1000 * POINTS))
    np.testing.assert_allclose(np.abs(plain), np.abs(wide), atol=1e-6)


def test_it_parts_a_ring_from_what_lies_in_it() -> None:
    points, truth = make_circles(300, factor=0.2, noise=0.05, random_state=0)
    table = pd.DataFrame(points, columns=["a", "b"])
    algorithm = KMeans(2, n_init=3, random_state=0)
    rings = SegmentationModel(algorithm, SampledKernelPCA(2, gamma=2.0)).fit(table).labels_
    assert adjusted_rand_score(truth, rings) > 0.9
    assert adjusted_rand_score(truth, SegmentationModel(algorithm).fit(table).labels_) < 0.5


def test_few_or_equal_rows_have_few_directions() -> None:
    assert SampledKernelPCA(9).fit_transform(POINTS[:4]).shape == (4, 3)
    equal = SampledKernelPCA(3).fit_transform(np.repeat([[1.0, 2.0], [3.0, 4.0]], 10, axis=0))
    assert np.isfinite(equal).all()
    assert np.ptp(equal[:10], axis=0) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("rows", [0, 1, None, 0.5])
def test_a_sample_of_fewer_than_two_is_refused(rows) -> None:
    with pytest.raises(UserError, match=f"reducer.fit_rows={rows} does not do"):
        SampledKernelPCA(fit_rows=rows).fit(POINTS)


def test_the_model_and_the_shared_stage_forget_it_since_it_holds_rows(tmp_path) -> None:
    table = pd.DataFrame(POINTS, columns=list("abcd"))
    keys = dict.fromkeys(("preprocessing", "reducer"), "x")
    for stages in (None, SharedStages(tmp_path, keys), SharedStages(tmp_path, keys)):
        model = SegmentationModel(KMeans(3, n_init=1), SampledKernelPCA(2), stages=stages).fit(table)
        assert isinstance(model.assigner_, ClassifierAssigner)
        with pytest.raises(NotFittedError):
            check_is_fitted(model.pipeline_["reducer"])
        assert model.embedding_.shape == (300, 2)
