"""A portrait is drawn once for the same people, under whatever names."""

from dataclasses import replace

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.app.gathered import portraits
from segkit.data import make_customers, make_dataset
from segkit.model import SegmentationModel
from segkit.remembered import remembers
from segkit.report.portrait import Portrait
from segkit.scoring.edits import Renumbered
from segkit.scoring.scorer import make_scorer

TABLE = make_customers(120).drop(columns="truth")


@pytest.fixture(scope="module")
def dataset():
    return make_dataset("shop", TABLE)


@pytest.fixture(scope="module")
def scorer(dataset):
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0)).fit(dataset.features)
    return make_scorer(model, {0: "a", 1: "b", 2: "c"})


@pytest.fixture
def drawn(monkeypatch):
    """How often one was drawn, of which little is needed here."""
    found = []

    def sketch(dataset, scorer):
        found.append(1)
        scores, nothing = scorer.score(dataset.table), pd.DataFrame()
        labels = scores["segment"].to_numpy()
        return Portrait(dataset, labels, scores, scorer.names, *[nothing, labels, *[nothing] * 5])

    monkeypatch.setattr(portraits, "portrait_of", sketch)
    nothing_yet = remembers(portraits.bytes_of_portrait)(portraits._portrait.__wrapped__)
    monkeypatch.setattr(portraits, "_portrait", nothing_yet)
    return found


def test_other_names_are_the_same_portrait_under_them(dataset, scorer, drawn):
    first = portraits.remembered(dataset, scorer)
    other = portraits.remembered(dataset, replace(scorer, names={0: "a", 1: "Gold", 2: "c"}))
    assert drawn == [1]
    assert first.names == {0: "a", 1: "b", 2: "c"}
    assert other.names == {0: "a", 1: "Gold", 2: "c"}
    assert set(other.scores["segment_name"]) == {"a", "Gold", "c"}
    assert set(first.scores["segment_name"]) == {"a", "b", "c"}
    assert portraits.remembered(dataset, scorer) is first
    again = portraits.remembered(make_dataset("another", TABLE), scorer)
    assert (again.dataset.name, first.dataset.name, drawn) == ("another", "shop", [1])


def test_other_people_are_another_one(dataset, scorer, drawn):
    portraits.remembered(dataset, scorer)
    merged = replace(scorer, edits=(Renumbered({2: 0}),), names={0: "both", 1: "b"})
    assert portraits.remembered(dataset, merged).names == {0: "both", 1: "b"}
    portraits.remembered(make_dataset("shop", TABLE.head(100)), scorer)
    assert drawn == [1, 1, 1]
