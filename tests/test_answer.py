"""What a sweep says in plain words."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.answer import GUARDS, answer, best_so_far, sweep_report
from segkit.beside import Beside
from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking

FINE = {"segments": 4.0, "smallest_share": 0.1, "silhouette_macro": 0.5}
RULE = MetricRule("careful", "silhouette_macro", most_noise=0.2, most_in_one=0.7, least_agreement=0.75)


def run(name: str, status: str = FINISHED, reason: str = "", **metrics: float) -> RunRecord:
    return RunRecord(name, name, status, {}, FINE | {"assign_agreement": 1.0} | metrics, reason=reason)


def ranked(*runs: RunRecord) -> Ranking:
    return RULE.rank(runs, Brief())


WEIGHED = {"stability": 0.9, "stability_min": 0.8, "lookalike_p": 0.02}


def test_before_there_is_evidence_the_best_run_is_named_with_its_score() -> None:
    assert answer(ranked(run("a"), run("b", silhouette_macro=0.25), run("c", silhouette_macro=0.125))) == (
        "Best by careful: a, 4 segments, macro silhouette 0.500. Whether these are natural segments has not been "
        "tested. Runner-up: b. Plain silhouette would have chosen it too."
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            {},
            "Natural segments: a, 4 segments; fitted on half of the customers they come out again (agreement 0.90, the "
            "weakest segment to 80 %), and lookalikes of the table hold none so distinct (p = 0.02).",
        ),
        (
            {"lookalike_p": 0.4},
            "Stable but a continuum: a, 4 segments; fitted on half of the customers they come out again (agreement "
            "0.90, the weakest segment to 80 %), and lookalikes of the table, which hold no segments, do as well "
            "(p = 0.40): useful slices, not separate tribes.",
        ),
        (
            {"stability_min": 0.5},
            "Stable but a continuum: a, 4 segments; fitted on half of the customers they come out again (agreement "
            "0.90, the weakest segment to 50 %), and lookalikes of the table hold none so distinct (p = 0.02): "
            "useful slices, not separate tribes.",
        ),
    ],
)
def test_the_verdict_is_said_with_its_reasons(found: dict[str, float], said: str) -> None:
    ranking = ranked(run("a", **WEIGHED | found))
    assert answer(ranking) == f"{said} Plain silhouette would have chosen it too."


def test_what_speaks_for_which_k_is_a_line_of_its_own() -> None:
    ranking = ranked(run("a"))
    ways = pd.DataFrame({"criterion": ["elbow", "gap", "bic"], "k": [4, 4, 4]})
    suggestions = ways.assign(pipeline=ranking.runs[0].run.pipeline)
    report = sweep_report(ranking, "shop", Beside(k_suggestions=suggestions))
    for text in (report.text, report.markdown):
        assert any(line.startswith("k: all 3 ways say 4") for line in text.splitlines())
    assert "k: " not in sweep_report(ranked(run("a")), "shop").text


def test_rivals_are_weighed_against_the_best_run() -> None:
    rivals = pd.DataFrame({"name": ["a", "age bands"], "about": "", "segments": 4, "Exited AUC": [0.63, 0.72]})
    said = "Against simpler ways it does worse on Exited (AUC 0.63; age bands 0.72)."
    assert said in answer(ranked(run("a")), rivals)
    report = sweep_report(ranked(run("a")), "shop", Beside(rivals))
    assert said in " ".join(report.text.split())
    assert said in report.markdown
    assert "how far each separates" in report.text
    assert "how far each separates" not in sweep_report(ranked(run("a")), "shop").text


@pytest.mark.parametrize(
    ("habit", "why"),
    [
        ({"segments": 2.0}, "fewer segments than the brief asks for"),
        (
            {"segments": 2.0, "noise_share": 0.5},
            "fewer segments than the brief asks for and too many customers left unassigned",
        ),
        ({"stability_quick": 0.5}, "it comes out again less (quick stability 0.50 against 0.75)"),
        ({}, "its segments are less apart on average, or fewer of the other good runs confirm it"),
    ],
)
def test_what_plain_silhouette_would_have_chosen_is_said_with_why_it_was_not(habit: dict[str, float], why: str) -> None:
    best = run("a", silhouette=0.4, silhouette_macro=0.6, stability_quick=0.75)
    other = run("b", **{"silhouette": 0.5, "stability_quick": 0.75} | habit)
    assert answer(ranked(best, other)).endswith(f"Plain silhouette would have chosen b (0.500): {why}.")


def test_that_plain_silhouette_agrees_is_said_too() -> None:
    runs = [run("a", silhouette=0.5, silhouette_macro=0.6), run("b", silhouette=0.4)]
    assert answer(ranked(*runs)).endswith("Runner-up: b. Plain silhouette would have chosen it too.")


def test_columns_that_the_habit_repeats_are_named() -> None:
    rule = replace(RULE, most_repeated=0.9)
    habit = replace(run("b", silhouette=0.9, repeats=0.95), repeats="Geography x Gender")
    told = answer(rule.rank([run("a", silhouette=0.4), habit], Brief()))
    assert "would have chosen b (0.900): the segments are one column, or two, under another name (Geography x " in told


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
    said = "Fitted on 20.0 % of the customers; the others were given the segment that suits them best."
    assert answer(ranked(run("a", fitted_share=0.2))).endswith(said)
    assert "Fitted on" not in answer(ranked(run("a")))


def test_a_guarded_run_is_no_runner_up() -> None:
    assert "Runner-up" not in answer(ranked(run("a"), run("b", segments=9.0)))


def test_where_all_are_guarded_the_answer_says_what_against() -> None:
    text = answer(ranked(run("a", segments=2.0), run("b", segments=2.0, noise_share=0.5)))
    assert text == (
        "No segments here to rely on: each of 2 runs trips a guard "
        "(fewer segments than the brief asks for; too many customers left unassigned)."
    )


def test_without_a_finished_run_there_is_nothing_to_choose() -> None:
    assert answer(ranked(run("a", FAILED))) == "No run finished, so there is nothing to choose."


def test_where_all_that_was_weighed_is_guarded_only_that_is_said() -> None:
    rule = replace(RULE, least_stability=0.4)
    told = answer(rule.rank([run("a", stability=0.1), run("b", stability=0.2), run("c"), run("d")], Brief()))
    assert told == (
        "No segments here to rely on: each of the best 2 of 4 runs trips a guard "
        "(half of the customers fall into other segments than all of them do)."
    )


def test_every_guard_has_words() -> None:
    rule = replace(RULE, least_stability=0.4, most_repeated=0.9)
    bare, noisy = RunRecord("1", "a", FINISHED), run("b", segments=99.0, lone_segments=1.0, largest_share=0.9)
    unweighted = run("c", weights_used=0.0, smallest_customers=90.0, noise_share=0.9)
    hollow = run("d", repeats=1.0, stability=0.1)
    tripped = rule.guards(bare, Brief(smallest_value=1.0)) + rule.guards(noisy, Brief())
    tripped += rule.guards(unweighted, Brief(capacity=50)) + rule.guards(hollow, Brief())
    assert set(tripped) == set(GUARDS)


@pytest.mark.parametrize(("runs", "said"), [([], ""), (["a"], "a 0.500"), (["a", "b"], "a 0.500")])
def test_the_run_that_leads_is_told_with_its_score(runs: list[str], said: str) -> None:
    assert best_so_far(ranked(*(run(name) for name in runs))) == said


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
        f"**{answer(ranking)}".replace(". ", "**. ", 1),
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
