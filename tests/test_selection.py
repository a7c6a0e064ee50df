"""What is out, and in which order the rest stands."""

import pytest

from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RUNNING, RunRecord
from segkit.selection import MetricRule

FINE = {"segments": 4, "smallest_share": 0.1, "noise_share": 0, "largest_share": 0.4, "assign_agreement": 1}
RULE = MetricRule("careful", "score", most_noise=0.2, most_in_one=0.7, least_agreement=0.75)


def run(name: str, status: str = FINISHED, **metrics: float) -> RunRecord:
    return RunRecord(name, name, status, metrics=FINE | metrics)


def test_the_highest_metric_comes_first() -> None:
    ranking = RULE.rank([run("low", score=0.1), run("high", score=0.9), run("mid", score=0.5)], Brief())
    assert [(ranked.rank, ranked.run.name) for ranked in ranking.runs] == [(1, "high"), (2, "mid"), (3, "low")]
    assert ranking.champion is ranking.runs[0]


def test_a_run_that_trips_a_guard_stands_behind_all_others() -> None:
    ranking = RULE.rank([run("guarded", score=0.9, noise_share=0.5), run("fine", score=0.1)], Brief())
    assert [(ranked.run.name, ranked.guards) for ranked in ranking.runs] == [("fine", ()), ("guarded", ("too_noisy",))]


def test_equal_runs_stand_in_the_order_of_their_names() -> None:
    ranking = RULE.rank([run("b", score=0.5), run("a", score=0.5)], Brief())
    assert [ranked.run.name for ranked in ranking.runs] == ["a", "b"]


def test_where_every_run_trips_a_guard_there_is_no_champion() -> None:
    ranking = RULE.rank([run("a", score=0.5, segments=2)], Brief())
    assert ranking.champion is None
    assert len(ranking.runs) == 1


def test_runs_that_did_not_finish_are_listed_apart() -> None:
    ranking = RULE.rank([run("a", score=0.5), run("b", FAILED), run("c", RUNNING)], Brief())
    assert [ranked.run.name for ranked in ranking.runs] == ["a"]
    assert [record.name for record in ranking.failed] == ["b", "c"]


def test_nothing_can_be_ranked() -> None:
    ranking = RULE.rank([], Brief())
    assert (ranking.runs, ranking.failed, ranking.champion) == ((), (), None)


@pytest.mark.parametrize(
    ("metrics", "guard"),
    [
        ({"segments": 2}, "too_few_segments"),
        ({"segments": 8}, "too_many_segments"),
        ({"smallest_share": 0.01}, "tiny_segment"),
        ({"noise_share": 0.3}, "too_noisy"),
        ({"largest_share": 0.8}, "one_eats_all"),
        ({"assign_agreement": 0.7}, "cannot_assign"),
        ({"lone_segments": 1}, "lone_customer"),
    ],
)
def test_each_guard_is_tripped_by_its_own_metric(metrics: dict[str, float], guard: str) -> None:
    assert RULE.guards(run("a", **{"score": 0.5} | metrics), Brief()) == [guard]


@pytest.mark.parametrize(
    "metrics",
    [
        {"segments": 3},
        {"segments": 7},
        {"smallest_share": 0.02},
        {"noise_share": 0.2},
        {"largest_share": 0.7},
        {"assign_agreement": 0.75},
    ],
)
def test_a_run_on_the_very_border_trips_no_guard(metrics: dict[str, float]) -> None:
    assert RULE.guards(run("a", **{"score": 0.5} | metrics), Brief()) == []


def test_a_run_without_the_metric_has_no_score_and_stands_last() -> None:
    ranking = RULE.rank([run("blind"), run("fine", score=-5.0)], Brief())
    assert [ranked.run.name for ranked in ranking.runs] == ["fine", "blind"]
    assert ranking.runs[1].guards == ("no_score",)


def test_a_run_without_any_metric_trips_all_that_it_cannot_answer() -> None:
    guards = RULE.guards(RunRecord("a", "a", FINISHED), Brief())
    assert guards == ["too_few_segments", "tiny_segment", "no_score", "cannot_assign"]


def test_another_brief_lets_another_run_win() -> None:
    runs = [run("two", score=0.9, segments=2), run("four", score=0.5)]
    few, usual = RULE.rank(runs, Brief(fewest_segments=2)).champion, RULE.rank(runs, Brief()).champion
    assert few is not None
    assert usual is not None
    assert (few.run.name, usual.run.name) == ("two", "four")


def test_a_rule_guards_nothing_unless_told() -> None:
    careless = MetricRule("any", "score")
    metrics = {"score": 0.5, "noise_share": 0.9, "largest_share": 0.99, "assign_agreement": 0.1}
    assert careless.guards(run("a", **metrics), Brief()) == []
