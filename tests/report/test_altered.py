"""What a report says of segments that people changed: no evidence that is none of theirs."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.advice.limitations import limitations
from segkit.advice.weighed import RunEvidence
from segkit.report.altered import figures, numbered
from segkit.report.content import Told
from segkit.report.recommendation import recommendation_of_altered
from segkit.report.sweep_pictures import numbered_splits

STABILITY = pd.DataFrame({"segment": [0, 1, 2], "comes_out_again": [0.9, 0.8, 0.4]})


def test_stability_goes_with_the_people_and_is_left_out_of_what_was_changed() -> None:
    found = numbered(STABILITY, {0: 7, 2: 1})
    assert dict(zip(found["segment"], found["comes_out_again"], strict=True)) == {7: 0.9, 1: 0.4}
    assert numbered(None, {0: 7}) is None


def test_figures_of_changed_segments_are_counted_anew(portrait) -> None:
    found = figures(portrait)
    sizes = portrait.scores["segment"].value_counts(normalize=True)
    assert found["segments"] == len(portrait.names)
    assert found["assigned_smallest_share"] == pytest.approx(sizes.min())
    assert found["confidence"] == pytest.approx(portrait.scores["confidence"].mean())
    assert "stability" not in found


@pytest.mark.parametrize(
    ("kept", "altered", "said"),
    [
        (["Gold", "Late, poor"], 1, 'These are 3 segments. Only "Gold" and "Late, poor" are as kmeans-4 found them'),
        (["Gold"], 2, 'These are 3 segments. Only "Gold" is as kmeans-4 found them: the others were merged'),
        ([], 2, "These are 2 segments. None of them is as kmeans-4 found it: they were merged"),
    ],
)
def test_what_is_as_it_was_found_is_named(kept, altered, said) -> None:
    assert recommendation_of_altered(kept, altered, "kmeans-4", "natural", ()).startswith(said)


def test_the_verdict_is_told_of_the_run() -> None:
    text = recommendation_of_altered(["a"], 1, "kmeans-4", "continuum", ())
    assert text.endswith("The segments of kmeans-4 are stable, but a continuum: useful slices, not separate tribes.")
    assert "kmeans-4 itself is not recommended" in recommendation_of_altered([], 2, "kmeans-4", "none", ("dissolves",))
    assert recommendation_of_altered([], 2, "kmeans-4", "untested", ()).endswith("has not been tested.")


def test_that_they_were_not_tested_is_a_limitation() -> None:
    known = RunEvidence({}, {1: "Gold", 2: "Late"}, "natural", altered=(1,))
    points = [point for point in limitations(known) if point.topic == "altered"]
    assert [point.segments for point in points] == [(1,)]
    assert "Whether Gold would come out again has not been tested" in points[0].says
    assert not [point for point in limitations(replace(known, altered=())) if point.topic == "altered"]


def test_the_picture_of_growing_k_has_the_numbers_of_the_report(told) -> None:
    splits = pd.DataFrame({"k_from": [2, 3], "k_to": [3, 4], "segment_from": [0, 1], "segment_to": [1, 2]})
    found = numbered_splits(splits, 3, Told(told.run, numbers={0: 5, 1: 9, 2: 2}))
    assert found["segment_from"].tolist() == [0, 9]
    assert found["segment_to"].tolist() == [9, 2]
