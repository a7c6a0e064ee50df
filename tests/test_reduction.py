"""What a reducer keeps of the matrix."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD
from sklearn.manifold import trustworthiness

from segkit import reduction as module
from segkit.reducers import FAMD, CommonFactors, SampledKernelPCA
from segkit.reduction import directions, explained_variance, loadings, reduction_measures

RNG = np.random.default_rng(0)
HIDDEN = RNG.normal(size=(200, 2))
# Two columns of each hidden thing, and one of nothing but noise.
MATRIX = np.column_stack([HIDDEN[:, [0, 0, 1, 1]], RNG.normal(size=200)]) + 0.3 * RNG.normal(size=(200, 5))
NAMES = ["a1", "a2", "b1", "b2", "noise"]


@pytest.mark.parametrize("reducer", [PCA(2), TruncatedSVD(2, random_state=0), FAMD(2)])
def test_the_share_of_the_variance_is_that_of_the_embedding(reducer) -> None:
    embedding = reducer.fit_transform(MATRIX)
    whole = reducer.weighted(MATRIX) if isinstance(reducer, FAMD) else MATRIX
    assert explained_variance(reducer) == pytest.approx(embedding.var(axis=0).sum() / whole.var(axis=0).sum())


def test_of_factors_it_is_what_the_columns_have_in_common() -> None:
    found = FactorAnalysis(2).fit(MATRIX)
    implied = np.trace(found.get_covariance())
    assert explained_variance(found) == pytest.approx(1 - found.noise_variance_.sum() / implied)
    assert explained_variance(found) < explained_variance(PCA(2).fit(MATRIX))


@pytest.mark.parametrize("reducer", [SampledKernelPCA(2).fit(MATRIX), clone(FAMD(2)), FactorAnalysis(2), "passthrough"])
def test_who_knows_no_share_tells_none(reducer) -> None:
    assert explained_variance(reducer) is None


def test_a_matrix_without_variance_has_no_share_of_it() -> None:
    with np.errstate(invalid="ignore"):
        assert explained_variance(TruncatedSVD(1).fit(np.ones((5, 3)))) is None


def test_neighbours_are_looked_at_once_for_each_embedding() -> None:
    module._trustworthiness.cache_clear()
    reducer = PCA(2).fit(MATRIX)
    embedding = reducer.transform(MATRIX)
    found = [reduction_measures(reducer, MATRIX, embedding.copy()) for _ in range(3)]
    assert found[0]["trustworthiness"] == pytest.approx(trustworthiness(MATRIX, embedding, n_neighbors=5))
    assert module._trustworthiness.cache_info().misses == 1
    assert reduction_measures(reducer, MATRIX, embedding[::-1])["trustworthiness"] < 0.6


def test_of_many_customers_a_sample_is_looked_at(monkeypatch) -> None:
    monkeypatch.setattr(module, "_MOST_COMPARED", 50)
    module._trustworthiness.cache_clear()
    sizes = []
    monkeypatch.setattr(module, "trustworthiness", lambda before, after, n_neighbors: sizes.append(len(before)) or 1.0)
    reduction_measures(PCA(2).fit(MATRIX), MATRIX, MATRIX[:, :2])
    assert sizes == [50]


def test_too_few_rows_have_no_neighbours_and_what_is_not_reduced_nothing_to_say() -> None:
    assert set(reduction_measures(PCA(1).fit(MATRIX), MATRIX[:2], MATRIX[:2, :1])) == {"explained_variance"}
    assert reduction_measures("passthrough", MATRIX, MATRIX) == {}


def test_a_reducer_that_was_fitted_on_a_sample_says_so() -> None:
    assert reduction_measures(SampledKernelPCA(2, fit_rows=50), MATRIX, MATRIX)["reducer_rows"] == 50
    assert "reducer_rows" not in reduction_measures(SampledKernelPCA(2), MATRIX, MATRIX)


def test_loadings_are_correlations_with_the_components() -> None:
    reducer = PCA(2).fit(MATRIX)
    found, scores = loadings(reducer, MATRIX, NAMES), reducer.transform(MATRIX)
    assert found.index.tolist() == [1, 2]
    for component, name in ((1, "a1"), (2, "b2")):
        expected = np.corrcoef(scores[:, component - 1], MATRIX[:, NAMES.index(name)])[0, 1]
        assert found.loc[component, name] == pytest.approx(expected)


def test_columns_that_say_the_same_load_on_one_factor() -> None:
    found = loadings(FactorAnalysis(2, rotation="varimax").fit(MATRIX), MATRIX, NAMES).abs()
    pairs = [found[pair].mean(axis=1) for pair in (["a1", "a2"], ["b1", "b2"])]
    assert [pair.max() > 0.8 and pair.min() < 0.2 for pair in pairs] == [True, True]
    assert found["noise"].max() < 0.3


def test_constant_columns_are_left_out_and_numbered_levels_named() -> None:
    city = np.arange(200.0) % 3
    reducer = FAMD(2).fit(np.column_stack([MATRIX, city, np.ones(200)]), categories=((5,),))
    found = loadings(reducer, np.column_stack([MATRIX, city, np.ones(200)]), [*NAMES, "city", "one"])
    assert list(found.columns) == [*NAMES, "city=0", "city=1", "city=2"]


def test_a_level_that_is_left_out_has_no_loading() -> None:
    table = np.column_stack([MATRIX, np.eye(3)[np.arange(200) % 3]])
    reducer = CommonFactors(2).fit(table, categories=((5, 6, 7),))
    found = loadings(reducer, table, [*NAMES, "x", "y", "z"])
    assert list(found.columns) == [*NAMES, "y", "z"]
    assert found[["a1", "b1"]].abs().max().min() > 0.8
    assert explained_variance(reducer) == pytest.approx(explained_variance(reducer.factor_analysis_))


@pytest.mark.parametrize("reducer", [PCA(2), FAMD(2), TruncatedSVD(2), FactorAnalysis(2)])
def test_directions_go_on_beyond_those_that_are_kept(reducer) -> None:
    shares = directions(reducer.fit(MATRIX), MATRIX)
    assert len(shares) == 5
    assert shares.sum() == pytest.approx(1)
    if not isinstance(reducer, FactorAnalysis):
        assert shares[:2].sum() == pytest.approx(explained_variance(reducer))


def test_of_very_many_directions_the_kept_ones_are_told_or_twenty() -> None:
    wide = pd.DataFrame(RNG.normal(size=(80, 40))).to_numpy()
    assert [len(directions(PCA(kept).fit(wide), wide)) for kept in (3, 25)] == [20, 25]
