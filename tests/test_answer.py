"""What a sweep says in plain words."""

from dataclasses import replace

import pytest

from segkit.answer import GUARDS, answer, sweep_report, verdict
from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking

FINE = {"segments": 4.0, "smallest_share": 0.1, "silhouette_macro": 0.5}
RULE = MetricRule("careful", "silhouette_macro", most_noise=0.2, most_in_one=0.7, least_agreement=0.75)


def run(name: str, status: str = FINISHED, reason: str = "", **metrics: float) -> RunRecord:
    return RunRecord(name, name, status, {}, FINE | {"assign_agreement": 1.0} | metrics, reason=reason)


def ranked(*runs: RunRecord) -> Ranking:
    return RULE.rank(runs, Brief())


def test_the_best_run_is_named_with_its_score_and_the_runner_up() -> None:
    assert answer(ranked(run("a"), run("b", silhouette_macro=0.25), run("c", silhouette_macro=0.125))) == (
        "Best by careful: a, 4 segments, macro silhouette 0.500. Runner-up: b (0.250). "
        "No guard speaks against it; whether these are natural segments has not been tested."
    )


@pytest.mark.parametrize(
    ("params", "what"),
    [
        ([{}, {"features": "[a,b]"}], "features"),
        ([{"features": "all"}, {"features": "money"}], "features"),
        ([{"preprocessing.weights": "{a:2}"}, {"features": "money"}], "features and weights"),
    ],
)
def test_scores_of_different_columns_are_said_not_to_compare(params: list[dict], what: str) -> None:
    runs = [replace(run(str(place)), params=one) for place, one in enumerate(params)]
    assert f"Runs differ in {what}: between those a higher score does not say better" in answer(ranked(*runs))
    assert "Runs differ" not in answer(ranked(runs[0], runs[0]))


def test_that_only_some_customers_were_fitted_is_said() -> None:
    said = "Fitted on 20.0% of the customers; the others were given the segment that suits them best. No guard"
    assert said in answer(ranked(run("a", fitted_share=0.2)))


def test_a_guarded_run_is_no_runner_up() -> None:
    assert "Runner-up" not in answer(ranked(run("a"), run("b", segments=9.0)))


def test_where_all_are_guarded_the_answer_says_what_against() -> None:
    text = answer(ranked(run("a", segments=2.0), run("b", segments=2.0, noise_share=0.5)))
    assert text == (
        "No run can be recommended: each of 2 trips a guard "
        "(fewer segments than the brief asks for; too many customers left unassigned)."
    )


def test_without_a_finished_run_there_is_nothing_to_choose() -> None:
    assert answer(ranked(run("a", FAILED))) == "No run finished, so there is nothing to choose."


@pytest.mark.parametrize(
    ("ranking", "word"),
    [(ranked(run("a")), "untested"), (ranked(run("a", segments=1.0)), "none"), (ranked(), "none")],
)
def test_the_verdict_is_one_word(ranking: Ranking, word: str) -> None:
    assert verdict(ranking) == word


def test_every_guard_has_words() -> None:
    bare, noisy = RunRecord("1", "a", FINISHED), run("b", segments=99.0, lone_segments=1.0, largest_share=0.9)
    unweighted = run("c", weights_used=0.0, smallest_customers=90.0, noise_share=0.9)
    tripped = RULE.guards(bare, Brief(smallest_value=1.0)) + RULE.guards(noisy, Brief())
    assert set(tripped + RULE.guards(unweighted, Brief(capacity=50))) == set(GUARDS)


def test_the_report_holds_table_failures_and_answer() -> None:
    ranking = ranked(run("a"), run("b", FAILED, reason="ValueError: no"), run("c", FAILED))
    text = sweep_report(ranking, "shop").text
    assert "sil.macro" in text.splitlines()[0]
    assert "\n2 runs failed:\n  b: ValueError: no\n  c: failed\n" in text
    assert answer(ranking) in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 110


def test_the_page_of_a_sweep_starts_with_the_answer_and_holds_table_and_failures() -> None:
    ranking = ranked(run("a"), run("b", segments=2.0), run("c", FAILED, reason="ValueError: no"), run("d", FAILED))
    assert sweep_report(ranking, "shop").markdown.split("\n\n") == [
        f"**{answer(ranking)}**",
        f"Brief: {Brief()}.",
        "Best runs of shop (rule `careful`):",
        "| | run | segments | score | guards |\n"
        "|---|---|---|---|---|\n"
        "| 1 | a | 4 | 0.500 |  |\n"
        "| 2 | b | 2 | 0.500 | too_few_segments |",
        "- c: ValueError: no",
        "- d: failed",
        "Pictures and the whole table: Artifacts.",
    ]


def test_the_page_of_a_sweep_shows_five_runs_at_most() -> None:
    page = sweep_report(ranked(*(run(f"r{number}") for number in range(9))), "shop").markdown
    assert [line.split(" | ")[1] for line in page.splitlines() if line[:3] in ("| 1", "| 5", "| 6")] == ["r0", "r4"]


def test_the_report_is_silent_on_failures_where_there_are_none() -> None:
    assert "failed" not in sweep_report(ranked(run("a")), "shop").text


def test_the_report_lists_ten_failures_at_most() -> None:
    report = sweep_report(ranked(*(run(f"r{i}", FAILED) for i in range(25))), "shop")
    assert "25 runs failed:" in report.text
    assert report.text.count(": failed") == 10


def test_one_failure_is_announced_in_the_singular() -> None:
    assert "\n1 run failed:\n  b: failed\n" in sweep_report(ranked(run("a"), run("b", FAILED)), "shop").text
