"""Edits: what people change about a fitted segmentation."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.model import SegmentationModel
from segkit.scoring.edits import Assigned, Divided, Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer
from segkit.segments import NOISE

CUSTOMERS = make_customers(240).drop(columns=["truth"])


def scorer_of(k: int, rows: slice = slice(None)) -> Scorer:
    table = CUSTOMERS.iloc[rows].drop(columns="customer_id")
    model = SegmentationModel(KMeans(k, n_init=1, random_state=0)).fit(table)
    return make_scorer(model, {number: f"segment {number}" for number in range(k)}, "customer_id")


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_of(4)


@pytest.fixture(scope="module")
def plain(scorer: Scorer) -> Assigned:
    return scorer.assigned(CUSTOMERS)


def edited(scorer: Scorer, *edits: object) -> Assigned:
    found = replace(scorer, edits=edits).assigned(CUSTOMERS)
    np.testing.assert_allclose(found.chances.sum(axis=1), 1)
    return found


def test_other_numbers_change_nothing_else(scorer: Scorer, plain: Assigned) -> None:
    found = edited(scorer, Renumbered({0: 7, 1: 0}))
    assert found.numbers.tolist() == [0, 2, 3, 7]
    assert np.array_equal(found.segments, np.array([7, 0, 2, 3])[plain.segments])
    np.testing.assert_allclose(found.confidence, plain.confidence)
    assert np.array_equal(found.second, np.array([7, 0, 2, 3])[plain.second])


def test_a_merged_segment_holds_whom_its_parts_held_and_nobody_else(scorer: Scorer, plain: Assigned) -> None:
    found = edited(scorer, Renumbered({3: 1}))
    assert np.array_equal(found.segments == 1, np.isin(plain.segments, [1, 3]))
    assert np.array_equal(found.segments[found.segments != 1], plain.segments[found.segments != 1])
    np.testing.assert_allclose(found.chances[:, 1], plain.chances[:, 1] + plain.chances[:, 3])
    assert (found.second != found.segments).all()


def test_a_divided_segment_goes_to_its_parts_and_the_others_stay(scorer: Scorer, plain: Assigned) -> None:
    inner = scorer_of(2, slice(0, 80))
    found = edited(scorer, Divided(2, inner, {0: 4, 1: 5}))
    was = plain.segments == 2
    assert np.array_equal(np.isin(found.segments, [4, 5]), was)
    assert np.array_equal(found.segments[was] - 4, inner.assigned(CUSTOMERS).segments[was])
    assert np.array_equal(found.segments[~was], plain.segments[~was])
    assert 2 not in found.numbers


def test_a_locked_segment_is_decided_by_the_scorer_that_it_was_locked_in(scorer: Scorer, plain: Assigned) -> None:
    new = scorer_of(3, slice(60, 200))
    found = edited(new, Locked(scorer, (1,)))
    assert np.array_equal(found.segments == 1, plain.segments == 1)
    free = new.assigned(CUSTOMERS)
    stay = (plain.segments != 1) & (free.segments != 1)
    assert np.array_equal(found.segments[stay], free.segments[stay])
    assert set(found.segments) == {0, 1, 2}


def test_whom_nothing_else_may_hold_is_unassigned(scorer: Scorer) -> None:
    found = replace(scorer_of(1), edits=(Locked(scorer, (0,)),)).assigned(CUSTOMERS)
    assert set(found.segments) == {0, NOISE}
    assert found.numbers.tolist() == [NOISE, 0]


def test_edits_survive_being_written(scorer: Scorer, tmp_path: Path) -> None:
    edits = (Renumbered({3: 1}), Divided(2, scorer_of(2), {0: 4, 1: 5}), Locked(scorer_of(3), (0,)))
    changed = replace(scorer, edits=edits)
    save_scorer(changed, tmp_path / "model.skops")
    loaded = load_scorer(tmp_path / "model.skops")
    pd.testing.assert_frame_equal(loaded.score(CUSTOMERS), changed.score(CUSTOMERS), check_exact=True)


def test_a_customer_alone_is_scored_as_among_others_whatever_the_edits(scorer: Scorer) -> None:
    edits = (Renumbered({3: 1}), Divided(2, scorer_of(2), {0: 4, 1: 5}), Locked(scorer_of(3), (0,)))
    changed = replace(scorer, edits=edits)
    alone = pd.concat([changed.score(CUSTOMERS.iloc[[row]]) for row in range(0, 240, 20)])
    pd.testing.assert_frame_equal(alone, changed.score(CUSTOMERS).iloc[::20])
