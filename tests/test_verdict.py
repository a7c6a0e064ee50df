"""Natural segments, slices of a continuum, none, or not tested."""

import pytest

from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import Ranking, TrustedRule
from segkit.verdict import CONTINUUM, NATURAL, NONE, UNTESTED, WORDS, beats_lookalikes, is_solid, verdict

FINE = {"segments": 4.0, "smallest_share": 0.1, "silhouette_macro": 0.5, "stability_quick": 0.8}
SOLID = {"stability": 0.9, "stability_min": 0.75, "lookalike_p": 0.02}


def ranked(*found: dict[str, float]) -> Ranking:
    runs = [RunRecord(str(place), str(place), FINISHED, metrics=FINE | one) for place, one in enumerate(found)]
    return TrustedRule("trusted", "silhouette_macro", least_stability=0.4).rank(runs, Brief())


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (SOLID, NATURAL),
        (SOLID | {"stability": 0.75, "lookalike_p": 0.025}, NATURAL),
        (SOLID | {"stability": 0.74}, CONTINUUM),
        (SOLID | {"stability_min": 0.74}, CONTINUUM),
        (SOLID | {"lookalike_p": 0.04}, CONTINUUM),
        ({"stability": 0.9, "stability_min": 0.9}, CONTINUUM),
        ({"stability": 0.9, "lookalike_p": 0.02}, CONTINUUM),
        ({}, UNTESTED),
        ({"segments": 2.0}, NONE),
        (SOLID | {"segments": 2.0}, NONE),
        (SOLID | {"stability": 0.3}, NONE),
    ],
)
def test_the_verdict_is_one_word(found: dict[str, float], word: str) -> None:
    assert verdict(ranked(found)) == word


def test_without_a_finished_run_there_are_no_segments() -> None:
    failed = RunRecord("a", "a", FAILED)
    assert verdict(TrustedRule("trusted", "silhouette_macro").rank([failed], Brief())) == NONE


def test_the_verdict_is_on_the_run_that_is_chosen() -> None:
    slices, tribes = SOLID | {"agreement": 0.9, "lookalike_p": 0.5}, SOLID | {"agreement": 0.5}
    assert verdict(ranked(slices, tribes)) == CONTINUUM
    assert verdict(ranked(slices | {"agreement": 0.4}, tribes)) == NATURAL


def test_what_is_not_known_speaks_for_nothing() -> None:
    assert not is_solid({})
    assert not beats_lookalikes({})


def test_every_verdict_has_words() -> None:
    assert set(WORDS) == {CONTINUUM, NATURAL, NONE, UNTESTED}
