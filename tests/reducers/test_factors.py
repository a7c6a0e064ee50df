"""Factors are what columns have in common, not the levels of a category."""

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.cluster import KMeans
from sklearn.decomposition import FactorAnalysis

from segkit.assigning import PrototypeAssigner
from segkit.model import SegmentationModel
from segkit.reducers import CommonFactors
from segkit.trusted import TRUSTED_TYPES

ROWS = 160
RNG = np.random.default_rng(0)
TASTE = RNG.normal(size=ROWS)
NUMBERS = TASTE[:, None] + 0.5 * RNG.normal(size=(ROWS, 4))
PLAN = RNG.choice(["a", "b"], ROWS, p=[0.7, 0.3])
TABLE = pd.DataFrame(NUMBERS, columns=list("wxyz")).assign(plan=PLAN)
MATRIX = np.column_stack([NUMBERS, PLAN == "a", PLAN == "b"]).astype(float)


def test_of_numbers_alone_it_is_scikit_learns() -> None:
    expected = FactorAnalysis(2, rotation="varimax").fit_transform(NUMBERS)
    np.testing.assert_allclose(CommonFactors(2).fit_transform(NUMBERS), expected, atol=1e-9)


def test_a_category_is_no_factor_of_its_own() -> None:
    """With both of its columns nothing of it is noise; without the commoner one, nearly all of it is."""
    both, found = FactorAnalysis(2).fit(MATRIX), CommonFactors(2).fit(MATRIX, categories=((4, 5),))
    assert found.places_.tolist() == [0, 1, 2, 3, 5]
    own = np.var(MATRIX[:, 5])
    assert both.noise_variance_[5] < 0.1 * own
    assert found.factor_analysis_.noise_variance_[4] > 0.8 * own


def test_it_assigns_itself_keeps_no_row_and_can_be_read_back() -> None:
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0), CommonFactors(2)).fit(TABLE)
    assert isinstance(model.assigner_, PrototypeAssigner)
    reducer = model.pipeline_["reducer"]
    assert len(reducer.places_) == 5
    arrays = [value for value in vars(reducer.factor_analysis_).values() if hasattr(value, "shape")]
    assert not [array for array in arrays if ROWS in array.shape]
    again = skops.io.loads(skops.io.dumps(reducer), trusted=list(TRUSTED_TYPES))
    matrix = model.pipeline_["preprocessing"].transform(TABLE)
    np.testing.assert_array_equal(again.transform(matrix[:3]), reducer.transform(matrix)[:3])


@pytest.mark.parametrize("wanted", [1, 9])
def test_there_are_at_most_as_many_factors_as_columns(wanted: int) -> None:
    assert CommonFactors(wanted).fit_transform(NUMBERS).shape[1] == min(wanted, 4)
