"""Why a customer: facts that a segment rests on, and that are true of the customer."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import AgglomerativeClustering, KMeans

from segkit.activation.why import usual_customer, why, why_words
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import TypedColumns
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.scorer import Scorer, make_scorer

RNG = np.random.default_rng(0)
CENTRES = np.repeat([[0.0, 0.0], [20.0, 0.0], [0.0, 20.0]], 60, axis=0)
TABLE = pd.DataFrame(CENTRES + RNG.normal(size=CENTRES.shape), columns=["web_orders", "store_orders"]).assign(
    noise=RNG.normal(size=180), gender=RNG.choice(["f", "m"], 180)
)
NAMES = {0: "web", 1: "store", 2: "neither"}


def scorer_of(algorithm) -> Scorer:
    model = SegmentationModel(algorithm)
    model.fit(TABLE)
    return make_scorer(model, {segment: f"segment {segment}" for segment in range(3)})


@pytest.fixture(
    scope="module", params=[KMeans(3, n_init=4, random_state=0), AgglomerativeClustering(3)], ids=["own", "learnt"]
)
def scorer(request) -> Scorer:
    """One that assigns by its own prototypes, one that learnt to."""
    return scorer_of(request.param)


def test_the_fact_is_the_column_that_parts_the_segment(scorer):
    found = why(scorer, TABLE.iloc[[70, 130]], usual_customer(scorer, TABLE))
    assert [one.facts[0].column for one in found] == ["web_orders", "store_orders"]
    assert found[0].facts[0].value == pytest.approx(TABLE["web_orders"].iloc[70])


def test_the_segments_are_those_of_the_score(scorer):
    rows = TABLE.iloc[::7]
    found, scored = why(scorer, rows, usual_customer(scorer, TABLE)), scorer.score(rows)
    assert [one.segment for one in found] == scored["segment"].tolist()
    assert [one.second for one in found] == scored["second_segment"].tolist()


def test_few_facts_the_strongest_first_each_speaking_for_the_segment(scorer):
    for one in why(scorer, TABLE, usual_customer(scorer, TABLE)):
        pushes = [fact.push for fact in one.facts]
        assert len(pushes) <= 3
        assert pushes == sorted(pushes, reverse=True)
        assert all(push > 0 for push in pushes)


def test_a_customer_is_explained_alike_alone_and_in_a_crowd(scorer):
    usual = usual_customer(scorer, TABLE)
    alone, among = why(scorer, TABLE.iloc[[3]], usual)[0], why(scorer, TABLE, usual)[3]
    assert [fact.column for fact in alone.facts] == [fact.column for fact in among.facts]
    assert [fact.push for fact in alone.facts] == pytest.approx([fact.push for fact in among.facts])


def test_protected_and_silent_columns_are_not_named(scorer):
    found = why(scorer, TABLE, usual_customer(scorer, TABLE), silent=["web_orders"])
    assert not {"gender", "web_orders"} & {fact.column for one in found for fact in one.facts}


def test_gaps_and_nobody_are_no_trouble(scorer):
    usual = usual_customer(scorer, TABLE)
    assert why(scorer, TABLE.iloc[:0], usual) == []
    gaps = why(scorer, TABLE.iloc[[70]].assign(web_orders=np.nan), usual)
    assert len(gaps) == 1


def test_words_carry_the_value_and_the_usual_one(scorer):
    found = why(scorer, TABLE.iloc[[70]], usual_customer(scorer, TABLE))[0]
    names = {found.segment: "buys online", found.second: "buys little"}
    text = why_words(found, names)
    assert text.startswith("buys online rather than buys little, because of web orders ")
    assert "(usually " in text


def test_where_nothing_decides_it_is_said(scorer):
    found = why(scorer, TABLE.iloc[[70]], {})[0]
    assert "no single fact decides" in why_words(found, NAMES)


def edits_of(scorer: Scorer) -> dict[str, Scorer]:
    by_web = make_scorer(SegmentationModel(KMeans(2, n_init=2, random_state=0)).fit(TABLE[["noise", "gender"]]), {})
    edits = {
        "renumbered": Renumbered({0: 7}),
        "merged": Renumbered({0: 1}),
        "divided": Divided(1, by_web, {0: 4, 1: 5}),
        "locked": Locked(scorer_of(KMeans(4, n_init=2, random_state=0)), (2,)),
    }
    return {name: replace(scorer, edits=(edit,)) for name, edit in edits.items()}


@pytest.mark.parametrize("name", ["renumbered", "merged", "divided", "locked"])
def test_an_edited_model_gives_reasons_for_its_own_segments(scorer, name):
    edited, rows = edits_of(scorer)[name], TABLE.iloc[::7]
    found, scored = why(edited, rows, usual_customer(edited, TABLE)), edited.score(rows)
    assert [one.segment for one in found] == scored["segment"].tolist()
    assert [one.second for one in found] == scored["second_segment"].tolist()
    assert all(fact.push > 0 for one in found for fact in one.facts)
    assert sum(bool(one.facts) for one in found) > len(found) / 2


def test_a_part_of_a_divided_segment_is_explained_by_what_parts_it(scorer):
    edited = edits_of(scorer)["divided"]
    parts = TABLE[edited.score(TABLE)["segment"].isin([4, 5]).to_numpy()]
    found = why(edited, parts, usual_customer(edited, TABLE))
    between = [one for one in found if {one.segment, one.second} == {4, 5}]
    assert between
    assert {fact.column for one in between for fact in one.facts} == {"noise"}


def test_where_two_models_read_a_column_in_two_ways_no_facts_are_made_up(scorer):
    other = SegmentationModel(KMeans(3, n_init=1), columns=TypedColumns(kinds={"web_orders": "categorical"})).fit(TABLE)
    edited = replace(scorer, edits=(Locked(make_scorer(other, {}), (0,)),))
    found = why(edited, TABLE, usual_customer(edited, TABLE))
    assert [one.segment for one in found] == edited.score(TABLE)["segment"].tolist()
    assert not any(one.facts or one.asked for one in found)
    assert "cannot be told" in why_words(found[0], NAMES)
