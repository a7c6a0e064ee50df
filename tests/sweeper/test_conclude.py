"""The end of a sweep: what is written to its parent and told."""

import json

import pandas as pd

from segkit.records import FINISHED
from segkit.tracking.evidence import sweep_evidence

TABLES = {"ranking.csv", "columns.csv", "agreement.csv", "rivals.csv", "splits.csv"}


def files(small) -> set[str]:
    return {item.path for item in small.store.client.list_artifacts(small.found().parent)}


def test_a_sweep_keeps_what_it_found_out_between_its_runs(once_weighed) -> None:
    small, _ = once_weighed
    assert files(small) >= TABLES
    found = sweep_evidence(small.store, small.found().parent)
    names = {run.name for run in small.weighed()}
    assert set(found["agreement"].columns) == set(found["agreement"].index) == names
    champion = next(run for run in small.runs() if run.place == 1)
    assert set(found["splits"]["pipeline"]) == {champion.pipeline}
    assert found["splits"]["k_from"].unique().tolist() == [3, 4]
    assert {"age bands", "spending quarters"} & set(found["rivals"]["name"])


def test_the_verdict_is_told_and_kept_as_the_description(once_weighed) -> None:
    small, done = once_weighed
    said = " ".join(done.out.split())
    best = next(run for run in small.runs() if run.place == 1)
    assert f"Natural segments: {best.name}, " in said
    note = small.store.client.get_run(small.found().parent).data.tags["mlflow.note.content"]
    assert note.startswith("**Natural segments: ")
    assert small.found().status == FINISHED
    assert small.compare()["verdict"] == "natural"


def test_the_winner_stands_beside_its_rivals(small) -> None:
    done = small.sweep("format=json")
    told = json.loads(done.out)
    champion = next(run["name"] for run in told["runs"] if run["run_id"] == told["champion"])
    assert told["rivals"][0]["name"] == champion
    assert told["rivals"][0]["about"] == "the winner"
    assert {"age bands", "spending quarters"} & {rival["name"] for rival in told["rivals"]}
    assert told["verdict"] == "natural"


def test_agreement_with_the_others_is_in_the_ranking(once_weighed) -> None:
    small, _ = once_weighed
    path = small.store.client.download_artifacts(small.found().parent, "ranking.csv")
    ranking = pd.read_csv(path)
    assert ranking["agreement"].notna().sum() == 5
    assert ranking["agreement"].head(5).is_monotonic_decreasing  # stability is invented, and the same for all


def test_without_evidence_nothing_is_claimed(small) -> None:
    small.sweep("evidence=false")
    assert not files(small) & {"agreement.csv", "rivals.csv", "splits.csv"}
    assert set(sweep_evidence(small.store, small.found().parent)) == {"k_suggestions"}  # the runs alone tell that


def test_where_no_run_may_be_chosen_the_sweep_ends_all_the_same(small) -> None:
    done = small.sweep("brief.fewest_segments=7")
    assert done.code == 0, done.err
    assert small.asked == []
    assert "No segments here to rely on" in done.out
    assert {"agreement.csv", "splits.csv"} & files(small) == set()
    assert small.compare()["verdict"] == "none"


def test_agreement_of_a_sweep_is_that_of_its_own_finalists(weighed_small) -> None:
    """A run that another sweep adopts is judged among others there."""
    small = weighed_small
    before = {run.fingerprint: run.metrics["agreement"] for run in small.weighed()}
    small.sweep("k=3,4")
    after = {run.fingerprint: run.metrics["agreement"] for run in small.weighed()}
    assert len(after) == 4
    changed = [mark for mark in after if mark in before and abs(after[mark] - before[mark]) > 1e-3]
    assert changed
