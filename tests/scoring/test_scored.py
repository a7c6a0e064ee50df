"""What `segkit score` writes and says."""

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer import Scorer, make_scorer

CUSTOMERS = make_customers(240).drop(columns=["truth"])


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    model = SegmentationModel(KMeans(3, n_init=2, random_state=0)).fit(CUSTOMERS.drop(columns="customer_id"))
    return make_scorer(model, {0: "large", 1: "middle", 2: "small"}, "customer_id")


def test_an_index_with_repeats_is_kept(scorer: Scorer) -> None:
    twice = pd.concat([CUSTOMERS.head(3)] * 2)
    assert list(scored_table(scorer, twice).index) == [0, 1, 2, 0, 1, 2]


def test_the_table_of_the_caller_is_left_alone(scorer: Scorer) -> None:
    before = CUSTOMERS.copy()
    scored_table(scorer, CUSTOMERS)
    pd.testing.assert_frame_equal(CUSTOMERS, before)


@pytest.mark.parametrize("as_of", ["30.06.2025", "soon", "2025-13-01", "2025-06", "2025-06-30T00:00Z"])
def test_an_as_of_that_is_no_date_is_refused(scorer: Scorer, as_of: str) -> None:
    with pytest.raises(UserError, match=f"as_of={as_of} is not a date"):
        scored_table(scorer, CUSTOMERS, as_of)


def test_the_id_stands_first_in_what_is_written(scorer: Scorer) -> None:
    found = scored_table(scorer, CUSTOMERS)
    assert found.columns[0] == "customer_id"
    assert found["customer_id"].tolist() == CUSTOMERS["customer_id"].tolist()


def test_without_ids_rows_are_numbered(scorer: Scorer) -> None:
    found = scored_table(scorer, CUSTOMERS.drop(columns="customer_id").tail(3))
    assert found["row"].tolist() == [0, 1, 2]


def test_the_id_column_may_be_called_segment() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 5.0, 9.0, 7.0]})
    scorer = make_scorer(SegmentationModel().fit(table), {}, "segment")
    found = scored_table(scorer, table.assign(segment=list("abcde")))
    assert found.columns[:2].tolist() == ["customer", "segment"]
    assert found["customer"].tolist() == list("abcde")
    assert found["segment"].tolist() == scorer.score(table)["segment"].tolist()


def test_a_table_without_customers_is_scored_to_a_table_without_customers(scorer: Scorer) -> None:
    found = scored_table(scorer, CUSTOMERS.head(0))
    assert found.empty
    assert list(found.columns) == ["customer_id", "segment", "segment_name", "confidence", "second_segment"]


def test_rows_are_numbered_on_from_the_part_before(scorer: Scorer) -> None:
    found = scored_table(scorer, CUSTOMERS.drop(columns="customer_id").tail(3), first=237)
    assert found["row"].tolist() == [237, 238, 239]
