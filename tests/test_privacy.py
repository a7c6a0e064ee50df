"""No model holds its customers' rows, whatever steps it is made of."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import KNNImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, KBinsDiscretizer, OneHotEncoder, QuantileTransformer

from segkit.data import make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind, Features, TypedColumns
from segkit.privacy import check_keeps_no_rows
from segkit.runs import run

RNG = np.random.default_rng(0)


def people(rows: int, columns: int = 3) -> pd.DataFrame:
    table = pd.DataFrame(RNG.normal(size=(rows, columns)), columns=[f"x{place}" for place in range(columns)])
    return table.mask(RNG.random(table.shape) < 0.05)


def prepared(table: pd.DataFrame, **steps: Any) -> Pipeline:
    parts = [("columns", TypedColumns()), ("features", Features()), ("matrix", ByKind(**steps))]
    return Pipeline(parts).fit(table)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ({"gaps": KNNImputer()}, "KNNImputer keeps an entry for every customer that it was fitted on (_fit_X)"),
        ({"scaler": QuantileTransformer(n_quantiles=60)}, "QuantileTransformer keeps an entry"),
    ],
)
def test_a_step_that_keeps_rows_is_refused_by_name(steps: dict[str, Any], told: str) -> None:
    table = people(60)
    with pytest.raises(UserError) as error:
        check_keeps_no_rows(prepared(table, **steps), table)
    assert told in error.value.problem
    assert "preprocessing.gaps=donors" in error.value.mend


def test_a_name_kept_of_every_customer_is_refused() -> None:
    table = people(40).assign(who=[f"person {place}" for place in range(40)])
    columns = TypedColumns(kinds={"x0": "numeric", "x1": "numeric", "x2": "numeric", "who": "categorical"})
    names = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
    fitted = Pipeline([("columns", columns), ("features", Features()), ("matrix", ByKind(encoder=names))]).fit(table)
    with pytest.raises(UserError, match="OneHotEncoder keeps an entry"):
        check_keeps_no_rows(fitted, table)


@pytest.mark.parametrize(
    "steps",
    [
        {},
        {"gaps": "donors", "indicate": True},
        {"outliers": "clip", "logs": "all", "scaler": "quantile"},
        {"scaler": "power"},
        {"scaler": "robust"},
        {"scaler": KBinsDiscretizer(20, encode="ordinal", strategy="uniform")},
        {"scaler": FunctionTransformer(np.tanh)},
    ],
)
def test_as_many_columns_as_customers_is_no_row_kept(steps: dict[str, Any]) -> None:
    table = people(20, columns=20)
    check_keeps_no_rows(prepared(table, **steps), table)


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_a_handful_of_customers_is_no_false_alarm(rows: int) -> None:
    table = people(rows).fillna(0.0).assign(plan=["a", "b", "a", "b"][:rows])
    check_keeps_no_rows(prepared(table), table)


def test_a_run_whose_model_would_hold_rows_fails_with_the_reason() -> None:
    model = SegmentationModel(preprocessing=ByKind(gaps=KNNImputer()))
    with pytest.raises(UserError, match="KNNImputer"):
        run(make_dataset("shop", people(80)), model)
