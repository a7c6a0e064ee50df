"""Runs that differ in nothing but the seed, taken together."""

import json

import pytest

from segkit.beside import Beside
from segkit.brief import Brief
from segkit.over_seeds import Spread, over_seeds, seeds_json, with_same_labels
from segkit.records import FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking
from segkit.tables import ranking_table, sweep_json


def run(algorithm: str, seed: int, score: float, **metrics: float) -> RunRecord:
    name = f"standard-none-{algorithm}-4-seed={seed}"
    params = {"preprocessing": "standard", "reducer": "none", "algorithm": algorithm, "k": "4", "seed": str(seed)}
    found = {"score": score, "segments": 4.0, "smallest_share": 0.1}
    return RunRecord(name, name, FINISHED, params, found | metrics)


def ranked(*runs: RunRecord) -> Ranking:
    return MetricRule("rule", "score").rank(runs, Brief())


@pytest.fixture
def ranking() -> Ranking:
    """gmm is better on average, kmeans has the best run, dbscan is there once."""
    return ranked(
        run("kmeans", 0, 0.9, silhouette=0.5),
        run("kmeans", 10, 0.1, silhouette=0.25),
        run("kmeans", 2, 0.2),
        run("gmm", 0, 0.5),
        run("gmm", 1, 0.7),
        run("dbscan", 0, 0.8),
    )


def test_a_group_has_the_name_parameters_and_seeds_of_its_runs(ranking) -> None:
    gmm, kmeans = over_seeds(ranking)
    assert (gmm.name, kmeans.name) == ("standard-none-gmm-4", "standard-none-kmeans-4")
    assert kmeans.params == {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans", "k": "4"}
    assert kmeans.seeds == ["0", "2", "10"]


def test_measures_are_summed_up_as_mean_and_standard_deviation(ranking) -> None:
    gmm, kmeans = over_seeds(ranking)
    assert gmm.metrics["score"] == Spread(pytest.approx(0.6), pytest.approx(0.1414, abs=1e-4))
    assert gmm.metrics["segments"] == Spread(4.0, 0.0)
    assert "silhouette" not in gmm.metrics
    assert kmeans.metrics["silhouette"].mean == 0.375  # of those that have it


def test_one_seed_makes_no_group() -> None:
    assert over_seeds(ranked(run("kmeans", 0, 0.1), run("gmm", 0, 0.2))) == []
    assert over_seeds(ranked(run("kmeans", 0, 0.1), run("kmeans", 0, 0.2))) == []
    assert over_seeds(ranked()) == []


def test_a_seed_in_the_middle_of_a_name_is_left_out() -> None:
    runs = [run("kmeans", seed, 0.1) for seed in (0, 1)]
    named = [RunRecord(one.run_id, f"{one.name}-tol=0.1", FINISHED, one.params, one.metrics) for one in runs]
    assert over_seeds(ranked(*named))[0].name == "standard-none-kmeans-4-tol=0.1"


def test_groups_are_told_as_json(ranking) -> None:
    groups = over_seeds(ranking)
    told = json.loads(json.dumps(sweep_json("s", "none", ranking, Beside(groups=groups))))["over_seeds"]
    assert told == json.loads(json.dumps(seeds_json(groups)))
    assert set(told[0]) == {"name", "params", "seeds", "metrics"}
    assert told[0]["metrics"]["score"] == {"mean": pytest.approx(0.6), "spread": pytest.approx(0.1414, abs=1e-4)}
    assert sweep_json("s", "none", ranking)["over_seeds"] == []


def test_a_table_of_runs_says_beside_each_what_is_known_over_its_seeds(ranking) -> None:
    groups = [with_same_labels(group, [0.5, 0.7]) for group in over_seeds(ranking)]
    table = ranking_table(ranking, groups).set_index("name")
    assert table.loc["standard-none-gmm-4-seed=1", "score_mean"] == pytest.approx(0.6)
    assert table.loc["standard-none-gmm-4-seed=0", "same_labels_mean"] == pytest.approx(0.6)
    assert table.loc["standard-none-kmeans-4-seed=2", "seeds"] == 3
    assert table.loc["standard-none-dbscan-4-seed=0", ["seeds", "score_mean"]].isna().all()
    assert "seeds" not in ranking_table(ranking)
