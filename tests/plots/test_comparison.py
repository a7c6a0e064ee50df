"""Which pictures a sweep has."""

import pandas as pd
import pytest

from segkit.plots.comparison import sweep_figures


@pytest.fixture
def ranking(tried, ranked):
    return ranked(
        *(tried(f"standard-pca-kmeans-{k}", silhouette_macro=1 / k, stability=0.5, inertia=100 / k) for k in (3, 4, 5))
    )


def splits(pipeline: str) -> pd.DataFrame:
    return pd.DataFrame(
        [(pipeline, 3, 4, 0, 0, 5)], columns=["pipeline", "k_from", "k_to", "segment_from", "segment_to", "customers"]
    )


EVIDENCE = {
    "agreement": pd.DataFrame([[1, 0.5], [0.5, 1]], ["a", "b"], ["a", "b"]),
    "splits": splits("standard-pca-kmeans"),
    "rivals": pd.DataFrame({"name": ["a", "b"], "about": "", "segments": 3, "churn": [0.1, 0.2]}),
}


def test_without_evidence_the_pictures_of_the_runs_remain(ranking) -> None:
    assert set(sweep_figures(ranking, {})) == {"against_stability", "against_k"}


@pytest.mark.parametrize("name", EVIDENCE)
def test_every_table_of_evidence_has_its_picture(name: str, ranking) -> None:
    assert set(sweep_figures(ranking, {name: EVIDENCE[name]})) == {"against_stability", "against_k", name}


def test_a_sweep_without_runs_has_none(ranked) -> None:
    assert sweep_figures(ranked(), {}) == {}


@pytest.mark.parametrize(("pipeline", "marked"), [("standard-pca-kmeans", True), ("standard-pca-gmm", False)])
def test_the_choice_is_marked_among_splits_of_its_own_pipeline(pipeline: str, marked: bool, ranking) -> None:
    figure = sweep_figures(ranking, {"splits": splits(pipeline)}, {0: "high income"})["splits"]
    assert ("the choice" in " ".join(text.get_text() for text in figure.axes[0].texts)) == marked
    assert ("high income" in " ".join(text.get_text() for text in figure.texts)) == marked
