"""What segments buy more often than others."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import LogColumns
from segkit.errors import UserError
from segkit.profiles.affinity import affinity

SHOP = LogColumns("who", "day", order="bill", quantity="units", price="price", product="item", cancelled="C")
IDS = pd.Series([f"c{number:03d}" for number in range(120)])
LABELS = np.repeat([0, 1, -1], [60, 50, 10])


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    """Everybody buys some of 20 items; the first segment also tea, the second twice as many of all and candles."""
    rng = np.random.default_rng(0)
    rows = []
    for who, segment in zip(IDS, LABELS, strict=True):
        likes = [f"item {n:02d}" for n in rng.choice(20, 10 if segment == 1 else 5, replace=False)]
        special = {0: "tea", 1: "candle"}.get(segment, "")
        likes += [special] if special and rng.random() < 0.6 else []
        likes += ["once"] if who == "c000" else []
        rows += [(who, "2024-03-01", f"B{who}", item, item[:4], 2, 3.0) for item in likes]
        rows += [(who, "2024-03-02", f"C{who}", "returned", "retu", 1, 3.0)] if segment == 0 else []
    return pd.DataFrame(rows, columns=["who", "day", "bill", "item", "kind", "units", "price"])


def test_each_segment_is_known_by_what_it_prefers(lines: pd.DataFrame) -> None:
    found = affinity(lines, SHOP, IDS, LABELS)
    first = found.groupby("segment").first()
    assert first["item"].to_dict() == {0: "tea", 1: "candle"}
    bought = lines.query("item == 'tea'")["who"].nunique()
    assert first.loc[0, "buyers"] == bought
    assert first.loc[0, "share"] == pytest.approx(bought / 60)
    assert first.loc[0, "everyone"] == pytest.approx(bought / 120)
    assert first.loc[0, "lift"] == pytest.approx(2)


def test_who_buys_more_of_everything_does_not_prefer_all_of_it(lines: pd.DataFrame) -> None:
    items = affinity(lines, SHOP, IDS, LABELS, most=20).query("segment == 1")["item"]
    assert items.tolist() == ["candle"]


def test_what_was_cancelled_or_bought_by_one_is_no_preference(lines: pd.DataFrame) -> None:
    assert not {"returned", "once"} & set(affinity(lines, SHOP, IDS, LABELS, most=50)["item"])


def test_another_column_may_say_what_was_bought(lines: pd.DataFrame) -> None:
    found = affinity(lines, SHOP, IDS, LABELS, by="kind")
    assert set(found["item"]) >= {"tea", "cand"}


def test_customers_of_the_log_who_are_not_asked_about_do_not_count(lines: pd.DataFrame) -> None:
    some = np.flatnonzero(LABELS == 0)
    assert affinity(lines, SHOP, IDS[some], LABELS[some]).empty


@pytest.mark.parametrize(("by", "problem"), [("", "the log names no products"), ("knd", "the log has no column knd")])
def test_a_log_without_products_says_what_is_needed(lines: pd.DataFrame, by: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        affinity(lines, LogColumns("who", "day"), IDS, LABELS, by=by)
