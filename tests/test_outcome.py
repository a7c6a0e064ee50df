"""What one run says at its end."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.brief import Brief
from segkit.data import make_customers, make_dataset
from segkit.data.findings import Finding
from segkit.outcome import RunOutcome, print_run, run_summary, understood

SEGMENTS = pd.DataFrame(
    {
        "segment": [-1, 0, 1],
        "name": ["unassigned", "high spend", "low spend"],
        "customers": [20, 1500, 480],
        "share": [0.01, 0.75, 0.24],
        "spend": [5.0, 99.5, 1.5],
    }
)
METRICS = {
    "segments": 2.0,
    "smallest_share": 0.24,
    "silhouette_macro": 0.51349,
    "inertia": 123456.7,
    "smallest_customers": 480.0,
}
OUTCOME = RunOutcome("standard-kmeans-2", "abc123", METRICS, SEGMENTS, Brief(), "http://127.0.0.1:5000/#/runs/abc123")
FINE = replace(OUTCOME, brief=Brief(fewest_segments=2))


def printed(chosen: str, outcome: RunOutcome, capsys: pytest.CaptureFixture[str]) -> str:
    print_run(chosen, outcome)
    return capsys.readouterr().out


def test_segments_are_shown_with_name_size_and_share_alone() -> None:
    lines = run_summary(OUTCOME).splitlines()
    assert lines[0] == "standard-kmeans-2  (abc123)"
    assert [line.split() for line in lines[2:6]] == [
        ["segment", "name", "customers", "share"],
        ["-1", "unassigned", "20", "1.0", "%"],
        ["0", "high", "spend", "1500", "75.0", "%"],
        ["1", "low", "spend", "480", "24.0", "%"],
    ]


def test_measures_stand_in_two_columns_under_their_words() -> None:
    lines = run_summary(OUTCOME).splitlines()[7:10]
    assert [line.split() for line in lines] == [
        ["segments", "2", "inertia", "123457"],
        ["smallest", "share", "0.240", "smallest", "customers", "480"],
        ["macro", "silhouette", "0.513"],
    ]


def test_a_brief_that_is_met_is_said_and_no_more() -> None:
    assert run_summary(FINE).endswith("\n\nBrief: 2 to 7 segments, none under 2 % of customers.")
    assert FINE.broken == []


def test_what_is_broken_of_the_brief_is_said_in_words() -> None:
    poor = replace(OUTCOME, brief=Brief(smallest_customers=500))
    said = " ".join(run_summary(poor).split())
    assert said.endswith(
        "none under 500 customers, which this breaks: fewer segments than the brief asks for; "
        "a segment smaller than the brief allows."
    )
    assert poor.broken == ["too_few_segments", "tiny_segment"]


def test_a_note_stands_below_the_brief() -> None:
    noted = run_summary(replace(FINE, note="for the spring campaign")).splitlines()
    assert noted[-2:] == ["Brief: 2 to 7 segments, none under 2 % of customers.", "for the spring campaign"]


def test_that_only_some_customers_were_fitted_is_said() -> None:
    assert "\nFitted on 20.0 % of the customers; " in run_summary(replace(FINE, metrics={"fitted_share": 0.2}))


def test_long_words_are_folded() -> None:
    text = run_summary(replace(OUTCOME, note="word " * 100))
    assert max(map(len, text.splitlines())) <= 110
    assert text.count("word") == 100


def test_a_run_without_measures_is_told_too() -> None:
    bare = replace(OUTCOME, metrics={})
    assert bare.broken == ["too_few_segments", "tiny_segment"]
    assert "which this breaks" in run_summary(bare)


def test_a_measure_that_is_no_number_is_shown_as_such() -> None:
    assert "nan" in run_summary(replace(OUTCOME, metrics=METRICS | {"silhouette_error": float("nan")}))


INFLUENCE = pd.DataFrame(
    {
        "without": [*"abcdef", "g"],
        "columns": [*"abcdef", "g"],
        "agreement": [*np.linspace(0, 1, 6), np.nan],
        "moved_share": [*np.linspace(0.5, 0, 6), np.nan],
    }
)


def test_the_columns_that_the_segments_depend_on_most_are_told_where_asked_for() -> None:
    lines = run_summary(replace(FINE, influence=INFLUENCE)).splitlines()
    start = lines.index("How much the segments depend on a column:")
    assert [line.split() for line in lines[start + 2 : start + 4]] == [["a", "50.0", "%"], ["b", "40.0", "%"]]
    assert lines[start + 7].startswith("... and 1 that matter")
    assert "depend" not in run_summary(FINE)


def test_json_tells_the_influence_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed("json", replace(FINE, influence=INFLUENCE), capsys))["influence"]
    assert found[0] == {"without": "a", "columns": "a", "agreement": 0, "moved_share": 0.5}
    assert found[-1]["moved_share"] is None


def test_what_was_understood_is_the_boxes_the_brief_and_the_first_findings() -> None:
    dataset = make_dataset("shop", make_customers(60))
    findings = [Finding("gaps", ("income",), f"finding {number}") for number in range(5)]
    told = understood(dataset, Brief(), findings)
    assert told.startswith("shop: 60 customers")
    assert "  brief         3 to 7 segments" in told
    assert "finding 2" in told
    assert "finding 3" not in told
    assert "worth knowing" not in understood(dataset, Brief())


def test_the_table_ends_with_the_link(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed("table", OUTCOME, capsys)
    assert out.startswith(run_summary(OUTCOME))
    assert out.endswith("\nIn the MLflow UI, while `segkit ui` runs: http://127.0.0.1:5000/#/runs/abc123\n")


def test_json_says_null_of_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    gappy = replace(OUTCOME, metrics={"inertia": np.nan}, segments=SEGMENTS.assign(spend=[np.nan, 2.0, 3.0]))
    out = printed("json", gappy, capsys)
    assert "NaN" not in out
    assert json.loads(out)["metrics"] == {"inertia": None}
    assert [segment["spend"] for segment in json.loads(out)["segments"]] == [None, 2, 3]


def test_json_holds_all_that_is_said_as_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = SEGMENTS["customers"].astype(np.int32)
    said = replace(OUTCOME, note="spring", segments=SEGMENTS.assign(customers=sizes))
    found = json.loads(printed("json", said, capsys))
    assert found == {
        "run_id": "abc123",
        "name": "standard-kmeans-2",
        "metrics": METRICS,
        "segments": SEGMENTS.to_dict("records"),
        "brief": "3 to 7 segments, none under 2 % of customers",
        "broken": ["too_few_segments"],
        "note": "spring",
        "link": "http://127.0.0.1:5000/#/runs/abc123",
    }
