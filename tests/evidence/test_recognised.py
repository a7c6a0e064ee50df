"""Which columns are taken for ages and for spending, and which look like it and are not."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, Stated, make_dataset
from segkit.evidence.recognised import age_column, spending

ROWS = 80


def dataset_of(*names: str, use: dict[str, str] | None = None, derive: dict[str, object] | None = None) -> Dataset:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({name: rng.integers(20, 2000, ROWS) for name in ("filler", *names)})
    return make_dataset("shop", table, stated=Stated(use=use or {}, derive=derive or {}))


@pytest.mark.parametrize("name", ["Age", "age_in_years", "CustomerAge", "Year_Birth", "birth_year"])
def test_ages_and_birth_years_are_known_by_name(name):
    found = age_column(dataset_of(name))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", ["average", "account_age", "pages", "wage", "tenure"])
def test_what_only_sounds_like_an_age_is_none(name):
    assert age_column(dataset_of(name)) is None


def test_an_age_goes_before_a_birth_year():
    found = age_column(dataset_of("birth_year", derive={"age": {"difference": "filler", "minus": "birth_year"}}))
    assert found is not None
    assert found.name == "age"


@pytest.mark.parametrize("use", ["sensitive", "outcome", "leave_out"])
def test_an_age_that_is_not_to_be_used_is_not(use):
    assert age_column(dataset_of("age", use={"age": use})) is None


def test_the_value_column_is_the_spending():
    found = spending(dataset_of("spend_wine", "profit", use={"profit": "value"}))
    assert found is not None
    assert (found[0].name, found[1]) == ("profit", {"profit"})


def test_a_total_goes_before_its_parts():
    derive = {"money": {"total": "spend_*"}}
    named = spending(dataset_of("spend_wine", "spend_meat", "spend_total"))
    assert named is not None
    assert named[0].name == "spend_total"
    made = spending(dataset_of("spend_wine", "spend_meat", derive={"all_spending": derive["money"]}))
    assert made is not None
    assert made[0].name == "all_spending"
    assert made[1] == {"all_spending", "spend_wine", "spend_meat"}


def test_a_total_is_known_by_its_parts_too():
    rng = np.random.default_rng(0)
    parts = pd.DataFrame(rng.integers(1, 900, (ROWS, 2)), columns=["spend_wine", "spend_meat"])
    found = spending(make_dataset("shop", parts.assign(spend=parts.sum(axis=1))))
    assert found is not None
    assert found[0].name == "spend"


def test_parts_without_a_total_are_summed_up():
    dataset = dataset_of("MntWines", "MntMeat", "visits")
    found = spending(dataset)
    assert found is not None
    assert found[1] == {"MntWines", "MntMeat"}
    assert found[0].tolist() == dataset.table[["MntWines", "MntMeat"]].sum(axis=1).tolist()


def test_a_single_column_of_money_keeps_its_name():
    found = spending(dataset_of("revenue", "visits"))
    assert found is not None
    assert found[0].name == "revenue"


def test_scores_shares_and_means_are_no_spending():
    assert spending(dataset_of("Spending Score (1-100)", "amount_per_order", "share_of_sales", "income")) is None
