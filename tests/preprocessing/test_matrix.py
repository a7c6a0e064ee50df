"""Typed columns to a matrix without gaps."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OrdinalEncoder

from segkit.preprocessing import TypedColumns, by_kind


def fitted(table: pd.DataFrame, **choices: object) -> Pipeline:
    return make_pipeline(TypedColumns(), by_kind(**choices)).fit(table)


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame({"spend": [1.0, 3.0, 5.0, 7.0, 9.0, 11.0], "plan": ["a", "b", "c"] * 2})


def test_numbers_are_standardised_and_categories_are_one_hot(table: pd.DataFrame) -> None:
    step = fitted(table)
    matrix = step.transform(table)
    assert list(step[-1].get_feature_names_out()) == ["spend", "plan_a", "plan_b", "plan_c"]
    assert matrix[:, 0] == pytest.approx((table["spend"] - 6) / table["spend"].std(ddof=0))
    np.testing.assert_array_equal(matrix[:, 1:], np.vstack([np.eye(3)] * 2))


def test_scaler_and_encoder_can_be_chosen(table: pd.DataFrame) -> None:
    matrix = fitted(table, scaler=MinMaxScaler(), encoder=OrdinalEncoder()).transform(table)
    np.testing.assert_allclose(matrix, np.c_[np.linspace(0, 1, 6), [0, 1, 2] * 2])


@pytest.mark.parametrize(("gaps", "expected"), [("median", 3.0), ("mean", 4.0), ("most_frequent", 3.0)])
def test_gaps_in_numbers_are_filled_as_asked(gaps: str, expected: float) -> None:
    step = fitted(pd.DataFrame({"x": [1.0, 3.0, 3.0, 9.0]}), scaler=FunctionTransformer(), gaps=gaps)
    assert step.transform(pd.DataFrame({"x": [np.nan]})).tolist() == [[expected]]


def test_a_missing_category_is_a_level_of_its_own() -> None:
    step = fitted(pd.DataFrame({"plan": ["a", "b", "c", None] * 2}))
    assert "plan_(missing)" in step[-1].get_feature_names_out()
    assert step.transform(pd.DataFrame({"plan": [None]})).sum() == 1


def test_an_unseen_level_shares_the_column_of_the_rare_ones() -> None:
    step = fitted(pd.DataFrame({"plan": ["a"] * 200 + ["b"] * 200 + ["rare", "rarer"]}))
    seen, unseen = step.transform(pd.DataFrame({"plan": ["rare"]})), step.transform(pd.DataFrame({"plan": ["new"]}))
    np.testing.assert_array_equal(seen, unseen)
    assert unseen.sum() == 1


def test_an_unseen_level_is_nothing_where_no_level_is_rare(table: pd.DataFrame) -> None:
    found = fitted(table).transform(pd.DataFrame({"spend": [6.0], "plan": ["new"]}))
    assert found.tolist() == [[0.0, 0.0, 0.0, 0.0]]


@pytest.mark.filterwarnings("ignore:Skipping features without any observed values")
@pytest.mark.parametrize(
    "values",
    [[np.nan] * 6, [3.0] * 6, [np.inf, 1.0, 2.0, -np.inf, 5.0, 9.0], [None] * 6, ["same"] * 6, [np.inf] * 6],
)
def test_the_matrix_is_finite_whatever_a_column_holds(table: pd.DataFrame, values: list) -> None:
    awkward = table.assign(x=values)
    matrix = fitted(awkward).transform(awkward)
    assert matrix.shape[0] == 6
    assert np.isfinite(matrix).all()


def test_a_column_that_was_empty_at_the_fit_may_be_filled_later() -> None:
    step = fitted(pd.DataFrame({"a": [1.0, 2.0, 5.0], "x": [np.nan] * 3}))
    assert np.isfinite(step.transform(pd.DataFrame({"a": [1.0], "x": [8.0]}))).all()


def test_a_constant_column_says_nothing() -> None:
    step = fitted(pd.DataFrame({"a": [1.0, 2.0, 5.0], "x": [7.0] * 3}))
    assert step.transform(pd.DataFrame({"a": [2.0], "x": [7.0]}))[0, 1] == 0


@pytest.mark.parametrize("name", ["spend", "plan"])
def test_one_kind_of_column_is_enough(table: pd.DataFrame, name: str) -> None:
    assert fitted(table[[name]]).transform(table[[name]]).shape == (6, 1 if name == "spend" else 3)


def test_a_row_alone_reads_as_in_the_batch(table: pd.DataFrame) -> None:
    step = fitted(table)
    alone = np.vstack([step.transform(table.iloc[[row]]) for row in range(len(table))])
    np.testing.assert_array_equal(alone, step.transform(table))


def test_the_step_can_be_cloned(table: pd.DataFrame) -> None:
    step = fitted(table)
    np.testing.assert_array_equal(clone(step).fit_transform(table), step.transform(table))
