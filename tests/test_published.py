"""Published segmentations, reached by configuration alone, to the digits that were printed."""

import functools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hydra import compose, initialize_config_dir
from sklearn.metrics import adjusted_rand_score

from segkit.brief import Brief
from segkit.config import commands
from segkit.config.stored import rule_of
from segkit.places import conf_folder
from segkit.records import FINISHED, RunRecord

PERSONALITY, CHURN, WHOLESALE = "marketing_campaign.csv", "Churn_Modelling.csv", "Wholesale_customers.csv"
CREDIT, RETAIL, MALL = "CC_GENERAL.csv", "online_retail.parquet", "Mall_Customers.csv"
GMM, WARD = ("algorithm=gmm",), ("algorithm=agglomerative",)
DBSCAN = ("algorithm=dbscan", "algorithm.eps=2", "algorithm.min_samples=20")

# Where the published silhouette is not asked for; over all rows it takes longer than the rest.
FEW = ("silhouette_rows=1000",)


@pytest.fixture(scope="module")
def published(new_folder, command, real_data):
    """Runs a published experiment: what it printed as JSON, and each customer's segment."""
    folder = new_folder()

    @functools.cache
    def run(experiment: str, data: str, *more: str) -> tuple[dict[str, Any], pd.Series]:
        path = real_data(data)
        outcome = command(
            folder, "run", f"experiment=published_{experiment}", f"data.path={path}", "format=json", *more
        )
        assert outcome.code == 0, outcome.err
        found = json.loads(outcome.out)
        (labels,) = Path(folder).glob(f"mlruns/artifacts/{found['run_id']}/artifacts/tables/labels.csv")
        return found, pd.read_csv(labels)["segment"]

    return run


def printed_like(figure: str, measured: float) -> str:
    """The measure with as many digits as were printed."""
    return f"{measured:.{len(figure.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("experiment", "data", "more", "figures"),
    [
        (
            "personality_hierarchical",
            PERSONALITY,
            (),
            {"silhouette": "0.347", "davies_bouldin": "0.975", "calinski_harabasz": "1823"},
        ),
        ("personality_hierarchical", PERSONALITY, ("algorithm=kmeans", "k=2"), {"silhouette": "0.446"}),
        ("personality_onehot", PERSONALITY, (), {"silhouette": "0.171"}),
        ("personality_two", PERSONALITY, (), {"silhouette": "0.4437", "calinski_harabasz": "2150.44"}),
        ("personality_two", PERSONALITY, WARD, {"silhouette": "0.4287", "calinski_harabasz": "2030.10"}),
        ("personality_two", PERSONALITY, GMM, {"silhouette": "0.4430", "calinski_harabasz": "2139.14"}),
        ("personality_dbscan", PERSONALITY, (), {"silhouette": "0.4699", "calinski_harabasz": "28.42"}),
        (
            "churn_onehot",
            CHURN,
            (),
            {"silhouette": "0.1252", "davies_bouldin": "2.417", "calinski_harabasz": "1206.73"},
        ),
        (
            "churn_onehot",
            CHURN,
            GMM,
            {"silhouette": "0.1219", "davies_bouldin": "2.534", "calinski_harabasz": "1187.37"},
        ),
        ("churn_onehot", CHURN, DBSCAN, {"silhouette": "0.1344", "segments": "16"}),
        ("churn_labels", CHURN, FEW, {"segments": "55", "noise_share": "0.2065"}),
        ("wholesale", WHOLESALE, (), {"silhouette": "0.5483"}),
        ("wholesale", WHOLESALE, WARD, {"silhouette": "0.2646"}),
        ("wholesale", WHOLESALE, (*WARD, "k=2"), {"silhouette": "0.79"}),
        ("wholesale_log", WHOLESALE, (), {"silhouette": "0.290", "truth_ari": "0.52"}),
        (
            "credit_card",
            CREDIT,
            (),
            {"silhouette": "0.2296", "davies_bouldin": "1.6630", "calinski_harabasz": "2735.03"},
        ),
        ("credit_card", CREDIT, ("k=2",), {"silhouette": "0.2596"}),
        ("credit_card", CREDIT, ("k=8", *FEW), {"davies_bouldin": "1.400"}),
        ("online_retail", RETAIL, (), {"silhouette": "0.3371"}),
        ("online_retail", RETAIL, ("k=2",), {"silhouette": "0.433"}),
        ("mall", MALL, (), {"silhouette": "0.555", "davies_bouldin": "0.572", "calinski_harabasz": "248.6"}),
    ],
)
def test_measures_are_the_published_ones(published, experiment, data, more, figures):
    found, _ = published(experiment, data, *more)
    assert {name: printed_like(figure, found["metrics"][name]) for name, figure in figures.items()} == figures
    assert found["note"]


