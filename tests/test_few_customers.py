"""A segment of fewer than ten customers is flagged in the answer, in the report's limitations and after scoring."""

import pytest

from segkit.advice.limitations import limitations
from segkit.advice.weighed import RunEvidence
from segkit.answer import _few
from segkit.scoring.summary import worth_saying


@pytest.mark.parametrize(("fewest", "is_told"), [(1, True), (9, True), (10, False), (400, False)])
def test_few_customers_are_flagged_wherever_segments_are_told(fewest: int, is_told: bool) -> None:
    metrics = {"smallest_customers": float(fewest)}
    points = limitations(RunEvidence(metrics, {0: "a", 1: "b"}))
    assert ("few customers" in [point.topic for point in points]) == is_told
    assert bool(_few(metrics)) == is_told
    columns = {"renamed": {}, "missing": [], "extra": []}
    segments = {"0": {"name": "Thrifty", "customers": fewest}, "1": {"name": "Rich", "customers": 500}}
    summary = {"rows": 500 + fewest, "segments": segments, "columns": columns, "unread": {}, "unseen": {}}
    lines = worth_saying(summary | {"has_ids": True, "repeated_ids": 0})
    assert [f"Thrifty ({fewest})" in line for line in lines] == [True] * is_told


def test_a_run_of_which_no_sizes_are_known_is_not_flagged() -> None:
    assert _few({}) == ""
