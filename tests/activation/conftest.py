"""What the tests of activation share: a table with every kind of column that a database has, and its segments."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Dataset, Stated, make_dataset
from segkit.evidence.reading import read_columns

ROWS = 300
LANDS = np.array(["O'Neil land", "Peru", "Chad"])


def make_table(rows: int = ROWS, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    income = rng.uniform(10_000, 90_000, rows).round()
    days = rng.integers(0, 2000, rows)
    table = pd.DataFrame(
        {
            "client": [f"C{number}" for number in range(rows)],
            'annual "income"': income,
            "spent": (rng.gamma(2, 50, rows) * 100).round() / 100,
            "orders": rng.poisson(4, rows),
            "joined": (pd.Timestamp(2025, 6, 30) - pd.to_timedelta(days, unit="D")).strftime("%d/%m/%Y"),
            "land": rng.choice(LANDS, rows),
            "school": rng.choice(["Basic", "Bachelor", "PhD"], rows),
            "member": rng.integers(0, 2, rows),
            "gender": rng.choice(["f", "m"], rows),
            "churned": rng.integers(0, 2, rows),
        }
    )
    table.loc[::17, 'annual "income"'] = np.nan
    table.loc[5::29, 'annual "income"'] = 666666
    table.loc[3::31, "joined"] = None
    table.loc[7::23, "land"] = None
    return table


STATED = Stated(
    use={"client": "id", "gender": "sensitive", "churned": "outcome"},
    levels={"school": ["Basic", "Bachelor", "PhD"]},
    dates={"joined": "%d/%m/%Y"},
    missing={'annual "income"': [666666]},
    derive={
        "tenure_years": {"years_since": "joined"},
        "spent_per_order": {"ratio": "spent", "over": "orders"},
        "abroad": {"map": "land", "to": {"Peru": "home"}, "otherwise": "abroad"},
    },
)


@pytest.fixture(scope="session")
def shop() -> Dataset:
    """300 customers with gaps, sentinels, day-first dates, quotes in names and levels, and columns made of others."""
    return make_dataset("shop", make_table(), stated=STATED, as_of="2025-06-30")


@pytest.fixture(scope="session")
def typed(shop) -> pd.DataFrame:
    """Its columns that may stand in rules, as the pipeline reads them."""
    from segkit.activation.columns import rule_columns

    return read_columns(shop, rule_columns(shop))


@pytest.fixture(scope="session")
def labels(typed) -> np.ndarray:
    """Segments that short rules tell: by income, date, land, school and orders, gaps as the usual customer."""
    from segkit.activation.conditions import filled, usual_values

    frame = filled(typed, usual_values(typed))
    rich, early = frame['annual "income"'] >= 52_300, frame["joined"] >= 700
    found = np.where(rich & early, 0, np.where(rich & (frame["land"] == "O'Neil land"), 1, 2))
    return np.where(~rich & (frame["school"] >= 2) & (frame["orders"] < 5), 3, found)


@pytest.fixture(scope="session")
def names() -> dict[int, str]:
    """Names that a query has to escape."""
    return {0: "rich, it's early", 1: 'of "land"', 2: "others", 3: "few orders", 4: "none"}
