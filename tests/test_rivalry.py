"""The winner beside what needs no algorithm."""

import pandas as pd
import pytest

from segkit.brief import Brief
from segkit.records import FINISHED, RunRecord, useful_metric
from segkit.rivalry import BASELINE, against_rivals, rivals_text, standing
from segkit.selection import MetricRule, Ranking

FINE = {"segments": 4.0, "smallest_share": 0.1}
RIVALS = pd.DataFrame(
    {
        "name": ["age bands", "spending quarters"],
        "about": ["Age: below 35, from 35", "Balance"],
        "segments": [2, 4],
        "Exited AUC": [0.72, 0.55],
        "paid (a year) explained": [0.1, float("nan")],
    }
)


def run(name: str, apart: float, **metrics: float) -> RunRecord:
    preprocessing, reducer, algorithm = name.split("-")[:3]
    params = {"preprocessing": preprocessing, "reducer": reducer, "algorithm": algorithm}
    return RunRecord(name, name, FINISHED, params, FINE | {"silhouette_macro": apart} | metrics)


def ranked(*runs: RunRecord) -> Ranking:
    return MetricRule("rule", "silhouette_macro").rank(runs, Brief())


WINNER = run("robust-pca-gmm", 0.9, segments=3, **{useful_metric("Exited"): 0.63, useful_metric("paid (a year)"): 0.25})
PLAIN = run("standard-none-kmeans", 0.5, segments=5, **{useful_metric("Exited"): 0.6})


def test_the_winner_stands_first_then_the_baseline_then_the_rivals() -> None:
    found = standing(RIVALS, ranked(run("standard-none-kmeans-2", 0.4), PLAIN, WINNER))
    assert list(found.columns) == list(RIVALS.columns)
    assert found["name"].tolist() == ["robust-pca-gmm", BASELINE, "age bands", "spending quarters"]
    assert found["about"].tolist()[:2] == ["the winner", "standard-none-kmeans: no reducer"]
    assert found["segments"].tolist() == [3, 5, 2, 4]
    assert found["Exited AUC"].tolist() == [0.63, 0.6, 0.72, 0.55]
    assert found["paid (a year) explained"].tolist()[0] == 0.25
    assert found["paid (a year) explained"].isna().tolist() == [False, True, False, True]


def test_a_winner_that_is_the_baseline_stands_there_once() -> None:
    found = standing(RIVALS, ranked(PLAIN, run("standard-none-kmeans-2", 0.4)))
    assert found["name"].tolist() == [PLAIN.name, "age bands", "spending quarters"]


def test_a_sweep_without_plain_runs_has_no_baseline() -> None:
    assert BASELINE not in set(standing(RIVALS, ranked(WINNER, run("standard-none-gmm", 0.1)))["name"])


def test_without_a_winner_the_baseline_and_the_rivals_remain() -> None:
    found = standing(RIVALS, ranked(run("standard-none-kmeans", 0.5, segments=2)))
    assert found["name"].tolist() == [BASELINE, "age bands", "spending quarters"]


def test_where_nothing_can_be_measured_only_the_rivals_are_told() -> None:
    bare = RIVALS[["name", "about", "segments"]]
    pd.testing.assert_frame_equal(standing(bare, ranked(WINNER, PLAIN)), bare)


def test_a_table_without_rivals_holds_what_the_sweep_has() -> None:
    assert standing(RIVALS.head(0), ranked(WINNER))["name"].tolist() == [WINNER.name]


def test_with_neither_winner_nor_rivals_the_table_is_empty() -> None:
    found = standing(RIVALS.head(0), ranked(run("robust-pca-gmm", 0.5, segments=2)))
    assert found.empty
    assert list(found.columns) == list(RIVALS.columns)


def told(ours: list[float], *others: float, target: str = "Exited AUC") -> str:
    table = pd.DataFrame({"name": ["a", *"bcd"[: len(others)]], "about": "", "segments": 4, target: [*ours, *others]})
    return against_rivals("a", table)


@pytest.mark.parametrize(
    ("ours", "others", "said"),
    [
        (0.7, [0.6, 0.65], "Against simpler ways it does better on Exited (AUC 0.70; c 0.65)."),
        (0.6, [0.72, 0.65], "Against simpler ways it does worse on Exited (AUC 0.60; b 0.72)."),
        (0.6, [0.605, 0.5], "Against simpler ways it does as well on Exited (AUC 0.60; b 0.60)."),
        (0.6, [0.62], "Against simpler ways it does worse on Exited (AUC 0.60; b 0.62)."),
        (0.6, [float("nan"), 0.5], "Against simpler ways it does better on Exited (AUC 0.60; c 0.50)."),
        (0.6, [float("nan")], ""),
        (float("nan"), [0.6], ""),
        (0.6, [], ""),
    ],
)
def test_the_winner_is_held_against_the_best_of_the_others(ours: float, others: list[float], said: str) -> None:
    assert told([ours], *others) == said


def test_targets_are_told_by_how_the_winner_does_on_them() -> None:
    said = against_rivals(WINNER.name, standing(RIVALS, ranked(WINNER, PLAIN)))
    assert said == (
        "Against simpler ways it does better on paid (a year) (explained 0.25; age bands 0.10); "
        "worse on Exited (AUC 0.63; age bands 0.72)."
    )
    both = pd.DataFrame({"name": ["a", "b"], "about": "", "segments": 4, "x AUC": [0.5, 0.6], "y AUC": [0.5, 0.7]})
    assert against_rivals("a", both).endswith("it does worse on x (AUC 0.50; b 0.60), y (AUC 0.50; b 0.70).")


def test_who_is_not_in_the_table_is_not_compared() -> None:
    assert against_rivals("a", None) == ""
    assert against_rivals("nobody", RIVALS) == ""


def test_a_terminal_sees_numbers_in_a_table_and_gaps_where_there_are_none() -> None:
    blank, table = rivals_text(standing(RIVALS, ranked(WINNER)))
    lines = table.splitlines()
    assert blank == ""
    assert lines[0].startswith("how far each separates  segments  Exited AUC  paid (a year) explained")
    assert lines[1].split() == ["robust-pca-gmm", "3", "0.630", "0.250"]
    assert lines[3].split() == ["spending", "quarters", "4", "0.550"]


@pytest.mark.parametrize("rivals", [None, RIVALS.head(1), RIVALS[["name", "about", "segments"]]])
def test_a_terminal_is_spared_a_table_that_compares_nothing(rivals: pd.DataFrame | None) -> None:
    assert rivals_text(rivals) == []
