"""A reducer never asks for more components than there can be."""

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline

from segkit.model import SegmentationModel
from segkit.reducing import fitting

MATRIX = np.zeros((9, 4))


@pytest.mark.parametrize("wanted", [1, 4, 0.9, None, "mle"])
def test_a_reducer_that_fits_is_left_alone(wanted) -> None:
    reducer = PCA(wanted)
    assert fitting(reducer, MATRIX) is reducer


@pytest.mark.parametrize(("wanted", "matrix", "found"), [(5, MATRIX, 4), (3, MATRIX[:2], 2)])
def test_components_are_at_most_columns_and_rows(wanted, matrix, found) -> None:
    reducer = PCA(wanted, random_state=1)
    fitted = fitting(reducer, matrix)
    assert (fitted.n_components, fitted.random_state, reducer.n_components) == (found, 1, wanted)


def test_a_reducer_without_a_number_of_components_is_left_alone() -> None:
    reducer = make_pipeline(PCA(9))
    assert fitting(reducer, MATRIX) is reducer


def test_two_features_are_segmented_in_two_components() -> None:
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(40, 2)), columns=["a", "b"])
    assert SegmentationModel(reducer=PCA(3)).fit(table).embedding_.shape == (40, 2)
