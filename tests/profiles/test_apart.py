"""What tells some customers from others."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, Stated, make_dataset
from segkit.profiles.apart import told_apart


@pytest.fixture
def dataset() -> Dataset:
    draw = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "income": np.where(np.arange(200) < 60, 70_000, 40_000) + draw.normal(0, 2_000, 200).round(),
            "visits": draw.poisson(9, 200),
            "churn": np.where(np.arange(200) < 60, 1, 0),
            "region": draw.choice(["north", "south"], 200),
        }
    )
    return make_dataset("shop", table, stated=Stated(use={"churn": "outcome"}))


def those(*places: int) -> np.ndarray:
    return np.isin(np.arange(200), np.arange(*places))


def test_what_tells_them_is_told_with_figures_of_both(dataset):
    said = told_apart(dataset, those(0, 60), those(60, 200))
    assert said[0].startswith("income 70,")
    assert "(the others 39," in said[0] or "(the others 40," in said[0]


def test_outcomes_tell_nobody(dataset):
    assert not [one for one in told_apart(dataset, those(0, 60), those(60, 200)) if "churn" in one]


def test_others_are_only_those_who_were_named(dataset):
    said = told_apart(dataset, those(0, 30), those(30, 60))
    assert not [one for one in said if "(the others 40," in one or "(the others 39," in one]


@pytest.mark.parametrize("groups", [((0, 4), (4, 200)), ((0, 197), (197, 200)), ((0, 200), (200, 200))])
def test_of_a_few_nothing_is_told(dataset, groups):
    assert told_apart(dataset, *(those(*group) for group in groups)) is None


def test_customers_count_by_their_weights():
    table = pd.DataFrame(
        {
            "income": [10.0] * 20 + [50.0] * 20 + [30.0] * 40 + [31.0] * 20,
            "age": np.arange(100) % 7,
            "stands_for": [9] * 20 + [1] * 80,
        }
    )
    weighed = make_dataset("shop", table, stated=Stated(use={"stands_for": "weight"}))
    said = told_apart(weighed, np.arange(100) < 40, np.arange(100) >= 40)
    assert "income 10 (the others 30)" in said
