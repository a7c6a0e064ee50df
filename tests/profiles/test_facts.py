"""Facts about segments in words."""

from typing import Any

import pandas as pd
import pytest

from segkit.profiles.facts import fact, facts


def row(column: str, typical: float, everyone: float, kind: str = "number", **more: Any) -> dict[str, Any]:
    means = {"mean": typical, "everyone_mean": everyone, "effect": typical - everyone}
    return {"column": column, "level": "", "kind": kind, "typical": typical, "everyone": everyone, **means, **more}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (row("Income", 75777.0, 51381.5), "income 75,777 (everyone 51,382)"),
        (row("MntMeatProducts", 421.0, 67.0), "spending on meat 421 (everyone 67)"),
        (row("NumWebPurchases", 7.0, 4.0), "7 web purchases (everyone 4)"),
        (row("Kidhome", 1.0, 0.0), "1 kid (everyone 0)"),
        (row("Kidhome", 0.0, 0.0, mean=0.04, everyone_mean=0.44), "on average 0.04 kids (everyone 0.44)"),
        (row("tenure_days", 204.0, 248.0), "tenure 204 days (everyone 248)"),
        (row("days_since_last_order", 25.0, 471.0), "last order 25 days ago (everyone 471)"),
        (row("days_since_Dt_Customer", 500.0, 353.0), "customer for 500 days (everyone 353)"),
        (row("days_since_birth", 40 * 366.0, 50 * 366.0), "40 years old (everyone 50)"),
        (row("birth_year", 1970.0, 1980.0), "born in 1970 (everyone 1980)"),
        (row("wine_share", 0.35, 0.5), "wine share 35 % (everyone 50 %)"),
        (row("accepted_5", 0.47, 0.076, "flag"), "47 % accepted offer 5 (everyone 8 %)"),
        (row("HasCrCard", 0.0, 0.71, "flag"), "0 % with credit card (everyone 71 %)"),
        (row("Geography", 0.64, 0.5, "level", level="France"), "64 % from France (everyone 50 %)"),
        (row("contact", 0.64, 0.5, "level", level="unknown"), "64 % unknown contact (everyone 50 %)"),
    ],
)
def test_a_fact_has_the_words_the_figure_and_everyones(said: dict[str, Any], expected: str) -> None:
    assert fact(said) == expected


def test_ranks_are_told_by_their_levels() -> None:
    levels = {"Education": ["Basic", "Master", "PhD"]}
    table = pd.DataFrame([row("Education", 2.0, 1.0), row("Education", 1.0, 1.0, effect=-0.4)])
    assert facts(table, levels) == ["education PhD (everyone Master)", "education Master, below everyone's on average"]
