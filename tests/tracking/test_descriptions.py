"""What the MLflow UI shows as descriptions."""

import pandas as pd

from segkit.records import FINISHED, RunRecord
from segkit.tracking import sweeps
from segkit.tracking.descriptions import pictures_markdown, spaced, sweep_description
from segkit.tracking.names import ANSWER, NOTE
from segkit.tracking.overview import describe_experiment


def run(**params: str) -> RunRecord:
    return RunRecord("1", "a", FINISHED, params)


def test_columns_of_tables_have_room_and_nothing_else_changes():
    table = "a | b\n\n| one | two |\n|---|---|\n| 1 | 2 |"
    assert spaced(table) == "a | b\n\n| one &emsp;| two |\n|---|---|\n| 1 &emsp;| 2 |"


def test_pictures_are_those_that_were_drawn_the_most_telling_first():
    told = pictures_markdown("abc", ["splits", "against_stability", "agreement"])
    assert told.split("\n\n") == [
        "![Score against stability](get-artifact?path=small/against_stability.png&run_uuid=abc)",
        "![Splits from k to k](get-artifact?path=small/splits.png&run_uuid=abc)",
    ]


def test_a_sweeps_page_begins_with_the_answer_and_says_who_the_segments_are_and_what_was_tried():
    segments = pd.DataFrame({"segment": [0], "name": ["young"], "share": [1.0]})
    runs = [run(algorithm="kmeans", k=k, seed="0") for k in ("10", "3")] + [run(algorithm="gmm", seed="0")]
    told = sweep_description("**best**\n\nmore", runs, {"runs": "#/runs"}, segments, "![p](p.png)")
    parts = told.split("\n\n")
    assert parts[:2] == ["**best**", "[runs](#/runs)"]
    assert "young" in parts[2]
    assert parts[3:] == ["more", "Tried in 3 runs: algorithm gmm, kmeans; k 3, 10.", "![p](p.png)"]


def test_the_experiment_tells_of_the_latest_sweeps_first(store):
    for sweep, answer in (("aaaaaa", "Old"), ("bbbbbb", "New")):
        store.client.set_tag(sweeps.open_sweep(store, sweep, "shop", {}, ""), ANSWER, answer)
    describe_experiment(store)
    told = store.client.get_experiment(store.experiment_id).tags[NOTE]
    assert told.index("**sweep shop bbbbbb**: New.") < told.index("**sweep shop aaaaaa**: Old.")
    assert len(told) < 5000


def test_what_people_wrote_of_the_experiment_stays(store):
    store.client.set_experiment_tag(store.experiment_id, NOTE, "Ours.")
    describe_experiment(store)
    assert store.client.get_experiment(store.experiment_id).tags[NOTE] == "Ours."
