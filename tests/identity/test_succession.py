"""A new model in the place of an old one."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import Dataset, make_customers, make_dataset
from segkit.errors import UserError
from segkit.identity.people import crossed
from segkit.identity.succession import Reign, check_columns, locks, segments_of, succeed
from segkit.model import SegmentationModel
from segkit.profiles.names_file import Called
from segkit.scoring.edits import Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer

TABLE = make_customers(240).drop(columns=["truth"])


def scorer_of(k: int, seed: int = 0, without: str = "customer_id") -> Scorer:
    table = TABLE.drop(columns=list({"customer_id", without}))
    model = SegmentationModel(KMeans(k, n_init=1, random_state=seed)).fit(table)
    return make_scorer(model, {number: f"own {number}" for number in range(k)}, "customer_id")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return make_dataset("shop", TABLE)


@pytest.fixture(scope="module")
def old() -> Scorer:
    return scorer_of(4)


@pytest.fixture(scope="module")
def before(old: Scorer) -> Reign:
    """In use under numbers of its own, and under names that people gave."""
    scorer = replace(old, edits=(Renumbered({0: 3, 1: 0, 2: 8, 3: 5}),), names={3: "A", 0: "B", 8: "C", 5: "D"})
    return Reign(scorer, {3: Called("A", "Call."), 0: Called("B"), 8: Called("C"), 5: Called("D")})


def people(dataset: Dataset, before: Scorer, new: Scorer) -> pd.DataFrame:
    return crossed(segments_of(before, dataset), segments_of(new, dataset))


def test_the_same_people_keep_every_number_name_and_description(dataset, old, before, tmp_path: Path) -> None:
    heir, numbers = succeed(old, before, people(dataset, before.scorer, old), free=9)
    assert numbers == {0: 3, 1: 0, 2: 8, 3: 5}
    assert heir.called == before.called
    save_scorer(heir.scorer, tmp_path / "model.skops")
    scored = load_scorer(tmp_path / "model.skops").score(TABLE, dataset.as_of)
    pd.testing.assert_frame_equal(scored, before.scorer.score(TABLE, dataset.as_of))


def test_a_part_that_is_split_off_gets_a_number_that_is_free(dataset, before) -> None:
    new = scorer_of(6)
    heir, numbers = succeed(new, before, people(dataset, before.scorer, new), free=9)
    fresh = {number for number in numbers.values() if number not in before.called}
    assert fresh
    assert min(fresh) == 9
    own = {number: segment for segment, number in numbers.items()}
    assert {heir.called[number].name for number in fresh} == {f"own {own[number]}" for number in fresh}
    assert dict(heir.scorer.names) == {number: said.name for number, said in heir.called.items()}
    assert set(heir.scorer.score(TABLE, dataset.as_of)["segment"]) == set(numbers.values())


def test_who_has_nobody_in_common_gets_new_numbers(old, before) -> None:
    heir, numbers = succeed(old, before, pd.DataFrame(), free=20)
    assert numbers == {0: 20, 1: 21, 2: 22, 3: 23}
    assert heir.called[20] == Called("own 0")


def test_given_names_win_and_are_said_of_the_models_own_numbers(dataset, old, before) -> None:
    given = {segment: Called(f"mine {segment}", "so") for segment in range(4)}
    heir, _ = succeed(old, before, people(dataset, before.scorer, old), 9, given)
    assert heir.called == {
        3: Called("mine 0", "so"),
        0: Called("mine 1", "so"),
        8: Called("mine 2", "so"),
        5: Called("mine 3", "so"),
    }


def test_a_locked_segment_holds_the_same_people_whatever_the_new_model_says(dataset, before) -> None:
    new, locked = scorer_of(5, seed=3), replace(before, locked=(8,))
    given = {segment: Called(f"mine {segment}") for segment in range(5)}
    heir, _ = succeed(new, locked, people(dataset, before.scorer, new), 9, given)
    was, now = before.scorer.score(TABLE, dataset.as_of), heir.scorer.score(TABLE, dataset.as_of)
    assert np.array_equal(was["segment"] == 8, now["segment"] == 8)
    assert set(now.loc[now["segment"] == 8, "segment_name"]) == {"C"}
    assert heir.locked == (8,)
    assert (was["segment"] != now["segment"]).any()


def test_locks_do_not_nest_with_every_heir(dataset, before) -> None:
    first, _ = succeed(scorer_of(5), replace(before, locked=(8,)), pd.DataFrame(), 9)
    again, _ = succeed(scorer_of(3), replace(first, locked=(8, 9)), pd.DataFrame(), 20)
    inner = [edit for edit in again.scorer.edits if isinstance(edit, Locked)]
    assert [(edit.segments, edit.scorer) for edit in inner] == [((9,), first.scorer), ((8,), before.scorer)]
    was, now = (reign.scorer.score(TABLE, dataset.as_of)["segment"] for reign in (first, again))
    for number in (8, 9):
        assert np.array_equal(was == number, now == number)


def test_a_lock_under_a_number_that_was_changed_since_is_no_longer_the_same(before) -> None:
    scorer = replace(before.scorer, edits=(Locked(before.scorer, (8,)), Renumbered({8: 2, 3: 8})))
    assert locks(scorer, (8,)) == (Locked(scorer, (8,)),)
    assert locks(scorer, ()) == ()


def test_what_was_locked_and_is_no_more_is_let_go(old, before) -> None:
    heir, _ = succeed(old, replace(before, locked=(77,)), pd.DataFrame(), 9)
    assert heir.locked == ()


def test_a_table_without_its_columns_is_not_scored(old) -> None:
    short = make_dataset("shop", TABLE.drop(columns="income"))
    assert segments_of(old, short) is None


def test_other_columns_are_named(old) -> None:
    other = scorer_of(3, without="income")
    with pytest.raises(UserError) as error:
        check_columns(other, old, "shop")
    assert "the champion of shop: it leaves out income" in str(error.value)
    assert "model=OTHER" in str(error.value)
    with pytest.raises(UserError, match="needs also income"):
        check_columns(old, other, "shop")
    check_columns(old, scorer_of(2), "shop")
