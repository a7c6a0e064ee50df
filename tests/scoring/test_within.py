"""A scorer within a segment of another: one file that may be given everyone."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer

CUSTOMERS = make_customers(240).drop(columns=["truth", "customer_id"])
KMEANS = KMeans(2, n_init=2, random_state=0)
OUTER = ["income", "kids_at_home"]
INNER = ["spend_wine", "signed_up"]


@pytest.fixture(scope="module")
def outer() -> Scorer:
    return make_scorer(SegmentationModel(KMEANS).fit(CUSTOMERS[OUTER]), {0: "well off", 1: "young"})


@pytest.fixture(scope="module")
def inner(outer) -> Scorer:
    of_segment = CUSTOMERS[outer.score(CUSTOMERS)["segment"] == 1]
    return make_scorer(SegmentationModel(KMEANS).fit(of_segment[INNER]), {0: "dry", 1: "wet"}, outer=outer, segment=1)


def test_who_is_in_another_segment_is_in_none_of_these(outer, inner) -> None:
    around, scores = outer.score(CUSTOMERS), inner.score(CUSTOMERS)
    outside = (around["segment"] != 1).to_numpy()
    assert 0 < outside.sum() < 240
    assert set(scores["segment_name"][outside]) == {"not in young"}
    assert (scores.loc[outside, ["segment", "second_segment"]] == -1).all(axis=None)
    assert scores["confidence"][outside].tolist() == around["confidence"][outside].tolist()
    assert set(scores["segment_name"][~outside]) == {"dry", "wet"}
    assert scores["segment"].dtype.kind == "i"


def test_the_others_are_as_sure_as_both_levels(outer, inner) -> None:
    inside = outer.score(CUSTOMERS)["segment"] == 1
    alone = Scorer(inner.preprocessing, inner.assigner, inner.names).score(CUSTOMERS)
    both = alone["confidence"] * outer.score(CUSTOMERS)["confidence"]
    np.testing.assert_allclose(inner.score(CUSTOMERS)["confidence"][inside], both[inside])
    assert inner.score(CUSTOMERS)["segment"][inside].tolist() == alone["segment"][inside].tolist()


def test_it_needs_the_columns_of_both(inner) -> None:
    assert inner.columns == INNER
    assert inner.needed == [*INNER, *OUTER]
    with pytest.raises(UserError, match="lacks columns that the model needs: income"):
        inner.score(CUSTOMERS.drop(columns="income"))


def test_one_file_holds_every_level(inner, tmp_path: Path) -> None:
    of_these = CUSTOMERS[inner.score(CUSTOMERS)["segment"] == 0]
    deepest = make_scorer(
        SegmentationModel(KMEANS).fit(of_these[["spend_meat"]]), {0: "a", 1: "b"}, outer=inner, segment=0
    )
    save_scorer(deepest, tmp_path / "model.skops")
    loaded = load_scorer(tmp_path / "model.skops")
    pd.testing.assert_frame_equal(loaded.score(CUSTOMERS), deepest.score(CUSTOMERS), check_exact=True)
    assert set(loaded.score(CUSTOMERS)["segment_name"]) == {"a", "b", "not in dry"}
    assert loaded.outer is not None
    assert loaded.outer.outside_of == "young"


def test_a_customer_alone_is_scored_as_among_others(inner) -> None:
    alone = pd.concat([inner.score(CUSTOMERS.iloc[[row]]) for row in range(0, 240, 24)])
    pd.testing.assert_frame_equal(alone, inner.score(CUSTOMERS).iloc[::24], rtol=1e-9)


def test_nobody_gives_nothing(inner) -> None:
    assert inner.score(CUSTOMERS.head(0)).empty
