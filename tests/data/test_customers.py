"""The embedded customers: their shape, their planted traps, their overlap, and their being frozen."""

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_mutual_info_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from segkit.data.customers import make_customers

SPENDS = ["spend_wine", "spend_fruit", "spend_meat", "spend_fish", "spend_sweets", "spend_gold"]
COLUMNS = [
    "customer_id",
    "birth_year",
    "education",
    "marital_status",
    "income",
    "kids_at_home",
    "teens_at_home",
    "signed_up",
    "days_since_purchase",
    *SPENDS,
    "purchases_deals",
    "purchases_web",
    "purchases_catalog",
    "purchases_store",
    "web_visits_month",
    "accepted_1",
    "accepted_2",
    "accepted_3",
    "accepted_4",
    "accepted_5",
    "response",
    "contact_cost",
    "spend_total",
    "truth",
]
SHARES = {
    "budget_families": 0.32,
    "food_lovers": 0.24,
    "web_first_young": 0.19,
    "affluent_childless": 0.15,
    "deal_hunting_seniors": 0.10,
}


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    return make_customers()


@pytest.fixture(scope="module")
def supervised() -> Pipeline:
    """A classifier that was shown the truth of other customers: a stand-in for the best possible.

    It is a linear one, for boosting with its busy threads can take minutes on a loaded machine.
    """
    train = make_customers(8000, seed=99)
    model = make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(max_iter=500))
    return model.fit(_features(train), train["truth"])


def _features(frame: pd.DataFrame) -> pd.DataFrame:
    """Return numbers, as logarithms since most are skewed, and a flag for each usual level."""
    levels = {"education": ["Basic", "Secondary", "Bachelor", "Master", "PhD"]}
    levels["marital_status"] = ["Married", "Together", "Single", "Divorced", "Widowed"]
    flags = {f"is_{level}": frame[name] == level for name in levels for level in levels[name]}
    numbers = frame.select_dtypes("number").drop(columns="response")
    return numbers.apply(np.log1p).assign(**flags)


def test_columns_stand_in_the_promised_order_with_plain_types(customers: pd.DataFrame) -> None:
    assert list(customers.columns) == COLUMNS
    texts = {"customer_id", "education", "marital_status", "signed_up", "truth"}
    for name in COLUMNS:
        if name in texts:
            assert customers[name].map(lambda value: isinstance(value, str)).all(), name
        else:
            assert customers[name].dtype == ("float64" if name == "income" else "int64"), name


@pytest.mark.parametrize("rows", [1, 2, 7, 33, 34, 100, 2000, 12345])
def test_any_number_of_rows_can_be_had(rows: int) -> None:
    frame = make_customers(rows, seed=rows)
    assert list(frame.columns) == COLUMNS
    assert list(frame.index) == list(range(rows))
    assert frame["customer_id"].is_unique
    assert frame["customer_id"].str.fullmatch(r"C\d{6}").all()


@pytest.mark.parametrize("rows", [0, -5])
def test_fewer_rows_than_one_are_refused(rows: int) -> None:
    with pytest.raises(ValueError, match=f"rows must be at least 1, got {rows}"):
        make_customers(rows)


def test_the_same_call_gives_the_same_table_and_another_seed_another_one() -> None:
    pd.testing.assert_frame_equal(make_customers(300, seed=4), make_customers(300, seed=4))
    assert not make_customers(300, seed=4).equals(make_customers(300, seed=5))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(200, 3649141694465206536), (2000, 4022071552773672361)],
)
def test_the_generator_is_frozen(rows: int, expected: int) -> None:
    """Do not adapt the number: a table that differs needs another name.

    (Should nothing but a new numpy have changed the table, then its random streams have changed.)
    """
    frame = make_customers(rows, seed=0)
    assert int(pd.util.hash_pandas_object(frame).sum()) == expected


