"""Reading a run's files."""

import tempfile
from pathlib import Path

from segkit.tracking.files import read_labels, read_table
from segkit.tracking.sweeps import open_sweep


def test_no_copy_of_what_is_read_stays_behind(store, tmp_path: Path, monkeypatch) -> None:
    run = open_sweep(store, "abc", "customers", {}, "k: 3")
    store.client.log_text(run, "customer,segment\n7,1\n", "labels.csv")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    assert read_table(store, run, "labels.csv").to_dict("list") == {"customer": [7], "segment": [1]}
    assert set(tmp_path.iterdir()) == before


def test_ids_are_read_as_they_are_written(store) -> None:
    run = open_sweep(store, "abc", "customers", {}, "k: 3")
    store.client.log_text(run, "customer,segment\n007,1\nNA,-1\n", "labels.csv")
    assert read_labels(store, run, "labels.csv").to_dict() == {"007": 1, "NA": -1}
