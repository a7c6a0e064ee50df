"""An edit in the registry: whose turn it is, and who is in which segment afterwards."""

import pandas as pd

from segkit.identity.editing import locked
from segkit.tracking.registry import edited_labels, editing
from segkit.tracking.registry.editing import Signed, edit_version
from segkit.tracking.registry.versions import Version, champion

SIGNED = Signed("Ada", "2026-01-31T12:00:00+01:00")


def lock(store, segment):
    return edit_version(store, "customers", lambda old, free: locked(old, segment), SIGNED)


def test_who_waited_for_another_edit_edits_what_came_of_it(registry, monkeypatch):
    turn = editing.registry_lock

    def after_another(store, name):
        monkeypatch.setattr(editing, "registry_lock", turn)
        lock(store, 2)
        return turn(store, name)

    monkeypatch.setattr(editing, "registry_lock", after_another)
    done = lock(registry, 1)
    assert (done.old.version, done.moved) == (2, ("champion",))
    assert champion(registry, "customers").locked == (1, 2)


def test_customers_whose_id_stands_twice_are_split_like_others(store, monkeypatch):
    known = {"version_labels": pd.Series([0, 1, 1, 1], list("abbc")), "run_labels": pd.Series([0, 1, -1], list("bbc"))}
    for name, labels in known.items():
        monkeypatch.setattr(edited_labels, name, lambda *_, labels=labels: labels)
    edit = {"kind": "split", "segment": 1, "run": "inner", "numbers": {"0": 4, "1": 5}}
    found = edited_labels.labels_after(store, Version("shop", 1, "outer", ()), edit)
    assert found.tolist() == [0, 4, 4, -1]
