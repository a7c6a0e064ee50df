"""What `segkit score` writes and says."""

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import LogColumns, make_customers, make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import TypedColumns
from segkit.scored import score_summary, scored_table, summary_text, unread_cells
from segkit.scoring import Scorer, make_scorer

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


def test_the_summary_counts_every_customer(scorer: Scorer) -> None:
    scored = scored_table(scorer, CUSTOMERS)
    summary = score_summary(scored, "shop/3", "out.csv", "2025-06-30", {"income": 2})
    assert summary["rows"] == sum(found["customers"] for found in summary["segments"].values()) == 240
    assert summary["segments"]["0"] == {"name": "large", "customers": int((scored["segment"] == 0).sum())}
    text = summary_text(summary)
    assert text.startswith("240 customers scored with shop/3 -> out.csv, dates counted to 2025-06-30")
    assert text.endswith("cells that could not be read and count as missing: 2 of income")
    assert len(text.splitlines()) == 5


@pytest.mark.parametrize("store", [17, "17"])
def test_a_code_that_nobody_had_is_a_level_of_one_customer_too(store: object) -> None:
    table = pd.DataFrame({"store": [*[1, 2, 3] * 10], "x": [float(row) for row in range(30)]})
    columns = TypedColumns(kinds={"store": "categorical", "x": "numeric"})
    scorer = make_scorer(SegmentationModel(KMeans(2, n_init=1, random_state=0), columns=columns).fit(table), {})
    new = table.head(1).assign(store=store)
    assert unread_cells(scorer, new) == {"store": 1}
    several = pd.concat([new, table.astype({"store": object}).tail(5)])
    pd.testing.assert_frame_equal(scorer.score(several).head(1), scorer.score(new), rtol=1e-9)


@pytest.mark.parametrize("rows", [1, 40])
def test_numbers_for_dates_are_refused(scorer: Scorer, rows: int) -> None:
    with pytest.raises(UserError, match=f"{rows} of {rows} cells of signed_up cannot be read"):
        unread_cells(scorer, CUSTOMERS.head(rows).assign(signed_up=1704153600000))


def test_a_few_bad_cells_are_counted(scorer: Scorer) -> None:
    income = CUSTOMERS["income"].astype(object).where(CUSTOMERS.index > 2, "n/a")
    assert unread_cells(scorer, CUSTOMERS.assign(income=income)) == {"income": 3}
    assert unread_cells(scorer, CUSTOMERS) == {}


def test_a_column_that_is_written_in_another_way_is_refused(scorer: Scorer) -> None:
    written = CUSTOMERS["income"].map("{:,.2f}".format).str.replace(",", "'").str.replace(".", ",")
    with pytest.raises(UserError, match="240 of 240 cells of income cannot be read as they were at fitting"):
        unread_cells(scorer, CUSTOMERS.assign(income=written))


@pytest.mark.parametrize("written", ["35.296,19", "$35,296.19", "12.04.2026"])
def test_one_customer_written_in_another_way_is_refused(scorer: Scorer, written: str) -> None:
    with pytest.raises(UserError, match="1 of 1 cells of income cannot be read as they were at fitting"):
        unread_cells(scorer, CUSTOMERS.head(1).assign(income=written))


def test_one_customer_without_a_number_is_scored(scorer: Scorer) -> None:
    assert unread_cells(scorer, CUSTOMERS.head(1).assign(income="n/a")) == {"income": 1}


def test_levels_that_nobody_had_are_no_reading_of_a_column(scorer: Scorer) -> None:
    strange = CUSTOMERS["education"].map({"PhD": "Dr.", "Master": "M.", "Bachelor": "B."}).fillna("other")
    with pytest.raises(UserError, match="240 of 240 cells of education cannot be read"):
        unread_cells(scorer, CUSTOMERS.assign(education=strange))
    assert unread_cells(scorer, CUSTOMERS.assign(education=strange.where(CUSTOMERS.index < 5, "PhD"))) == {}


def test_thousands_points_are_not_taken_for_decimals(scorer: Scorer) -> None:
    written = CUSTOMERS["income"].fillna(500).map("{:,.0f}".format).str.replace(",", ".")
    with pytest.raises(UserError, match="cells of income cannot be read"):
        unread_cells(scorer, CUSTOMERS.assign(income=written))


def test_lines_of_a_log_that_cannot_be_read_are_counted() -> None:
    days = pd.date_range("2024-01-01", periods=40).strftime("%d.%m.%Y")
    log = pd.DataFrame(
        {"who": [f"c{i % 10}" for i in range(40)], "day": days, "paid": [f"{i},5" for i in range(1, 41)]}
    )
    dataset = make_dataset("shop", log, log=LogColumns("who", "day", amount="paid"))
    model = SegmentationModel(KMeans(2, n_init=1, random_state=0)).fit(dataset.features)
    scorer = make_scorer(model, {}, "who", dataset.log)
    assert scorer.unread(log) == {}
    assert scorer.unread(log.assign(paid=log["paid"].where(log.index > 2, "1,234.50"))) == {"paid": 3}
    with pytest.raises(UserError, match="40 of 40 cells of day"):
        unread_cells(scorer, log.assign(day=pd.to_datetime(log["day"], dayfirst=True).dt.strftime("%d/%m/%Y")))