def test_values_keep_to_their_ranges(customers: pd.DataFrame) -> None:
    assert customers["kids_at_home"].isin([0, 1, 2]).all()
    assert customers["teens_at_home"].isin([0, 1, 2]).all()
    assert customers["days_since_purchase"].between(0, 99).all()
    assert (customers.filter(regex="^(spend|purchases|web_visits)_") >= 0).all(axis=None)
    assert customers.filter(regex="^(accepted_|response)").isin([0, 1]).all(axis=None)
    assert customers["education"].isin(["Basic", "Secondary", "Bachelor", "Master", "PhD"]).all()


def test_segments_have_their_shares_and_row_order_tells_nothing() -> None:
    truth = make_customers(20_000, seed=1)["truth"]
    for part in (truth, truth[:10_000], truth[10_000:]):
        shares = part.value_counts(normalize=True)
        assert shares.to_dict() == pytest.approx(SHARES, abs=0.015)


def test_the_id_tells_nothing() -> None:
    frame = make_customers(20_000, seed=1)
    number = frame["customer_id"].str[1:].astype("int64")
    assert (number.groupby(frame["truth"]).mean() / number.mean()).between(0.95, 1.05).all()


def test_response_depends_on_the_segment_but_is_no_copy_of_it() -> None:
    frame = make_customers(20_000, seed=1)
    rate = frame["response"].groupby(frame["truth"]).mean()
    assert rate.max() > 2 * rate.min()
    assert rate.between(0.02, 0.5).all()


def test_trap_dates_are_text_that_is_readable_day_first_only(customers: pd.DataFrame) -> None:
    dates = pd.to_datetime(customers["signed_up"], format="%d-%m-%Y")
    assert dates.min() >= pd.Timestamp(2023, 7, 1)
    assert dates.max() <= pd.Timestamp(2025, 6, 30)
    month_first = pd.to_datetime(customers["signed_up"], format="%m-%d-%Y", errors="coerce")
    assert month_first.isna().mean() > 0.3
    assert (month_first.notna() & (month_first != dates)).mean() > 0.2


def test_trap_income_is_missing_or_absurd_now_and_then(customers: pd.DataFrame) -> None:
    assert customers["income"].isna().mean() == pytest.approx(0.015)
    assert (customers["income"] == 666666).sum() == 4
    assert customers["income"].median() < 60_000


def test_trap_few_customers_were_born_in_another_age(customers: pd.DataFrame) -> None:
    ancient = customers["birth_year"][customers["birth_year"] < 1930]
    assert len(ancient) == 3
    assert ancient.between(1893, 1900).all()


def test_trap_joke_levels_are_very_rare(customers: pd.DataFrame) -> None:
    counts = customers["marital_status"].value_counts()
    assert counts[["YOLO", "Absurd"]].to_dict() == {"YOLO": 2, "Absurd": 3}
    assert counts.drop(["YOLO", "Absurd"]).min() > 20


def test_trap_some_customers_are_copies_under_an_id_of_their_own(customers: pd.DataFrame) -> None:
    copies = customers.drop(columns="customer_id").duplicated()
    assert copies.mean() == pytest.approx(0.015)


def test_trap_one_column_is_constant_and_one_counts_twice(customers: pd.DataFrame) -> None:
    assert (customers["contact_cost"] == 3).all()
    assert (customers["spend_total"] == customers[SPENDS].sum(axis=1)).all()


def test_spends_are_skewed_and_have_many_zeros(customers: pd.DataFrame) -> None:
    assert (customers[SPENDS].mean() > 1.2 * customers[SPENDS].median()).all()
    assert (customers[["spend_fruit", "spend_fish", "spend_sweets"]] == 0).mean().between(0.1, 0.3).all()


@pytest.mark.parametrize("seed", range(5))
def test_even_who_was_shown_the_truth_recovers_it_in_part_only(seed: int, supervised: Pipeline) -> None:
    test = make_customers(2000, seed)
    found = supervised.predict(_features(test))
    assert 0.6 < adjusted_mutual_info_score(test["truth"], found) < 0.9


def test_the_random_state_of_the_caller_is_left_alone() -> None:
    np.random.seed(0)
    expected = np.random.random()
    np.random.seed(0)
    make_customers(10)
    assert np.random.random() == expected
