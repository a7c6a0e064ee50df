"""What is out, and in which order the rest stands."""

from dataclasses import replace

import numpy as np
import pytest
from hydra import compose, initialize_config_dir

from segkit.brief import Brief
from segkit.config import commands
from segkit.config.stored import rule_of
from segkit.places import conf_folder
from segkit.records import FAILED, FINISHED, RUNNING, RunRecord
from segkit.selection import MetricRule, Ranking, TrustedRule, trust

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


TRUSTED = TrustedRule("trusted", "silhouette_macro", most_noise=0.2, least_stability=0.4, most_repeated=0.9)


def tried(name: str, apart: float = 0.5, quick: float = 0.8, **metrics: float) -> RunRecord:
    return run(name, silhouette_macro=apart, stability_quick=quick, **metrics)


def names(runs) -> list[str]:
    return [getattr(one, "run", one).name for one in runs]


def finalists(*runs: RunRecord, rule: TrustedRule = TRUSTED) -> list[str]:
    return names(rule.finalists(runs, Brief()))


def ranked(*runs: RunRecord) -> Ranking:
    return TRUSTED.rank(runs, Brief())


def test_finalists_are_best_by_stability_times_how_far_segments_are_apart() -> None:
    runs = [tried("apart", 0.9, 0.5), tried("both", 0.7, 0.8), tried("stable", 0.4, 1.0), tried("neither", 0.3, 0.5)]
    few = replace(TRUSTED, fewest_finalists=2)
    assert finalists(*runs, rule=few) == ["both", "apart"]


@pytest.mark.parametrize(("runs", "chosen"), [(3, 3), (5, 5), (12, 5), (50, 5), (51, 6), (90, 9)])
def test_a_tenth_of_the_runs_are_finalists_but_five_at_least(runs: int, chosen: int) -> None:
    best_first = [tried(f"r{place:02}", apart=1 - place / 100) for place in range(runs)]
    assert finalists(*reversed(best_first)) == names(best_first[:chosen])


@pytest.mark.parametrize(
    "metrics",
    [
        {"segments": 2},
        {"noise_share": 0.3},
        {"lone_segments": 1},
        {"weights_used": 0},
        {"repeats": 0.95},
        {"quick": 0.39},
    ],
)
def test_what_a_guard_keeps_out_without_evidence_is_no_finalist(metrics: dict[str, float]) -> None:
    assert finalists(tried("guarded", **{"apart": 0.9} | metrics), tried("fine", apart=0.1)) == ["fine"]


def test_the_share_is_counted_of_the_runs_that_may_be_chosen() -> None:
    sound = [tried(f"s{place:02}") for place in range(51)]
    assert len(finalists(*sound, *(tried(f"g{place:02}", segments=2) for place in range(49)))) == 6


def test_runs_that_did_not_finish_are_no_finalists() -> None:
    assert finalists(tried("a"), RunRecord("b", "b", FAILED, metrics=tried("b").metrics)) == ["a"]


def test_a_finalist_that_dissolves_stays_one_but_is_guarded() -> None:
    runs = [tried("gone", 0.9, stability=0.39, agreement=1.0), tried("there", 0.2, stability=0.4, agreement=0.1)]
    assert finalists(*runs) == ["gone", "there"]
    ranking = ranked(*runs)
    assert [(one.run.name, one.guards) for one in ranking.runs] == [("there", ()), ("gone", ("dissolves",))]


def test_evidence_does_not_change_who_is_a_finalist() -> None:
    runs = [tried(f"r{place}", apart=1 - place / 10) for place in range(8)]
    weighed = [replace(one, metrics={**one.metrics, "stability": 0.1, "agreement": 0.1}) for one in runs[:5]]
    assert finalists(*weighed, *runs[5:]) == names(runs[:5])


def test_among_finalists_stability_times_agreement_decides() -> None:
    alone = tried("alone", 0.9, stability=0.9, agreement=0.5)
    confirmed = tried("confirmed", 0.3, stability=0.7, agreement=0.8)
    shaky = tried("shaky", 0.6, stability=0.5, agreement=0.95)
    assert names(ranked(alone, shaky, confirmed).runs) == ["confirmed", "shaky", "alone"]
    assert [round(trust(one), 3) for one in (alone, confirmed, shaky)] == [0.45, 0.56, 0.475]


def test_before_there_is_evidence_quick_stability_stands_for_it() -> None:
    assert names(ranked(tried("a", 0.9, 0.5), tried("b", 0.5, 0.6)).runs) == ["b", "a"]


def test_a_finalist_stands_before_all_others_however_little_confirms_it() -> None:
    best = [tried(f"f{place}", 0.9, stability=0.4, agreement=-0.5) for place in range(5)]
    assert names(ranked(tried("later", 0.8), *best).runs) == [*names(best), "later"]


def test_others_stand_by_how_far_apart_and_stable_they_are() -> None:
    best = [tried(f"f{place}", 0.9) for place in range(5)]
    others = [tried("low", 0.3, 0.5), tried("high", 0.4, 0.9), tried("mid", 0.5, 0.5)]
    assert names(ranked(*others, *best).runs)[5:] == ["high", "mid", "low"]


def test_tables_too_small_for_halves_are_ordered_by_silhouette() -> None:
    runs = [run(name, silhouette_macro=value) for name, value in (("a", 0.1), ("b", 0.5), ("c", 0.3))]
    assert [ranked.run.name for ranked in TRUSTED.rank(runs, Brief()).runs] == ["b", "c", "a"]


