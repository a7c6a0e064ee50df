"""Typed customers get the segments that raw ones get, whatever the edits."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import TypedColumns
from segkit.scoring.edits import Divided, Edit, Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.typed import assigned_typed, reads_alike, typed_customers, typed_names

CUSTOMERS = make_customers(150).drop(columns=["truth", "customer_id"])


def scorer_of(k: int, columns: slice = slice(None), seed: int = 0) -> Scorer:
    model = SegmentationModel(KMeans(k, n_init=1, random_state=seed)).fit(CUSTOMERS.iloc[:, columns])
    return make_scorer(model, {number: f"segment {number}" for number in range(k)})


FEWER = scorer_of(2, slice(5, 12))
EDITS: dict[str, tuple[Edit, ...]] = {
    "none": (),
    "merged": (Renumbered({0: 2, 3: 7}),),
    "divided": (Divided(1, FEWER, {0: 4, 1: 5}),),
    "locked": (Locked(scorer_of(3, seed=1), (0, 2)),),
    "all": (Renumbered({3: 1}), Divided(2, FEWER, {0: 4, 1: 5}), Locked(scorer_of(3, seed=1), (0,))),
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("as_of", ["", "2026-01-31"])
def test_typed_customers_are_assigned_as_raw_ones(edits, as_of: str) -> None:
    scorer = replace(scorer_of(4), edits=edits)
    assert reads_alike(scorer, as_of)
    found = assigned_typed(scorer, typed_customers(scorer, CUSTOMERS, as_of))
    raw = scorer.assigned(CUSTOMERS, as_of)
    assert np.array_equal(found.segments, raw.segments)
    np.testing.assert_allclose(found.chances, raw.chances)


def test_columns_that_only_an_edit_asks_for_are_typed_too() -> None:
    scorer = replace(scorer_of(3, slice(8, None)), edits=(Divided(1, FEWER, {0: 4, 1: 5}),))
    typed = typed_customers(scorer, CUSTOMERS)
    assert set(typed.columns) == typed_names(scorer) == {*scorer.columns, *FEWER.columns}
    assert not typed.columns.duplicated().any()
    assert np.array_equal(assigned_typed(scorer, typed).segments, scorer.assigned(CUSTOMERS).segments)


DAYS = pd.date_range("2024-01-01", periods=40).astype(str)
TABLE = pd.DataFrame({"visits": [1, 2, 3, 9] * 10, "since": DAYS})


def read_as(as_of: str = "2025-01-01", **stated) -> Scorer:
    model = SegmentationModel(KMeans(2, n_init=1, random_state=0), columns=TypedColumns(as_of=as_of, **stated))
    return make_scorer(model.fit(TABLE), {0: "a", 1: "b"})


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (read_as(), True),
        (read_as(kinds={"visits": "categorical"}), False),
        (read_as(missing={"visits": ["9"]}), False),
        (read_as(as_of="2025-02-01"), False),
    ],
)
def test_what_two_models_read_in_two_ways_is_noticed(other: Scorer, alike: bool) -> None:
    assert reads_alike(replace(read_as(), edits=(Locked(other, (0,)),))) is alike


def test_a_day_that_is_given_is_the_same_for_all() -> None:
    assert reads_alike(replace(read_as(), edits=(Locked(read_as(as_of="2025-02-01"), (0,)),)), "2025-03-01")
