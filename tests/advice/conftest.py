"""What the tests of advice share: three segments with markers, an outcome and money."""

import pandas as pd
import pytest


@pytest.fixture
def names() -> dict[int, str]:
    return {0: "high web, low age", 1: "big spenders", 2: "seldom here", -1: "unassigned"}


@pytest.fixture
def markers() -> pd.DataFrame:
    rows = [
        (0, "NumWebPurchases", "", 7.0, 4.0, 0.9),
        (0, "gender", "f", 0.9, 0.5, 0.8),
        (0, "days_since_purchase", "", 12.0, 49.0, -0.7),
        (1, "spend_wine", "", 812.0, 174.0, 1.6),
        (1, "land", "AT", 0.62, 0.25, 0.7),
        (2, "days_since_purchase", "", 80.0, 49.0, 0.8),
        (2, "NumWebPurchases", "", 3.0, 4.0, -0.2),
    ]
    return pd.DataFrame(rows, columns=["segment", "column", "level", "typical", "everyone", "effect"])


@pytest.fixture
def outcomes() -> pd.DataFrame:
    rows = [
        (0, "Churned", 0.2, 0.2, 0.17, 0.23),
        (1, "Churned", 0.31, 0.2, 0.27, 0.35),
        (2, "Churned", 0.22, 0.2, 0.18, 0.26),
    ]
    return pd.DataFrame(rows, columns=["segment", "outcome", "rate", "everyone", "low", "high"])


@pytest.fixture
def money() -> pd.DataFrame:
    rows = [
        (0, 500, 0.5, 50_000.0, 0.25, 100.0),
        (1, 200, 0.2, 140_000.0, 0.7, 700.0),
        (2, 300, 0.3, 10_000.0, 0.05, 33.3),
    ]
    return pd.DataFrame(rows, columns=["segment", "customers", "share", "value", "value_share", "value_each"])
