"""What a reduced space is made of, for a run and for a model that is yet to be fitted."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import FunctionTransformer

from segkit import tsne
from segkit.model import SegmentationModel
from segkit.plots.reduction import scree
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.reducers import FAMD, CommonFactors, SampledKernelPCA
from segkit.runs import RunResult
from segkit.spaces import matrix_names, space_in, with_space
from segkit.tsne import with_tsne


def model_of(dataset, reducer, **choices) -> SegmentationModel:
    columns, features = reading_steps(dataset.columns, [column.name for column in dataset.feature_columns])
    return SegmentationModel(KMeans(3, n_init=1, random_state=0), reducer, ByKind(**choices), columns, features)


def result() -> RunResult:
    return RunResult(
        {}, pd.DataFrame(), pd.DataFrame(), None, {"projection": scree([1.0], 1)}, {"other": pd.DataFrame()}
    )


@pytest.mark.parametrize("reducer", [PCA(2), FAMD(2), CommonFactors(2)])
def test_a_fitted_run_and_a_model_that_is_not_show_the_same(customers, reducer) -> None:
    model = model_of(customers, reducer)
    alone = space_in(customers, model)
    found = with_space(result(), customers, model.fit(customers.features))
    assert set(found.figures) == {"projection", "scree", "loadings"}
    assert set(found.tables) == {"other", "loadings"}
    pd.testing.assert_frame_equal(found.tables["loadings"], alone.tables["loadings"])
    assert found.tables["loadings"]["component"].tolist() == [1, 2]
    assert found.tables["loadings"].drop(columns="component").abs().to_numpy().max() <= 1.0001


@pytest.mark.parametrize("reducer", ["passthrough", SampledKernelPCA(2)])
def test_what_has_no_components_in_columns_shows_nothing(customers, reducer) -> None:
    model = model_of(customers, reducer)
    assert space_in(customers, model).figures == {}
    assert set(with_space(result(), customers, model.fit(customers.features)).figures) == {"projection"}


def test_columns_have_the_names_of_the_table_and_levels_their_words() -> None:
    table = pd.DataFrame({"spend": [1.0, np.nan, 3.0, 4.0], "pay_plan": ["a_b", "c", "a_b", "c"]})
    names = matrix_names(ByKind(indicate=True).fit(table), 4)
    assert names == ["spend", "spend_missing", "pay_plan=a_b", "pay_plan=c"]
    assert matrix_names(FunctionTransformer().fit(table[["spend"]].to_numpy()), 1) == ["column 1"]


def test_rows_that_are_not_fitted_have_no_part_in_it(customers) -> None:
    model = model_of(customers, PCA(2), outliers="drop").fit(customers.features)
    assert not model.kept_.all()
    matrix = model.pipeline_["preprocessing"].transform(customers.features)[model.kept_]
    found = with_space(result(), customers, model).tables["loadings"].set_index("component")
    scores = model.pipeline_["reducer"].transform(matrix)
    assert found.iloc[0, 0] == pytest.approx(np.corrcoef(scores[:, 0], matrix[:, 0])[0, 1])


def test_a_tsne_map_of_a_sample_is_added_and_follows_the_seed(customers, monkeypatch) -> None:
    monkeypatch.setattr(tsne, "_MOST", 90)
    model = model_of(customers, PCA(2)).fit(customers.features)
    maps = [with_tsne(result(), customers, model, seed).figures["tsne"] for seed in (0, 0, 1)]
    first, again, other = (figure.axes[0].collections[0].get_offsets() for figure in maps)
    assert len(first) == 90
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


def test_a_single_run_holds_what_its_space_is_made_of_and_a_map_if_asked(segkit, store) -> None:
    done = segkit("run", "reducer=famd", "tsne=true", "data.generate.rows=120")
    assert done.code == 0, done.err
    (run,) = store.client.search_runs([store.experiment_id])
    files = {
        item.path for folder in ("plots", "tables") for item in store.client.list_artifacts(run.info.run_id, folder)
    }
    assert {"plots/scree.png", "plots/loadings.png", "plots/tsne.png", "tables/loadings.csv"} <= files
    assert 0 < run.data.metrics["explained_variance"] < 1
    assert 0.5 < run.data.metrics["trustworthiness"] <= 1