def test_negative_measures_do_not_make_a_good_one() -> None:
    free = replace(TRUSTED, least_stability=-1.0)
    assert finalists(tried("a", -0.9, -0.9), tried("b", 0.1, 0.1), rule=free) == ["b", "a"]


@pytest.mark.parametrize("rule", [TRUSTED, MetricRule("any", "silhouette_macro")])
def test_once_any_run_is_weighed_only_such_a_run_is_chosen(rule) -> None:
    unknown, known = tried("unknown", 0.9, 0.9), tried("known", 0.5, 0.5, stability=0.5, agreement=0.6)
    assert rule.rank([unknown], Brief()).champion.run is unknown
    assert rule.rank([unknown, known], Brief()).champion.run is known
    assert names(rule.rank([unknown, known], Brief()).runs) == ["unknown", "known"]


def test_where_all_that_is_weighed_dissolves_nothing_is_chosen() -> None:
    gone = [tried(f"f{place}", 0.9, stability=0.1) for place in range(5)]
    ranking = ranked(*gone, tried("other", 0.2))
    assert ranking.champion is None
    assert ranking.runs[0].guards == ()


@pytest.mark.parametrize("name", ["trusted", "macro_silhouette", "silhouette"])
def test_no_rule_sees_the_truth(name: str) -> None:
    rng = np.random.default_rng(0)
    runs = [
        tried(f"r{place:02}", *rng.uniform(0.1, 1, 2), silhouette=rng.uniform(), stability=rng.uniform(), agreement=0.5)
        for place in range(20)
    ]
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        rule = rule_of(compose("run", [f"selection={name}"]).selection)
    places = names(rule.rank(runs, Brief()).runs)
    for answers in (np.linspace(0, 1, 20), np.linspace(1, 0, 20)):
        told = [
            replace(one, metrics={**one.metrics, "truth_ami": answer, "truth_ari": answer})
            for one, answer in zip(runs, answers, strict=True)
        ]
        assert names(rule.rank(told, Brief()).runs) == places
        assert names(rule.finalists(told, Brief())) == names(rule.finalists(runs, Brief()))


def test_the_finalists_of_a_metric_are_the_best_few_that_no_guard_speaks_against() -> None:
    runs = [run(f"r{place}", score=place / 10) for place in range(10)]
    rule = replace(RULE, most_finalists=3)
    assert names(rule.finalists([*runs, run("guarded", score=5.0, segments=2)], Brief())) == ["r9", "r8", "r7"]
    assert len(RULE.finalists(runs, Brief())) == 8


@pytest.mark.parametrize("rule", [RULE, TrustedRule("trusted", "silhouette_macro", least_stability=0.4)])
def test_what_a_search_climbs_stands_above_all_that_break_something_and_these_in_order(rule) -> None:
    ladder = [
        run("three guards", score=9.0, silhouette_macro=0.9, stability_quick=0.9, segments=2, smallest_share=0.001),
        run("two worse", score=-5.0, silhouette_macro=0.1, stability_quick=0.5, segments=9, smallest_share=0.001),
        run("two better", score=5.0, silhouette_macro=0.2, stability_quick=0.5, segments=9, smallest_share=0.001),
        run("one", score=1e6, silhouette_macro=0.9, stability_quick=0.9, segments=9),
        run("sound", score=-1e6, silhouette_macro=-0.1, stability_quick=0.5),
        run("better", score=0.1, silhouette_macro=0.1, stability_quick=0.6),
        run("best", score=0.2, silhouette_macro=0.2, stability_quick=0.6),
    ]
    brief = replace(Brief(), smallest_customers=0)
    broken = replace(ladder[0], metrics={**ladder[0].metrics, "largest_share": 0.99, "lone_segments": 1.0})
    promises = [rule.promise(one, brief) for one in [broken, *ladder[1:]]]
    assert promises == sorted(promises)
    assert len(set(promises)) == len(promises)


def test_what_a_search_climbs_does_not_change_with_the_evidence() -> None:
    rule = TrustedRule("trusted", "silhouette_macro", least_stability=0.4)
    before = run("a", silhouette_macro=0.3, stability_quick=0.6)
    after = replace(before, metrics={**before.metrics, "stability": 0.1, "agreement": 0.1})
    assert rule.promise(before, Brief()) == rule.promise(after, Brief()) > 0
    dissolving = run("b", silhouette_macro=0.9, stability_quick=0.3, stability=0.9)
    assert rule.promise(dissolving, Brief()) < 0


def test_what_a_search_climbs_is_what_makes_finalists() -> None:
    rng = np.random.default_rng(0)
    runs = [
        run(f"r{n}", silhouette_macro=rng.random(), stability_quick=rng.random(), segments=int(rng.integers(2, 9)))
        for n in range(60)
    ]
    rule = TrustedRule("trusted", "silhouette_macro", least_stability=0.4)
    finalists = rule.finalists(runs, Brief())
    best = sorted(runs, key=lambda one: -rule.promise(one, Brief()))[: len(finalists)]
    assert {one.name for one in best} == {one.name for one in finalists}


def test_the_same_setting_under_another_seed_does_not_confirm_itself() -> None:
    measured = {"silhouette_macro": 0.5, "stability_quick": 0.9, "segments": 4.0}
    runs = [
        replace(run(f"r{place}", **measured), params={"k": str(place // 3), "seed": str(place % 3)})
        for place in range(9)
    ]
    rule = TrustedRule("trusted", "silhouette_macro")
    assert [one.name for one in rule.finalists(runs, Brief())] == ["r0", "r3", "r6"]
