"""Reading back what a sweep found out about its best runs."""

import numpy as np
import pandas as pd
import pytest

from segkit.brief import Brief
from segkit.over_seeds import SAME_LABELS, Spread
from segkit.records import FINISHED, RunRecord
from segkit.selection import MetricRule
from segkit.tracking.evidence import seed_groups, segment_names, sweep_evidence
from segkit.tracking.sweeps import open_sweep

NAMES = ["standard-pca-kmeans-3", "standard-pca-kmeans-4"]
AGREEMENT = pd.DataFrame([[1.0, 0.5], [0.5, 1.0]], NAMES, NAMES)


@pytest.fixture
def parent(store) -> str:
    return open_sweep(store, "abc", "customers", {}, "k: 3")


def keep(store, run_id: str, **tables: str) -> None:
    for name, text in tables.items():
        store.client.log_text(run_id, text, f"{name}.csv")


def test_what_was_not_looked_into_is_absent(store, parent) -> None:
    assert sweep_evidence(store, parent) == {}
    keep(store, parent, rivals="name,segments\nbands,4\n", other="a\n1\n")
    assert set(sweep_evidence(store, parent)) == {"rivals"}


@pytest.mark.parametrize("named", [True, False])
def test_agreement_is_square_whether_or_not_its_rows_were_named(named: bool, store, parent) -> None:
    keep(store, parent, agreement=AGREEMENT.to_csv(index=named))
    found = sweep_evidence(store, parent)["agreement"]
    assert list(found.index) == list(found.columns) == NAMES
    np.testing.assert_array_equal(found.to_numpy(), AGREEMENT.to_numpy())


def test_segments_are_named_by_their_run(store, parent) -> None:
    assert segment_names(store, parent) == {}
    keep(store, parent, **{"tables/segments": "segment,name,share\n-1,unassigned,0.1\n0,high income,0.9\n"})
    assert segment_names(store, parent) == {-1: "unassigned", 0: "high income"}


def test_labels_of_seeds_are_compared_where_their_files_are(store) -> None:
    runs = []
    for number, labels in enumerate(["0\n0\n1\n1", "1\n1\n0\n0", "0\n1\n0\n1", ""]):
        run_id = store.client.create_run(store.experiment_id).info.run_id
        if labels:
            store.client.log_text(run_id, f"segment\n{labels}\n", "tables/labels.csv")
        params = {"algorithm": "kmeans" if number < 2 else "gmm", "seed": str(number)}
        runs.append(RunRecord(run_id, f"r{number}", FINISHED, params, {"score": -number, "segments": 3.0}))
    same, lost = seed_groups(store, MetricRule("rule", "score").rank(runs, Brief()))
    assert same.metrics[SAME_LABELS] == Spread(1.0, 0.0)
    assert SAME_LABELS not in lost.metrics
