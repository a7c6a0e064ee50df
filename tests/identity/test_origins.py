"""Whether two segments hold the same people, whatever they are called and numbered."""

from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.identity.origins import numbers_in, origin_of, own_numbers
from segkit.model import SegmentationModel
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer

CUSTOMERS = make_customers(120).drop(columns=["truth", "customer_id"])


def scorer_of(k: int, seed: int = 0) -> Scorer:
    model = SegmentationModel(KMeans(k, n_init=1, random_state=seed)).fit(CUSTOMERS)
    return make_scorer(model, {number: f"segment {number}" for number in range(k)})


@pytest.fixture(scope="module")
def fitted() -> Scorer:
    return scorer_of(4)


@pytest.fixture(scope="module")
def inner() -> Scorer:
    return scorer_of(2)


def edited(scorer: Scorer, names: list[int], *edits) -> Scorer:
    return replace(scorer, edits=edits, names={number: f"called {number}" for number in names})


def test_other_names_and_numbers_and_a_file_leave_the_people(fitted: Scorer, tmp_path: Path) -> None:
    save_scorer(edited(fitted, [7, 1, 2, 3], Renumbered({0: 7})), tmp_path / "model.skops")
    other = load_scorer(tmp_path / "model.skops")
    assert origin_of(other, 7) == origin_of(fitted, 0)
    assert origin_of(other, 1) == origin_of(fitted, 1) != origin_of(fitted, 0)


def test_a_merged_segment_holds_those_of_its_parts(fitted: Scorer) -> None:
    one, other = (edited(fitted, [0, 2, 3], Renumbered(numbers)) for numbers in ({1: 0}, {0: 5, 1: 5}))
    assert origin_of(one, 0) == origin_of(other, 5)
    assert origin_of(one, 0).numbers == {0, 1}
    assert origin_of(one, 0) != origin_of(fitted, 0)


def test_what_is_done_to_others_leaves_a_segment_and_parts_together_are_the_whole(fitted, inner) -> None:
    divided = edited(fitted, [0, 1, 3, 4, 5], Divided(2, inner, {0: 4, 1: 5}))
    assert origin_of(divided, 1) == origin_of(fitted, 1)
    assert origin_of(divided, 4) not in [origin_of(fitted, 2), origin_of(divided, 5)]
    again = edited(fitted, [0, 1, 3, 4], *divided.edits, Renumbered({5: 4}))
    assert origin_of(again, 4) == origin_of(fitted, 2)


def test_a_locked_segment_is_that_of_the_scorer_that_it_was_locked_in(fitted: Scorer) -> None:
    later = edited(scorer_of(3, seed=1), [0, 1, 2], Locked(fitted, (1,)))
    assert origin_of(later, 1) == origin_of(fitted, 1)
    assert origin_of(later, 0) != origin_of(scorer_of(3, seed=1), 0)


def test_another_model_and_another_outer_segment_hold_others(fitted: Scorer, inner: Scorer) -> None:
    assert origin_of(scorer_of(4, seed=3), 0) != origin_of(fitted, 0)
    around = [replace(inner, outer=fitted, segment=number) for number in (1, 2)]
    assert origin_of(around[0], 0) != origin_of(around[1], 0)
    renamed = replace(around[0], outer=replace(fitted, names={1: "other"}))
    assert origin_of(renamed, 0) == origin_of(around[0], 0)


def test_the_fitted_models_own_segments_are_found_under_their_numbers(fitted: Scorer, inner: Scorer) -> None:
    assert own_numbers(fitted) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert own_numbers(edited(fitted, [1, 0, 2, 3], Renumbered({0: 1, 1: 0}))) == {0: 1, 1: 0, 2: 2, 3: 3}
    assert own_numbers(edited(fitted, [0, 2, 3], Renumbered({1: 0}))) == {2: 2, 3: 3}
    assert own_numbers(edited(fitted, [0, 1, 3, 4, 5], Divided(2, inner, {0: 4, 1: 5}))) == {0: 0, 1: 1, 3: 3}
    assert own_numbers(edited(fitted, [0, 1, 2, 3], Locked(scorer_of(3), (1,)))) == {}


def test_numbers_that_were_given_up_are_known(fitted: Scorer, inner: Scorer) -> None:
    divided = Divided(2, inner, {0: 8, 1: 9})
    assert numbers_in(edited(fitted, [6, 1, 3, 8], Renumbered({0: 6}), divided, Renumbered({9: 8}))) == {
        *range(4),
        *(6, 8, 9),
    }