@pytest.mark.parametrize(
    ("experiment", "data", "more", "sizes"),
    [
        ("personality_hierarchical", PERSONALITY, (), [708, 580, 487, 437]),
        ("personality_hierarchical", PERSONALITY, ("data.dates.Dt_Customer=%d-%m-%Y",), [598, 563, 556, 495]),
        ("personality_dbscan", PERSONALITY, (), [2229, 8]),
        ("churn_onehot", CHURN, (), [4630, 2893, 2477]),
        ("churn_onehot", CHURN, GMM, [5014, 2509, 2477]),
        ("wholesale", WHOLESALE, (), [393, 45, 2]),
        ("wholesale", WHOLESALE, (*WARD, "k=2"), [434, 6]),
        ("wholesale_log", WHOLESALE, (), [251, 189]),
        ("credit_card", CREDIT, (), [3218, 2897, 2835]),
        ("online_retail", RETAIL, (), [1612, 1173, 837, 716]),
        ("mall", MALL, (), [81, 39, 35, 23, 22]),
    ],
)
def test_segments_have_the_published_sizes(published, experiment, data, more, sizes):
    found, _ = published(experiment, data, *more)
    assert [segment["fitted"] for segment in found["segments"]] == sizes


def test_the_right_dates_move_a_fifth_of_the_customers(published):
    _, mistaken = published("personality_hierarchical", PERSONALITY)
    _, right = published("personality_hierarchical", PERSONALITY, "data.dates.Dt_Customer=%d-%m-%Y")
    assert adjusted_rand_score(mistaken, right) == pytest.approx(0.80, abs=0.02)


def test_churn_differs_by_segment_as_published(published):
    found, _ = published("churn_onehot", CHURN)
    assert [round(100 * segment["Exited"], 1) for segment in found["segments"]] == [25.0, 16.1, 16.7]


def test_the_mixture_of_bank_customers_is_the_column_geography(published, real_data):
    _, labels = published("churn_onehot", CHURN, "algorithm=gmm")
    assert adjusted_rand_score(pd.read_csv(real_data(CHURN))["Geography"], labels) == pytest.approx(1.0, abs=5e-4)


def guards_of(published, experiment: str, data: str, *more: str) -> list[str]:
    """What the default rule, under the usual brief, has against a published result."""
    found, _ = published(experiment, data, *more)
    commands.register()
    run = RunRecord("r", "published", FINISHED, metrics=found["metrics"])
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        rule: Any = rule_of(compose("run").selection)
    return rule.guards(run, Brief())


@pytest.mark.parametrize(
    ("experiment", "data", "more", "guard"),
    [
        ("personality_dbscan", PERSONALITY, (), "tiny_segment"),  # 8 noise points counted as a segment
        ("wholesale", WHOLESALE, (), "tiny_segment"),  # 393/45/2
        ("wholesale", WHOLESALE, (), "one_eats_all"),
        ("churn_onehot", CHURN, GMM, "repeats_columns"),  # it is Geography
        ("churn_onehot", CHURN, (*GMM, "k=6", *FEW), "repeats_columns"),  # it is Geography x Gender
        ("churn_onehot", CHURN, DBSCAN, "too_many_segments"),
    ],
)
def test_what_is_wrong_with_a_published_result_is_caught(published, experiment, data, more, guard):
    assert guard in guards_of(published, experiment, data, *more)


def test_real_structure_trips_no_guard(published):
    assert guards_of(published, "mall", MALL) == []
