"""The scorer: what is left of a model when its customers are gone."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler

from segkit.brief import Brief
from segkit.data import make_customers
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer

CUSTOMERS = make_customers(240).drop(columns=["truth"])
NAMES = {0: "large", 1: "middle", 2: "small"}
KMEANS = KMeans(3, n_init=2, random_state=0)
ORDINAL = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
MODELS = {
    "kmeans": SegmentationModel(KMEANS),
    "pca": SegmentationModel(GaussianMixture(3, reg_covar=1e-3, random_state=0), PCA(3, random_state=0)),
    "noise": SegmentationModel(HDBSCAN(min_cluster_size=15, min_samples=3, copy=True), PCA(2, random_state=0)),
    "robust": SegmentationModel(KMEANS, preprocessing=ByKind(scaler="robust")),
    "minmax": SegmentationModel(KMEANS, preprocessing=ByKind(scaler="minmax")),
    "ordinal": SegmentationModel(KMEANS, preprocessing=ByKind(encoder=make_pipeline(ORDINAL, StandardScaler()))),
}


def fitted(name: str) -> Scorer:
    return make_scorer(MODELS[name].fit(CUSTOMERS.drop(columns="customer_id")), NAMES, "customer_id")


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return fitted("kmeans")


@pytest.mark.parametrize("name", MODELS)
def test_a_scorer_that_was_saved_and_loaded_gives_identical_scores(tmp_path: Path, name: str) -> None:
    scorer = fitted(name)
    save_scorer(scorer, tmp_path / "model.skops")
    loaded = load_scorer(tmp_path / "model.skops")
    pd.testing.assert_frame_equal(loaded.score(CUSTOMERS), scorer.score(CUSTOMERS), check_exact=True)
    assert (loaded.names, loaded.id_column) == (scorer.names, scorer.id_column)
    assert (loaded.columns, loaded.as_of) == (scorer.columns, scorer.as_of)


def test_a_saved_scorer_holds_no_customer(tmp_path: Path, scorer: Scorer) -> None:
    save_scorer(scorer, tmp_path / "model.skops")
    with zipfile.ZipFile(tmp_path / "model.skops") as model:
        arrays = [np.load(io.BytesIO(model.read(name))) for name in model.namelist() if name.endswith(".npy")]
        schema = model.read("schema.json").decode()
    assert arrays
    assert all(240 not in array.shape for array in arrays)
    assert not CUSTOMERS["customer_id"].map(schema.__contains__).any()


def test_a_file_with_a_foreign_type_is_refused_by_name(tmp_path: Path) -> None:
    skops.io.dump({"preprocessing": StandardScaler(), "assigner": Brief()}, tmp_path / "model.skops")
    with pytest.raises(UserError, match="holds types that segkit does not trust") as raised:
        load_scorer(tmp_path / "model.skops")
    assert str(tmp_path / "model.skops") in raised.value.problem
    assert "segkit.brief.Brief" in raised.value.problem


@pytest.mark.parametrize("name", ["kmeans", "noise"])
def test_a_customer_alone_is_scored_as_among_others(name: str) -> None:
    scorer = fitted(name)
    batch = scorer.score(CUSTOMERS)
    alone = pd.concat([scorer.score(CUSTOMERS.iloc[[row]]) for row in range(0, 240, 12)])
    pd.testing.assert_frame_equal(alone, batch.iloc[::12], rtol=1e-9)


def test_scores_say_segment_name_confidence_and_second(scorer: Scorer) -> None:
    scores = scorer.score(CUSTOMERS)
    assert list(scores.columns) == ["segment", "segment_name", "confidence", "second_segment"]
    assert scores["segment"].tolist() == MODELS["kmeans"].predict(CUSTOMERS[scorer.columns]).tolist()
    assert scores["segment_name"].tolist() == scores["segment"].map(NAMES).tolist()
    assert scores["confidence"].between(1 / 3, 1).all()
    assert (scores["segment"] != scores["second_segment"]).all()


def test_noise_is_called_unassigned() -> None:
    scores = fitted("noise").score(CUSTOMERS)
    assert set(scores.loc[scores["segment"] == -1, "segment_name"]) == {"unassigned"}


def test_where_there_is_one_segment_it_is_also_the_second() -> None:
    model = SegmentationModel(KMeans(1, n_init=1)).fit(pd.DataFrame({"x": [1.0, 2.0, 5.0]}))
    scores = make_scorer(model, {0: "all"}).score(pd.DataFrame({"x": [3.0]}))
    assert scores.to_numpy().tolist() == [[0, "all", 1.0, 0]]


def test_order_and_index_are_kept(scorer: Scorer) -> None:
    shuffled = CUSTOMERS.sample(frac=1, random_state=0).set_axis([f"r{row}" for row in range(240)])
    scores = scorer.score(shuffled)
    assert list(scores.index) == list(shuffled.index)
    expected = scorer.score(CUSTOMERS).set_index(CUSTOMERS["customer_id"])["segment"]
    assert scores["segment"].tolist() == expected[shuffled["customer_id"]].tolist()


def test_extra_columns_and_their_order_do_not_matter(scorer: Scorer) -> None:
    other = CUSTOMERS[CUSTOMERS.columns[::-1]].assign(note="hello")
    pd.testing.assert_frame_equal(scorer.score(other), scorer.score(CUSTOMERS))


def test_missing_columns_are_a_user_error_that_names_them(scorer: Scorer) -> None:
    with pytest.raises(UserError, match="lacks columns that the model needs: income, signed_up"):
        scorer.score(CUSTOMERS.drop(columns=["signed_up", "income"]))


def test_bad_cells_are_scored(scorer: Scorer) -> None:
    bad = CUSTOMERS.head(3).astype("object")
    bad.loc[0, ["income", "signed_up", "education"]] = ["a lot", "soon", "Kindergarten"]
    bad.loc[1] = None
    scores = scorer.score(bad)
    assert scores["confidence"].between(1 / 3, 1).all()
    pd.testing.assert_frame_equal(scores.tail(1), scorer.score(CUSTOMERS.iloc[[2]]), rtol=1e-9)


def test_as_of_fixes_the_day_that_ages_are_counted_to() -> None:
    table = pd.DataFrame({"since": ["2024-01-01", "2024-01-02", "2024-12-30", "2024-12-31"]})
    scorer = make_scorer(SegmentationModel(KMeans(2, n_init=2, random_state=0)).fit(table), {})
    assert scorer.as_of == "2024-12-31"
    new = pd.DataFrame({"since": ["2023-06-01"]})
    fresh = scorer.score(new, as_of="2023-06-01")["segment"]
    assert fresh.tolist() == scorer.score(table.tail(1))["segment"].tolist()
    assert scorer.score(new)["segment"].tolist() == scorer.score(table.head(1))["segment"].tolist()


def test_a_customer_alone_is_scored_as_beside_one_with_a_date_after_today() -> None:
    table = pd.DataFrame({"since": pd.date_range("2024-01-01", periods=40, freq="9D").strftime("%Y-%m-%d")})
    scorer = make_scorer(SegmentationModel(KMeans(4, n_init=2, random_state=0)).fit(table), {})
    beside = pd.concat([table.tail(1), pd.DataFrame({"since": ["9999-12-31"]})])
    pd.testing.assert_frame_equal(scorer.score(beside).head(1), scorer.score(table.tail(1)))


def test_a_file_that_is_no_model_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "model.skops").write_text("no model")
    with pytest.raises(UserError, match=r"model\.skops is not a model file of segkit"):
        load_scorer(tmp_path / "model.skops")
