"""Segmentations by rule: what they are on tables small enough to look at, and what they reach on real ones."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, LogColumns, Stated, make_dataset
from segkit.evidence.rivals import Rival, measured, rivals

RNG = np.random.default_rng(0)


def named(dataset: Dataset) -> dict[str, Rival]:
    return {rival.name: rival for rival in rivals(dataset)}


def table_of(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"visits": RNG.integers(0, 99, 100), **columns})


def test_a_segmentation_in_use_is_a_rival_with_its_names():
    table = table_of(segment=["gold", "silver", "basic", None] * 25)
    rival = named(make_dataset("shop", table))["segment"]
    assert rival.segments == ("basic", "gold", "silver")
    assert rival.labels[:4].tolist() == [1, 2, 0, -1]


def test_ages_fall_into_round_bands_of_about_a_quarter():
    ages = pd.Series(np.arange(20, 70).repeat(2).astype(float)).mask(lambda age: age == 20)
    rival = named(make_dataset("shop", table_of(age=ages)))["age bands"]
    assert rival.segments == ("below 35", "35 to 45", "45 to 55", "from 55")
    assert rival.about == "age: below 35, 35 to 45, 45 to 55, from 55"
    assert pd.Series(rival.labels).groupby(ages).first().loc[[21, 34, 35, 44, 45, 54, 55, 69]].tolist() == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]
    assert set(rival.labels[ages.isna()]) == {-1}


def test_spending_falls_into_quarters():
    rival = named(make_dataset("shop", table_of(spend_wine=np.arange(100) * 3, spend_meat=np.arange(100) * 2.5)))
    assert np.bincount(rival["spending quarters"].labels).tolist() == [25, 25, 25, 25]
    assert rival["spending quarters"].columns == {"spend_wine", "spend_meat"}


def test_spending_that_is_mostly_nothing_has_less_bands():
    spent = np.where(np.arange(100) < 60, 0, np.arange(100))
    rival = named(make_dataset("shop", table_of(spent=spent)))["spending quarters"]
    assert np.bincount(rival.labels).tolist() == [75, 25]


def test_a_table_that_says_nothing_of_the_kind_has_no_rival():
    assert rivals(make_dataset("shop", table_of(income=RNG.normal(size=100)))) == []
    assert rivals(make_dataset("shop", table_of(age=[30.0] * 97 + [31.0, 32.0, 33.0]))) == []


def log(**more: object) -> Dataset:
    """Four customers: Ann came often and lately, Bob once and long ago, Cid once and lately, Dan lately and dear."""
    lines = [("ann", "2024-01-01", 5), ("ann", "2024-05-30", 6), ("ann", "2024-06-01", 7)]
    lines += [("bob", "2024-01-01", 9), ("cid", "2024-06-01", 8), ("dan", "2024-05-01", 900), ("dan", "2024-05-02", 90)]
    table = pd.DataFrame(lines, columns=["who", "day", "amount"])
    columns = LogColumns("who", "day", **{"amount": "amount", **more})
    return make_dataset("log", table, stated=Stated(kind={"first_order": "date", "last_order": "date"}), log=columns)


def test_customers_of_a_log_fall_into_cells_of_recency_frequency_and_money():
    rival = named(log())["RFM cells"]
    assert [rival.segments[label] for label in rival.labels] == [
        "recent, often, much",
        "lapsed, seldom, little",
        "recent, seldom, little",
        "lapsed, often, much",
    ]


def test_a_log_without_money_has_cells_of_recency_and_frequency():
    assert "spending quarters" not in named(log(amount=""))
    assert named(log(amount=""))["RFM cells"].segments == (
        "lapsed, seldom",
        "lapsed, often",
        "recent, seldom",
        "recent, often",
    )


def test_columns_of_a_log_that_had_to_be_renamed_are_found():
    rival = named(log(describe=("amount",)))
    assert rival["spending quarters"].columns == {"customer_amount"}
    assert "customer_amount" in rival["RFM cells"].about


def test_a_rival_is_measured_on_all_but_what_it_is_made_of():
    dataset = make_dataset("shop", table_of(age=RNG.integers(20, 80, 100), spent=RNG.lognormal(size=100)))
    targets = dataset.table[["spent"]].assign(old=dataset.table["age"] > 50)
    found = measured(rivals(dataset), targets).set_index("name")
    assert found.columns.tolist() == ["about", "segments", "spent", "old"]
    assert found.loc["age bands", "old"] > 0.9
    assert np.isnan(found.loc["spending quarters", "spent"])
    assert np.isfinite(found.loc["age bands", "spent"])


def test_nothing_to_measure_makes_an_empty_table():
    assert measured([], pd.DataFrame({"churned": [1.0]})).columns.tolist() == ["name", "about", "segments", "churned"]


def test_age_bands_tell_who_leaves_the_bank(real_data):
    table = pd.read_csv(real_data("Churn_Modelling.csv"))
    dataset = make_dataset("bank", table, stated=Stated(use={"Surname": "leave_out"}))
    found = measured(rivals(dataset), table[["Exited"]]).set_index("name")
    assert found.loc["age bands", "Exited"] == pytest.approx(0.72, abs=0.005)
