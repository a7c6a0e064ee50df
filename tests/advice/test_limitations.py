"""The limitations section: each point where its figure asks for it, and only there."""

import pandas as pd
import pytest

from segkit import verdict
from segkit.advice.limitations import limitations, limitations_markdown, reliance
from segkit.advice.weighed import RunEvidence, not_to_rely_on

SOLID = {
    "stability": 0.9,
    "stability_min": 0.85,
    "lookalike_p": 0.02,
    "agreement": 0.8,
    "unsure_share": 0.03,
    "assign_agreement": 0.99,
    "noise_share": 0.0,
    "repeats": 0.3,
    "smallest_share": 0.2,
    "confidence": 0.9,
}


def topics(names, said=verdict.NATURAL, again=(0.9, 0.9, 0.9), **changed: float) -> list[str]:
    stability = pd.DataFrame({"segment": range(3), "comes_out_again": again})
    return [one.topic for one in limitations(RunEvidence({**SOLID, **changed}, names, said, stability))]


def test_solid_segments_have_only_the_limits_that_all_have(names):
    assert topics(names) == ["always"]


@pytest.mark.parametrize(
    ("changed", "topic"),
    [
        ({"stability": 0.6}, "stability"),
        ({"agreement": 0.3}, "agreement"),
        ({"unsure_share": 0.2}, "unsure"),
        ({"assign_agreement": 0.8}, "assigning"),
        ({"noise_share": 0.05}, "unassigned"),
        ({"fitted_share": 0.5}, "sampled"),
        ({"repeats": 0.95}, "repeats"),
        ({"smallest_share": 0.01}, "small"),
        ({"again": (0.9, 0.65, 0.9)}, "re-forms in part"),
        ({"again": (0.9, 0.3, 0.9)}, "dissolves"),
        ({"said": verdict.CONTINUUM}, "continuum"),
        ({"said": verdict.NONE}, "no segments"),
        ({"said": verdict.UNTESTED}, "untested"),
    ],
)
def test_each_point_is_made_where_it_holds(names, changed, topic):
    assert topics(names, **changed) == [topic, "always"]


def test_every_point_has_its_figure_its_mend_and_no_jargon(names):
    again = pd.DataFrame({"segment": [0, 1, 2], "comes_out_again": [0.9, 0.65, 0.3]})
    bad = {"stability": 0.5, "agreement": 0.2, "unsure_share": 0.4, "assign_agreement": 0.8, "noise_share": 0.1}
    bad |= {"fitted_share": 0.2, "repeats": 0.95, "smallest_share": 0.01, "lookalike_p": 0.3}
    known = RunEvidence(bad, names, verdict.CONTINUUM, again, "Geography", 0.85, "2025-06-30")
    points = limitations(known)
    assert len(points) == 13
    assert all(one.improve for one in points)
    assert all(any(sign.isdigit() for sign in one.says) for one in points)
    text = limitations_markdown(points).lower()
    assert not [word for word in ("accuracy", "ari", "jaccard", "silhouette", "p-value") if f" {word} " in text]
    assert "do not rely on seldom here (30 of 100 of it)" in text
    assert "big spenders (65 of 100 of it)" in text
    assert "geography" in text
    assert "as of 2025-06-30" in text


def test_segments_not_to_rely_on_are_named(names):
    again = pd.DataFrame({"segment": [-1, 0, 1], "comes_out_again": [0.1, 0.59, 0.6]})
    assert not_to_rely_on(RunEvidence(SOLID, names, stability=again)) == [0]


def test_without_evidence_that_is_what_is_said(names):
    found = limitations(RunEvidence({"silhouette": 0.3}, names))
    assert [one.topic for one in found] == ["untested", "always"]


@pytest.mark.parametrize(
    ("overlap", "words"), [(0.9, "mostly re-forms"), (0.65, "re-forms in part"), (0.2, "dissolves")]
)
def test_one_segment_in_words(overlap, words):
    assert words in reliance(overlap)
    assert f"{100 * overlap:.0f} of 100" in reliance(overlap)
