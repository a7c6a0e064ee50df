"""What people change: names, numbers, sizes and what is said, before anything is written."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.errors import UserError
from segkit.identity.editing import Standing, locked, merged, renamed, split, unlocked
from segkit.model import SegmentationModel
from segkit.profiles.names_file import Called
from segkit.scoring.edits import Locked
from segkit.scoring.scorer import Scorer, make_scorer

CUSTOMERS = make_customers(160).drop(columns=["truth", "customer_id"])


def scorer_of(k: int, names: str = "ABCD") -> Scorer:
    model = SegmentationModel(KMeans(k, n_init=1, random_state=0)).fit(CUSTOMERS)
    return make_scorer(model, dict(enumerate(names[:k])))


@pytest.fixture(scope="module")
def old() -> Standing:
    scorer = scorer_of(4)
    sizes = scorer.score(CUSTOMERS)["segment"].value_counts().to_dict()
    called = {number: Called(name, "told" if number == 1 else "") for number, name in scorer.names.items()}
    return Standing("customers/3", scorer, called, (), sizes)


def scored(standing: Standing) -> pd.Series:
    return standing.scorer.score(CUSTOMERS).groupby(["segment", "segment_name"]).size()


def check_sizes(standing: Standing) -> None:
    assert {number: size for (number, _), size in scored(standing).items()} == standing.sizes
    assert dict(scored(standing).index.tolist()) == standing.scorer.names


def test_a_name_is_changed_and_nothing_else(old: Standing) -> None:
    done = renamed(old, {**old.called, 1: Called("Gold", "told")})
    assert done is not None
    assert done.now.scorer.names == {0: "A", 1: "Gold", 2: "C", 3: "D"}
    assert (done.says, done.same) == ("renamed 1 (B) to Gold", True)
    assert done.customers(old) == old.sizes[1]
    check_sizes(done.now)


def test_what_is_called_so_already_is_no_change(old: Standing) -> None:
    assert renamed(old, dict(old.called)) is None
    assert unlocked(old, 1) is None
    assert locked(replace(old, locked=(1,)), 1) is None


def test_merged_segments_have_the_number_of_the_first_and_one_name(old: Standing) -> None:
    done = merged(old, [3, 1])
    assert done.now.scorer.names == {0: "A", 2: "C", 3: "D + B"}
    assert done.now.sizes[3] == old.sizes[1] + old.sizes[3] == done.customers(old)
    assert not done.same
    assert done.notes == ("what was written about 1 is not taken over",)
    check_sizes(done.now)
    assert merged(old, [3, 1], "Both").now.scorer.names[3] == "Both"


def test_a_joined_name_is_short_and_nobody_elses(old: Standing) -> None:
    long = {number: Called(f"{letter * 60}") for number, letter in enumerate("abc")} | {3: Called("a + b")}
    name = merged(replace(old, called=long), [0, 1, 2]).now.called[0].name
    assert len(name) <= 80
    assert name.count("…") == 3
    short = {0: Called("a"), 1: Called("b"), 2: Called("A + B"), 3: Called("d")}
    assert merged(replace(old, called=short), [0, 1]).now.called[0].name == "a + b (2)"


def test_a_split_segments_parts_get_new_numbers_and_names_of_their_own(old: Standing) -> None:
    inner = replace(scorer_of(2, "CX"), outer=old.scorer, segment=2)
    done = split(old, 2, inner, 7, "kmeans-2", None)
    assert done.now.scorer.names == {0: "A", 1: "B", 3: "D", 7: "C", 8: "X"}
    assert done.now.sizes is None
    found = done.now.scorer.score(CUSTOMERS)["segment"]
    was = old.scorer.score(CUSTOMERS)["segment"]
    assert (found.isin([7, 8]) == (was == 2)).all()
    assert done.now.scorer.edits[-1].scorer.outer is None
    assert split(old, 2, replace(inner, names={0: "A", 1: "a"}), 4, "", None).now.scorer.names[4] == "A (C)"


def test_whom_none_of_the_parts_takes_is_told_and_counted(old: Standing) -> None:
    done = split(replace(old, sizes={-1: 3, 0: 50, 2: 30}), 2, scorer_of(2, "XY"), 4, "dbscan", {-1: 10, 0: 15, 1: 5})
    assert done.now.sizes == {-1: 13, 0: 50, 4: 15, 5: 5}
    assert done.notes == ("10 of them fit none of the parts and become unassigned",)


def test_a_lock_is_carried_and_given_up(old: Standing) -> None:
    held = locked(old, 2)
    assert held is not None
    assert held.now.locked == (2,)
    assert held.now.scorer is old.scorer
    freed = unlocked(held.now, 2)
    assert (freed.now.locked, freed.notes) == ((), ())
    kept = replace(held.now, scorer=replace(old.scorer, edits=(Locked(scorer_of(3), (2,)),)))
    assert "goes on deciding" in unlocked(kept, 2).notes[0]


WRONG: list[tuple[Callable[[Standing], object], str, str]] = [
    (lambda old: merged(old, [1, 1]), "one segment cannot be merged: 1 (B)", "merge=[1,3]"),
    (lambda old: merged(replace(old, locked=(3,)), [1, 3]), "has segment 3 (D) locked", "unlock=3"),
    (lambda old: split(replace(old, locked=(2,)), 2, scorer_of(2), 4, "", None), "cannot be split", "unlock=2"),
    (lambda old: split(old, 2, scorer_of(1), 4, "kmeans-1", None), "kmeans-1 finds one segment only", "run="),
]


@pytest.mark.parametrize(("edit", "problem", "mend"), WRONG, ids=[row[1][:20] for row in WRONG])
def test_what_cannot_be_is_refused(old: Standing, edit, problem: str, mend: str) -> None:
    with pytest.raises(UserError) as error:
        edit(old)
    assert problem in error.value.problem
    assert mend in error.value.mend


def test_merging_all_segments_is_refused(old: Standing) -> None:
    with pytest.raises(UserError, match="would leave one segment"):
        merged(old, [0, 1, 2, 3])
