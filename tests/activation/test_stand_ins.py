"""Made-up neighbours: near their customers, assigned by the model, and of use where customers are few."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.activation.rules import learn_rules
from segkit.activation.stand_ins import assigner_of, with_stand_ins
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import TypedColumns
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.scorer import make_scorer

RNG = np.random.default_rng(0)


def draw(rows: int) -> pd.DataFrame:
    return pd.DataFrame(RNG.normal(size=(rows, 3)), columns=["a", "b", "c"]).assign(land=RNG.choice(["AT", "DE"], rows))


def border(frame: pd.DataFrame) -> np.ndarray:
    """A slanted one, which rules can only follow in steps."""
    return np.digitize(frame["a"] + frame["b"], [-0.7, 0.7])


def test_stand_ins_lie_among_the_customers_and_get_the_models_segment():
    frame = draw(100)
    together, labels = with_stand_ins(frame, border(frame), border)
    assert len(together) > 20 * len(frame)
    assert (labels == border(together)).all()
    assert together.describe().loc[["min", "max"]].to_numpy() == pytest.approx(
        frame.describe().loc[["min", "max"]].to_numpy()
    )
    assert together["land"].isin(["AT", "DE"]).all()
    assert together["a"].nunique() > 1000


def test_whole_numbers_stay_whole():
    frame = pd.DataFrame({"orders": RNG.poisson(5, 80).astype(float)})
    together, _ = with_stand_ins(frame, np.zeros(80, dtype=int), lambda rows: np.zeros(len(rows), dtype=int))
    assert (together["orders"] % 1 == 0).all()


def test_the_model_is_asked_as_in_scoring():
    table = draw(200).drop(columns="land")
    scorer = make_scorer(SegmentationModel(KMeans(3, n_init=2, random_state=0)).fit(table), {})
    assign = assigner_of(scorer, table)
    assert assign is not None
    assert assign(table).tolist() == scorer.score(table)["segment"].tolist()


def test_edits_of_the_model_are_followed_by_its_stand_ins():
    table = draw(200).drop(columns="land")
    scorer, other = (make_scorer(SegmentationModel(KMeans(k, n_init=2, random_state=0)).fit(table), {}) for k in (4, 2))
    edited = replace(scorer, edits=(Renumbered({0: 9, 1: 9}), Divided(2, other, {0: 5, 1: 6})))
    assign = assigner_of(edited, table)
    assert assign is not None
    assert assign(table).tolist() == edited.score(table)["segment"].tolist()
    assert set(assign(table)) == {3, 5, 6, 9}


def test_two_models_that_read_a_column_in_two_ways_assign_nothing():
    table = draw(200)[["a", "land"]].assign(land=RNG.choice([1, 2], 200))
    model, other = (
        SegmentationModel(KMeans(2, n_init=1, random_state=0), columns=TypedColumns(kinds={"land": kind})).fit(table)
        for kind in ("numeric", "categorical")
    )
    assert assigner_of(make_scorer(model, {}), table) is not None
    assert assigner_of(replace(make_scorer(model, {}), edits=(Locked(make_scorer(other, {}), (0,)),)), table) is None


@pytest.mark.parametrize("columns", [["a", "b"], ["a", "b", "c", "d"]])
def test_a_model_of_other_columns_assigns_nothing(columns):
    table = draw(50).drop(columns="land")
    scorer = make_scorer(SegmentationModel(KMeans(2, n_init=1, random_state=0)).fit(table), {})
    assert assigner_of(scorer, table.reindex(columns=columns)) is None


def test_rules_for_few_customers_hold_better_for_others():
    many, shares = draw(5000), []
    for _ in range(4):
        few = draw(120)
        found = (learn_rules(few, border(few)), learn_rules(few, border(few), border))
        shares.append([np.mean(rules.segments_of(many) == border(many)) for rules in found])
    plain, helped = np.mean(shares, axis=0)
    assert helped > plain + 0.01


def test_many_customers_need_none():
    def nobody(frame: pd.DataFrame) -> np.ndarray:
        raise AssertionError("asked")

    frame = draw(1000)
    assert learn_rules(frame, border(frame), nobody).fidelity > 0.8
