"""How much the segments owe to each column."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline

from segkit.config.pieces import weighted
from segkit.data import Dataset, Stated, make_dataset
from segkit.influence import drop_one, with_influence
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.preprocessing.rows import Within
from segkit.runs import run
from segkit.stages import SharedStages

ROWS = 150
RNG = np.random.default_rng(0)
GROUPS = np.arange(ROWS) % 3
# `x` makes three segments, `y` two that have nothing to do with them; unscaled, the noise says nothing.
TABLE = pd.DataFrame(
    {
        "x": 50.0 * GROUPS + RNG.normal(size=ROWS),
        "n1": RNG.normal(size=ROWS),
        "n2": RNG.normal(size=ROWS),
        "y": 400.0 * (np.arange(ROWS) // 3 % 2) + RNG.normal(size=ROWS),
    }
)
CALM = TABLE.drop(columns="y")


def dataset_of(table: pd.DataFrame, **said: object) -> Dataset:
    return make_dataset("shop", table, stated=Stated(**said))


def model_of(dataset: Dataset, k: int = 3, reducer: object = "passthrough", **choices: object) -> SegmentationModel:
    columns, features = reading_steps(dataset.columns, [column.name for column in dataset.feature_columns])
    preprocessing = weighted(ByKind(**{"scaler": "none"} | choices), dataset)
    return SegmentationModel(KMeans(k, n_init=3, random_state=0), reducer, preprocessing, columns, features)


def influence(table: pd.DataFrame, said: dict | None = None, **choices: object) -> pd.DataFrame:
    dataset = dataset_of(table, **said or {})
    return drop_one(dataset, model_of(dataset, **choices)).set_index("without")


def test_a_column_that_alone_makes_the_segments_stands_first() -> None:
    found = influence(CALM)
    assert list(found.index) == ["x", "n1", "n2"]
    assert abs(found.loc["x", "agreement"]) < 0.1
    assert found.loc["x", "moved_share"] > 0.5
    assert found.loc[["n1", "n2"], "agreement"].tolist() == [1, 1]
    assert found.loc[["n1", "n2"], "moved_share"].tolist() == [0, 0]


def test_a_block_is_dropped_whole() -> None:
    copied = CALM.assign(x_again=CALM["x"])
    assert influence(copied)["agreement"].min() == 1  # each copy can do without the other
    found = influence(copied, {"blocks": {"both": ["x", "x_again"]}})
    assert found["columns"].to_dict() == {"both": "x, x_again", "n1": "n1", "n2": "n2"}
    assert abs(found.loc["both", "agreement"]) < 0.1


def test_of_a_block_only_what_is_fitted_is_dropped() -> None:
    said = {"blocks": {"both": ["x", "n1"], "idle": ["n2"]}, "use": {"n1": "describe_with", "n2": "value"}}
    assert influence(TABLE, said)["columns"].to_dict() == {"y": "y", "both": "x"}
    assert influence(CALM, said).empty


def test_stages_that_were_shared_are_not_taken_for_those_without_the_column(tmp_path: Path) -> None:
    dataset = dataset_of(CALM)
    shared = model_of(dataset).set_params(stages=SharedStages(tmp_path, {"preprocessing": "all", "reducer": "all"}))
    run(dataset, shared)
    assert abs(drop_one(dataset, shared)["agreement"].min()) < 0.1


def test_weights_survive() -> None:
    found = influence(TABLE, {"weights": {"y": 0.0}})
    assert found.loc[["y", "n1", "n2"], "agreement"].tolist() == [1, 1, 1]
    assert abs(found.loc["x", "agreement"]) < 0.1
    loud = influence(TABLE)
    assert loud.loc["y", "agreement"] < 0.5


def test_customer_weights_reach_every_fit() -> None:
    heavy = TABLE.assign(n3=1000.0 * (GROUPS == 2), people=1.0 + 1e6 * (GROUPS < 2))
    unweighted = influence(heavy.drop(columns="people"), k=2)
    found = influence(heavy, {"use": {"people": "weight"}}, k=2)
    assert list(found.index.sort_values()) == ["n1", "n2", "n3", "x", "y"]
    assert unweighted.loc["y", "agreement"] == 1  # n3 parts the customers
    assert found.loc["n3", "agreement"] == 1  # y parts the many


def test_a_column_made_of_others_can_be_done_without() -> None:
    said = {"derive": {"z": {"total": ["x", "n1"]}}, "use": {"x": "leave_out"}}
    found = influence(CALM, said)
    assert list(found.index) == ["z", "n1", "n2"]
    assert abs(found.loc["z", "agreement"]) < 0.1


def test_a_rule_for_rows_does_not_need_the_column_that_is_left_out() -> None:
    rules = [Within({"x": [None, 120.0], "n1": [-2, 2]})]
    found = influence(CALM, drop=rules)
    assert found["agreement"].notna().all()
    assert set(found.index) == {"x", "n1", "n2"}


def test_where_the_model_cannot_do_without_the_column_there_is_no_number() -> None:
    dataset = dataset_of(CALM)
    model = model_of(dataset, reducer=make_pipeline(PCA(3, random_state=0)))
    found = with_influence(run(dataset, model), dataset, model).tables["influence"]
    assert len(found) == 3
    assert found[["agreement", "moved_share"]].isna().all(axis=None)


def test_a_single_feature_gives_an_empty_table() -> None:
    dataset = dataset_of(CALM[["x"]])
    model = model_of(dataset)
    found = with_influence(run(dataset, model), dataset, model)
    assert found.tables["influence"].empty
    assert list(found.tables["influence"]) == ["without", "columns", "agreement", "moved_share"]
    assert "influence" in found.figures


def test_a_model_of_default_steps_has_influences_too() -> None:
    found = drop_one(dataset_of(TABLE), SegmentationModel())
    assert sorted(found["without"]) == ["n1", "n2", "x", "y"]


def test_the_run_keeps_all_that_it_found() -> None:
    dataset = dataset_of(CALM)
    before = run(dataset, model_of(dataset))
    after = with_influence(before, dataset, model_of(dataset))
    assert (after.metrics, after.scorer) == (before.metrics, before.scorer)
    assert after.labels is before.labels
    assert set(after.figures) == {*before.figures, "influence"}
    assert all(after.figures[name] is figure for name, figure in before.figures.items())
    bars = after.figures["influence"].axes[0]
    assert [text.get_text() for text in bars.texts][-3:] == ["x", "n1", "n2"]


@pytest.mark.parametrize("gaps", ["median", "drop"])
def test_the_model_that_was_given_is_left_alone(gaps: str) -> None:
    dataset = dataset_of(CALM)
    model = model_of(dataset, gaps=gaps, weights={"x": 2})
    before = repr(model)
    drop_one(dataset, model)
    assert repr(model) == before
    assert not hasattr(model, "labels_")
