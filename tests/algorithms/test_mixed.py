"""Categories are found again in the matrix that they were written into."""

import numpy as np
import pandas as pd
import pytest

from segkit.algorithms.mixed import codes_of, counts_as, levels_of, numbers_of
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind

TABLE = pd.DataFrame({"spend": np.arange(12.0), "city": list("abc" * 4), "plan": list("yxxy" * 3)})


@pytest.mark.parametrize("encoder", ["one_hot", "label"])
@pytest.mark.parametrize("weights", [None, {"city": 4, "plan": 0.5}])
def test_codes_are_those_of_the_table_however_it_was_encoded_and_weighted(encoder, weights):
    steps = SegmentationModel(preprocessing=ByKind(encoder=encoder, weights=weights))._preparation().fit(TABLE)
    X, places = steps.transform(TABLE), steps["matrix"].categories_
    codes = codes_of(X, places)
    assert codes.tolist() == [
        ["abc".index(city), "xy".index(plan)] for city, plan in TABLE[["city", "plan"]].to_numpy()
    ]
    assert numbers_of(X, places).shape == (12, 1)


def test_a_row_without_a_level_has_the_first_and_all_columns_may_be_silent():
    X = np.array([[0.0, 0.0, 0.5], [0.0, 2.0, 0.5], [0.0, 0.0, 0.5]])
    assert codes_of(X, ((0, 1),)).ravel().tolist() == [0, 1, 0]
    assert codes_of(np.zeros((3, 2)), ((0, 1),)).ravel().tolist() == [0, 0, 0]


def test_without_categories_everything_is_a_number():
    X = np.ones((4, 2))
    assert codes_of(X, ()).shape == (4, 0)
    assert numbers_of(X, ()).shape == (4, 2)


def test_numbered_levels_keep_their_codes_in_another_matrix():
    X, other = np.array([[-1.5], [0.25], [2.0]]), np.array([[2.0], [0.25], [9.0]])
    assert codes_of(other, ((0,),), levels_of(X, ((0,),))).ravel().tolist() == [2, 1, 2]


def test_a_column_that_was_scaled_by_the_root_of_its_weight_counts_as_the_weight():
    X = np.array([[2.0, 0.0, 1.0], [0.0, 2.0, 3.0]])
    assert counts_as(X, ((0, 1), (2,))).tolist() == [4.0, 1.0]
