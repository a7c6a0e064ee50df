"""Columns made of others inside the pipeline, and the choice of those that are fitted."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import Pipeline, make_pipeline

from segkit.data import Dataset, Stated, make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import Features
from segkit.preprocessing.features import reading_steps
from segkit.scoring.scorer import make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer
from segkit.trusted import TRUSTED_TYPES

ROWS = 40
RNG = np.random.default_rng(0)
TABLE = pd.DataFrame(
    {
        "since": pd.date_range("2024-01-01", periods=ROWS).strftime("%d-%m-%Y"),
        "wine": [-1.0, 0.5, *RNG.gamma(2, 50, ROWS - 2).round(1)],
        "meat": [np.nan, 0.0, *RNG.gamma(2, 50, ROWS - 2).round(1)],
        "age": RNG.integers(18, 90, ROWS),
        "plan": ["gold", "silver"] * (ROWS // 2 - 2) + ["joke", "prank", "gold", None],
    }
)
RECIPES = {
    "spent": {"total": ["wine", "meat"]},
    "wine_share": {"share": "wine", "of": "spent"},
    "band": {"bands": "age", "at": [30, 60]},
    "tier": {"map": "plan", "to": {"gold": 2, "silver": 1}, "otherwise": 0},
    "usual_plan": {"rare": "plan", "below": 0.1},
    "tenure": {"years_since": "since"},
}
STATED = Stated(derive=RECIPES, missing={"wine": [-1]}, kind={"plan": "categorical"})


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return make_dataset("shop", TABLE, stated=STATED)


def steps(dataset: Dataset, *wanted: str) -> Pipeline:
    return make_pipeline(*reading_steps(dataset.columns, wanted))


def raw(pipeline: Pipeline) -> pd.DataFrame:
    """The columns of the table that the pipeline asks for."""
    return TABLE[list(pipeline[0].kinds)]


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [
        (["wine_share"], ["wine", "meat"]),
        (["spent"], ["wine", "meat"]),
        (["tenure", "age"], ["since", "age"]),
        (["usual_plan", "tier"], ["plan"]),
        (["age"], ["age"]),
    ],
)
def test_only_the_columns_that_are_needed_are_read(dataset: Dataset, wanted: list[str], needed: list[str]) -> None:
    pipeline = steps(dataset, *wanted)
    assert list(pipeline[0].kinds) == needed
    assert list(pipeline.fit_transform(raw(pipeline))) == wanted


def test_without_recipes_there_is_nothing_to_make(dataset: Dataset) -> None:
    assert steps(dataset, "age")[1].recipes is None
    assert list(steps(dataset, "wine_share")[1].recipes) == ["spent", "wine_share"]


def test_what_is_made_is_what_was_worked_out_by_hand(dataset: Dataset) -> None:
    pipeline = steps(dataset, *RECIPES)
    found = pipeline.fit_transform(raw(pipeline)).head(2)
    assert found["spent"].tolist()[1] == 0.5  # a stated -1 is no money, and with a gap beside it there is none at all
    assert found["spent"].isna().tolist() == found["wine_share"].isna().tolist() == [True, False]
    assert found["wine_share"][1] == 1
    assert found["tier"].tolist() == [2, 1]
    np.testing.assert_allclose(found["tenure"], [39 / 365.25, 38 / 365.25])


def test_days_between_dates_are_the_same_at_fitting_and_for_one_customer_later() -> None:
    table = TABLE.assign(until=pd.date_range("2024-06-01", periods=ROWS, freq="2D").strftime("%d-%m-%Y"))
    said = Stated(derive={"stay": {"difference": "until", "minus": "since"}, "seen": {"largest": ["since", "until"]}})
    pipeline = steps(make_dataset("shop", table, stated=said), "stay", "seen")
    found = pipeline.fit_transform(table[["since", "until"]])
    assert found["stay"].tolist() == [152 + row for row in range(ROWS)]
    assert found["seen"].iloc[[0, -1]].tolist() == [2 * (ROWS - 1), 0]
    assert pipeline.transform(table[["since", "until"]].tail(1))["stay"].tolist() == [152 + ROWS - 1]


def test_what_is_wanted_comes_in_the_order_in_which_it_is_wanted(dataset: Dataset) -> None:
    pipeline = steps(dataset, "spent", "age", "wine")
    assert list(pipeline.fit_transform(raw(pipeline))) == ["spent", "age", "wine"]
    assert list(pipeline[1].get_feature_names_out()) == ["spent", "age", "wine"]


def test_a_row_alone_reads_as_in_the_batch(dataset: Dataset) -> None:
    pipeline = steps(dataset, *RECIPES, "plan").fit(TABLE[["since", "wine", "meat", "age", "plan"]])
    batch = pipeline.transform(raw(pipeline))
    alone = pd.concat([pipeline.transform(raw(pipeline).iloc[[row]]) for row in range(ROWS)])
    pd.testing.assert_frame_equal(alone, batch, check_exact=True)


def test_rare_levels_are_those_that_were_rare_at_fitting() -> None:
    step = Features({"usual": {"rare": "plan", "below": 0.25}}, keep=["usual"])
    fitted_on = pd.Series(["a"] * 5 + ["b"] * 2 + ["c", None, None], dtype=object)  # of 8 known: a 5/8, b 2/8, c 1/8
    assert step.fit_transform(fitted_on.to_frame("plan"))["usual"].tolist()[:8] == ["a"] * 5 + ["b"] * 2 + ["other"]
    later = pd.DataFrame({"plan": pd.Series(["c"] * 9 + ["new", "a", None], dtype=object)})
    found = step.transform(later)["usual"].tolist()
    assert found[:11] == ["other"] * 10 + ["a"]
    assert pd.isna(found[11])


def test_a_level_as_common_as_the_limit_is_not_rare() -> None:
    frame = pd.DataFrame({"plan": ["a"] * 6 + ["b"] * 2})
    assert Features({"usual": {"rare": "plan", "below": 0.25}}).fit(frame).levels_ == {"usual": ["a", "b"]}


def test_numbers_may_be_rare_levels() -> None:
    frame = pd.DataFrame({"code": [1.0] * 3 + [2.5] * 3 + [3.0]})
    found = Features({"usual": {"rare": "code", "below": 0.2}}, keep=["usual"]).fit_transform(frame)
    assert found["usual"].tolist() == ["1"] * 3 + ["2.5"] * 3 + ["other"]


def test_an_unseen_level_keeps_its_name_or_is_otherwise() -> None:
    recipes = {
        "same": {"map": "plan", "to": {"a": "good"}},
        "else": {"map": "plan", "to": {"a": "good"}, "otherwise": "bad"},
    }
    found = Features(recipes).fit(pd.DataFrame({"plan": ["a", "b"]})).transform(pd.DataFrame({"plan": ["new", "a"]}))
    assert found[["same", "else"]].to_numpy().tolist() == [["new", "bad"], ["good", "good"]]


def test_a_pattern_takes_the_columns_that_were_meant_when_the_table_was_understood() -> None:
    table = TABLE.assign(wine_2=TABLE["meat"])
    said = Stated(derive={"drinks": {"total": "wine*"}, "wine_log": {"log": "wine"}})
    dataset = make_dataset("shop", table, stated=said)
    pipeline = steps(dataset, "wine_log", "drinks")
    found = pipeline.fit_transform(table[["wine", "wine_2"]])
    np.testing.assert_array_equal(found["drinks"], table["wine"] + table["wine_2"].fillna(0))


def test_a_misspelt_column_is_named_at_fitting() -> None:
    with pytest.raises(UserError, match=r"data\.derive\.x takes a column that is not there: wnie"):
        Features({"x": {"total": ["wnie"]}}).fit(TABLE)


def test_the_input_is_left_alone_and_a_clone_is_not_fitted() -> None:
    before = TABLE.copy()
    step = Features({"x": {"total": ["wine", "age"]}}, keep=["x"]).fit(TABLE)
    step.transform(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)
    params = {"recipes": {"x": {"total": ["wine", "age"]}}, "keep": ["x"], "dates": None}
    assert clone(step).get_params() == params
    with pytest.raises(NotFittedError):
        clone(step).transform(TABLE)


def test_a_step_that_was_stored_makes_the_same(dataset: Dataset, tmp_path: Path) -> None:
    pipeline = steps(dataset, *RECIPES).fit(TABLE[["since", "wine", "meat", "age", "plan"]])
    skops.io.dump(pipeline, tmp_path / "steps.skops")
    read = skops.io.load(tmp_path / "steps.skops", trusted=list(TRUSTED_TYPES))
    pd.testing.assert_frame_equal(read.transform(raw(pipeline)), pipeline.transform(raw(pipeline)), check_exact=True)


def test_a_stored_model_makes_the_columns_of_tomorrows_customers(dataset: Dataset, tmp_path: Path) -> None:
    wanted = [column.name for column in dataset.feature_columns]
    columns, features = reading_steps(dataset.columns, wanted)
    algorithm: Any = KMeans(3, n_init=2, random_state=0)
    model = SegmentationModel(algorithm, columns=columns, features=features).fit(dataset.features)
    save_scorer(make_scorer(model, {}), tmp_path / "model.skops")
    scorer = load_scorer(tmp_path / "model.skops")
    assert scorer.columns == ["since", "wine", "meat", "age", "plan"]
    scores = scorer.score(TABLE)
    assert scores["segment"].tolist() == model.labels_.tolist()
    new = TABLE.head(3).assign(plan=["unheard of", None, "joke"], wine="much")
    assert scorer.score(new)["confidence"].between(1 / 3, 1).all()
