"""A reducer never asks for more components than there can be."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD
from sklearn.pipeline import make_pipeline

from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.reducers import FAMD, CommonFactors, SampledKernelPCA
from segkit.reducing import fitting

MATRIX = np.zeros((9, 4))
FEW = pd.DataFrame(np.random.default_rng(0).normal(size=(40, 2)), columns=["a", "b"])


@pytest.mark.parametrize("wanted", [1, 4, 0.9, None, "mle"])
def test_a_reducer_that_fits_is_left_alone(wanted) -> None:
    reducer = PCA(wanted)
    assert fitting(reducer, MATRIX) is reducer


@pytest.mark.parametrize(("wanted", "matrix", "found"), [(5, MATRIX, 4), (3, MATRIX[:2], 2)])
def test_components_are_at_most_columns_and_rows(wanted, matrix, found) -> None:
    reducer = PCA(wanted, random_state=1)
    fitted = fitting(reducer, matrix)
    assert (fitted.n_components, fitted.random_state, reducer.n_components) == (found, 1, wanted)


def test_arpack_finds_one_less() -> None:
    assert fitting(TruncatedSVD(9, algorithm="arpack"), MATRIX).n_components == 3
    assert fitting(TruncatedSVD(9), MATRIX).n_components == 4


def test_a_kernel_may_have_more_directions_than_columns_but_not_as_many_as_rows() -> None:
    assert fitting(SampledKernelPCA(7), MATRIX).n_components == 7
    assert fitting(SampledKernelPCA(70), MATRIX).n_components == 8
    assert fitting(SampledKernelPCA(70, fit_rows=5), MATRIX).n_components == 4


def test_a_reducer_without_a_number_of_components_is_left_alone() -> None:
    reducer = make_pipeline(PCA(9))
    assert fitting(reducer, MATRIX) is reducer


@pytest.mark.parametrize("reducer", [PCA(3), FAMD(3), CommonFactors(3), TruncatedSVD(3)])
def test_two_features_are_segmented_in_two_components(reducer) -> None:
    assert SegmentationModel(reducer=reducer).fit(FEW).embedding_.shape == (40, 2)


@pytest.mark.parametrize("reducer", [PCA(3), FAMD(3), SampledKernelPCA(3)])
def test_one_feature_is_enough(reducer) -> None:
    found = SegmentationModel(KMeans(2, n_init=1), reducer).fit(FEW[["a"]])
    assert len(found.embedding_) == 40


@pytest.mark.parametrize("reducer", [FactorAnalysis(1), CommonFactors(1), TruncatedSVD(1)])
def test_one_feature_is_too_few_for_what_columns_have_in_common(reducer) -> None:
    with pytest.raises(UserError, match="needs two columns"):
        SegmentationModel(reducer=reducer).fit(FEW[["a"]])


@pytest.mark.parametrize("reducer", [PCA, FAMD])
def test_a_share_of_the_variance_is_for_those_that_can_tell_it(reducer) -> None:
    assert fitting(reducer(0.9), MATRIX).n_components == 0.9
    with pytest.raises(UserError, match=r"reducer\.n_components=1\.5 does not do"):
        fitting(reducer(1.5), MATRIX)


@pytest.mark.parametrize("reducer", [TruncatedSVD(0.9), FactorAnalysis(0.9), SampledKernelPCA(0.9)])
def test_the_others_say_who_takes_shares(reducer) -> None:
    with pytest.raises(UserError, match="a share of the variance takes pca or famd"):
        fitting(reducer, MATRIX)


@pytest.mark.parametrize("wanted", [0, -1, True])
def test_less_than_one_component_is_refused(wanted) -> None:
    with pytest.raises(UserError, match="give a whole number from 1 on"):
        fitting(PCA(wanted), MATRIX)
