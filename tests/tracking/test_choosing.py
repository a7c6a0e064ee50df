"""What speaks for which k in the store."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from segkit.records import FINISHED, RunRecord
from segkit.tracking.choosing import (
    Chosen,
    choosing_mark,
    choosing_picture,
    k_suggestions,
    log_chosen,
    unknown_choosing,
)

PIPELINE = "standard-none-kmeans"


def run(k: int, **params: str) -> RunRecord:
    steps = {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans", "k": str(k), **params}
    return RunRecord(f"r{k}", f"r{k}", FINISHED, steps, {"silhouette": 1 / k}, fingerprint=f"{params}{k}")


@pytest.fixture
def parent(store) -> str:
    return store.client.create_run(store.experiment_id).info.run_id


@pytest.fixture
def curve() -> pd.DataFrame:
    return pd.DataFrame({"silhouette": [1 / 3, 0.9, 0.1]}, pd.Index([2, 3, 4], name="k"))


def test_what_is_logged_is_known_until_the_runs_are_others(store, parent, curve) -> None:
    runs = [run(k) for k in (2, 3, 4)]
    assert set(unknown_choosing(store, parent, runs)) == {PIPELINE}
    log_chosen(store, parent, Chosen(PIPELINE, curve, Figure()), choosing_mark(runs))
    assert unknown_choosing(store, parent, runs) == {}
    assert set(unknown_choosing(store, parent, [*runs, run(5)])) == {PIPELINE}


def test_what_was_measured_counts_and_else_what_the_runs_say(store, parent, curve) -> None:
    runs = [run(k) for k in (2, 3, 4)]
    assert k_suggestions(store, parent, runs)["k"].tolist() == [2]
    log_chosen(store, parent, Chosen(PIPELINE, curve, None), choosing_mark(runs))
    found = k_suggestions(store, parent, runs)
    assert found.iloc[0].to_dict() == {"pipeline": PIPELINE, "criterion": "silhouette", "k": 3, "why": "highest (0.9)"}


def test_no_pipeline_at_three_k_is_an_empty_table(store, parent) -> None:
    assert k_suggestions(store, parent, [run(2), run(3)]).empty


def test_a_picture_is_read_back_and_one_that_is_not_there_is_none(store, parent, curve) -> None:
    odd = "standard-none-kmeans-features=[Annual Income (k$), Age/Years]"
    log_chosen(store, parent, Chosen(odd, curve, Figure()), "mark")
    assert choosing_picture(store, parent, odd).startswith(b"\x89PNG")
    assert choosing_picture(store, parent, PIPELINE) is None


def test_pipelines_whose_names_differ_in_odd_letters_alone_have_files_of_their_own(store, parent, curve) -> None:
    for name in ("a-features=[x y]", "a-features=[x/y]", "a" * 300, "a" * 301):
        log_chosen(store, parent, Chosen(name, curve, None), "mark")
    assert len(store.client.list_artifacts(parent, "choosing_k")) == 4
