"""What could not be read of a table that is scored."""

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import LogColumns, make_customers, make_dataset
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.preprocessing import TypedColumns
from segkit.scoring.readings import Readings, unread_cells
from segkit.scoring.scorer import Scorer, make_scorer

CUSTOMERS = make_customers(240).drop(columns=["truth"])


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    model = SegmentationModel(KMeans(3, n_init=2, random_state=0)).fit(CUSTOMERS.drop(columns="customer_id"))
    return make_scorer(model, {0: "large", 1: "middle", 2: "small"}, "customer_id")


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


def parts(table: pd.DataFrame, scorer: Scorer, rows: int) -> Readings:
    readings = Readings(scorer)
    for start in range(0, len(table), rows):
        readings.add(table.iloc[start : start + rows])
    return readings


def test_parts_are_counted_like_the_whole(scorer: Scorer) -> None:
    income = CUSTOMERS["income"].astype(object).where(CUSTOMERS.index % 50 > 2, "n/a")
    marital = CUSTOMERS["marital_status"].where(CUSTOMERS.index % 40 > 0, "Alone")
    table = CUSTOMERS.assign(income=income, marital_status=marital)
    whole, found = parts(table, scorer, 240), parts(table, scorer, 37)
    assert found.unread == whole.unread == {"income": 15}
    assert found.unseen() == whole.unseen()
    assert found.unseen()["marital_status"] == {"customers": 6, "examples": ["Alone"]}
    assert found.filled == whole.filled
    found.check()


def test_most_of_a_column_is_judged_on_all_parts(scorer: Scorer) -> None:
    late = CUSTOMERS.assign(income=CUSTOMERS["income"].astype(object).where(CUSTOMERS.index < 100, "1.234,50"))
    first = parts(late.head(100), scorer, 50)
    first.check()
    with pytest.raises(UserError, match="140 of 240 cells of income"):
        parts(late, scorer, 50).check()


def test_at_most_three_examples_and_none_of_what_may_be_names(scorer: Scorer) -> None:
    few = CUSTOMERS.assign(education=[f"School {row % 5}" for row in range(240)])
    assert len(parts(few, scorer, 100).unseen()["education"]["examples"]) == 3
    many = CUSTOMERS.assign(education=[f"Ann {row}" for row in range(240)])
    assert parts(many, scorer, 100).unseen()["education"] == {"customers": 240, "examples": []}
    prose = CUSTOMERS.assign(education="I went to a school that is far away from here")
    assert parts(prose, scorer, 100).unseen()["education"]["examples"] == []


def test_the_order_of_the_rows_decides_nothing_about_levels(scorer: Scorer) -> None:
    """The first part may be all of a country that is new."""
    sorted_by_school = CUSTOMERS.assign(education=CUSTOMERS["education"].where(CUSTOMERS.index > 60, "Evening school"))
    readings = parts(sorted_by_school.head(60), scorer, 60)
    readings.check_cells()
    with pytest.raises(UserError, match="60 of 60 cells of education"):
        readings.check()
    parts(sorted_by_school, scorer, 60).check()


@pytest.mark.parametrize("store", [17, "17"])
def test_a_code_that_nobody_had_is_a_level_of_one_customer_too(store: object) -> None:
    table = pd.DataFrame({"store": [*[1, 2, 3] * 10], "x": [float(row) for row in range(30)]})
    columns = TypedColumns(kinds={"store": "categorical", "x": "numeric"})
    scorer = make_scorer(SegmentationModel(KMeans(2, n_init=1, random_state=0), columns=columns).fit(table), {})
    new = table.head(1).assign(store=store)
    assert unread_cells(scorer, new) == {}
    several = pd.concat([new, table.astype({"store": object}).tail(5)])
    pd.testing.assert_frame_equal(scorer.score(several).head(1), scorer.score(new), rtol=1e-9)


@pytest.mark.parametrize("rows", [1, 40])
def test_numbers_for_dates_are_refused(scorer: Scorer, rows: int) -> None:
    with pytest.raises(UserError, match=f"{rows} of {rows} cells of signed_up cannot be read"):
        unread_cells(scorer, CUSTOMERS.head(rows).assign(signed_up=1704153600000))
