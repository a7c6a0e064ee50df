"""Segments in a paragraph."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.data.dataset import Dataset
from segkit.evidence.usefulness import targets_of
from segkit.profiles.columns import column_profiles, described
from segkit.profiles.descriptions import descriptions
from segkit.profiles.markers import column_likeness, markers
from segkit.profiles.money import money, sizes
from segkit.profiles.outcomes import outcomes

ROWS = 200
LABELS = np.repeat([0, 1, -1, 2], [100, 80, 17, 3])


@pytest.fixture
def dataset() -> Dataset:
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "income": np.where(LABELS == 0, 20_000, 60_000) + rng.normal(0, 500, ROWS).round(),
            "kids_at_home": np.where(LABELS == 0, 2, 0) + (np.arange(ROWS) % 10 == 0),
            "noise": rng.normal(size=ROWS).round(1),
            "Gender": np.where(LABELS == 0, "f", "m"),
            "spent": np.where(LABELS == 0, 10.0, 40.0) + np.arange(ROWS) % 3,
            "churned": np.where(LABELS == 0, np.arange(ROWS) % 2, 0),
        }
    )
    return make_dataset("shop", table, stated=Stated(use={"spent": "value"}))


def marked(dataset: Dataset) -> pd.DataFrame:
    typed, fitted = described(dataset)
    return markers(column_profiles(typed, LABELS, fitted), 5, column_likeness(typed), dataset.used_as("outcome"))


def test_size_marks_money_and_outcome_are_told_in_raw_units(dataset: Dataset) -> None:
    worth = money(dataset, LABELS)
    assert worth is not None
    found = descriptions(marked(dataset), worth, outcomes(targets_of(dataset), LABELS))
    assert list(found) == [0, 1, 2]
    assert found[0].startswith("100 customers, 50 % of all. Typical: income 20,0")
    assert "2 kids at home (everyone " in found[0]
    share = 100 * dataset.table["spent"][LABELS == 0].sum() / dataset.table["spent"].sum()
    assert f"They bring {share:.0f} % of the revenue, 11 each (everyone 26)." in found[0]
    assert found[0].endswith("Churned: 50 % (everyone 25 %; higher, quite sure).")


def test_nothing_is_said_of_protected_attributes(dataset: Dataset) -> None:
    found = descriptions(marked(dataset), sizes(LABELS))
    assert not any(word in text.lower() for text in found.values() for word in ("gender", "sex", "% f ", "% m "))


def test_money_is_told_once(dataset: Dataset) -> None:
    worth = money(dataset, LABELS)
    assert worth is not None
    assert "spending" not in descriptions(marked(dataset), worth)[0]
    assert "spending" in descriptions(marked(dataset).query("column == 'spent'"), sizes(LABELS))[0]


def test_of_few_customers_no_figure_is_told(dataset: Dataset) -> None:
    found = descriptions(marked(dataset), sizes(LABELS))
    assert found[2] == "3 customers, 2 % of all. Too few to describe: the figures would be those of single customers."


def test_who_is_like_everyone_is_said_to_be() -> None:
    labels = np.repeat([0, 1], 50)
    typed = pd.DataFrame({"x": np.tile([1.0, 2.0], 50)})
    found = descriptions(markers(column_profiles(typed, labels, [])), sizes(labels))
    assert found[0] == "50 customers, 50 % of all. In every column they are close to everyone."


def test_money_that_nobody_spent_is_called_by_its_column(dataset: Dataset) -> None:
    worth = money(dataset, LABELS).assign(of="Balance")
    assert "% of the balance, 11 each" in descriptions(marked(dataset), worth)[0]
