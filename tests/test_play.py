"""Six months of a shop, all through the commands, held against what was planted in its customers.

A segment grows, customers change sides, one segment parts in two, one of newcomers comes up (segkit.data.months): the
champion of January scores and is monitored monthly, until it is told to be fitted anew and a new champion follows.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from segkit.data import make_month

pytestmark = pytest.mark.slow

ROWS, MONTHS = 1000, range(7)
STAY = ["store_regulars", "bargain_hunters", "gift_givers", "app_fans"]
COME = ["click_and_collect", "business_buyers"]
TABLE = ("data=table", "data.name=shop", "data.use.truth=truth", "data.use.revenue=value")
SPACE = ("preprocessing=log_skewed", "reducer=pca", "algorithm=kmeans", "hydra/launcher=basic")


@dataclass
class Play:
    """What the commands said and wrote. `truth`: a column per month; `first`, `second`: scored by either champion."""

    truth: pd.DataFrame
    swept: list[str] = field(default_factory=list)
    promoted: list[dict[str, Any]] = field(default_factory=list)
    monitored: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    first: dict[int, pd.DataFrame] = field(default_factory=dict)
    second: pd.DataFrame = field(default_factory=pd.DataFrame)
    models: list[dict[str, Any]] = field(default_factory=list)
    after: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def play(new_folder, command) -> Play:
    folder = new_folder()

    def said(name: str, *arguments: str) -> str:
        outcome = command(folder, name, *arguments)
        assert outcome.code == 0, outcome.err
        return outcome.out

    def scored(month: int, version: int) -> pd.DataFrame:
        said("score", f"input=month_{month}.csv", "output=scored.csv", f"model=shop/{version}")
        return pd.read_csv(folder / "scored.csv").set_index("customer_id")

    found = Play(_written(folder))
    found.swept.append(said("sweep", *TABLE, "data.path=month_0.csv", *SPACE, "k=3,4,5"))
    found.promoted.append(json.loads(said("promote", "format=json")))
    found.first[0] = scored(0, 1)
    for month in MONTHS[1:]:
        found.first[month] = scored(month, 1)
        outcome = command(folder, *_monitor(month))
        found.monitored.append((outcome.code, json.loads(outcome.out)))
    found.swept.append(said("sweep", *TABLE, "data.path=month_6.csv", *SPACE, "k=4,5,6"))
    found.promoted.append(json.loads(said("promote", "format=json")))
    found.second = scored(6, 2)
    found.models = json.loads(said("models", "format=json"))
    found.after = json.loads(said(*_monitor(6)))
    return found


def _written(folder: Path) -> pd.DataFrame:
    """The planted segment of each customer in each month, whose tables are written."""
    tables = {month: make_month(month, ROWS) for month in MONTHS}
    for month, table in tables.items():
        table.to_csv(folder / f"month_{month}.csv", index=False)
    return pd.DataFrame({month: table.set_index("customer_id")["truth"] for month, table in tables.items()})


def _monitor(month: int) -> tuple[str, ...]:
    day = pd.Timestamp(2025, month + 1, 1) + pd.offsets.MonthEnd()
    return "monitor", f"input=month_{month}.csv", f"date={day:%Y-%m-%d}", "format=json"


def numbers(truth: pd.Series, scored: pd.DataFrame) -> dict[str, int]:
    """Planted segment -> the number that most of its customers have."""
    known = truth.reindex(scored.index)
    return {str(name): int(group.mode()[0]) for name, group in scored["segment"].groupby(known)}


def test_both_champions_are_natural_segments_and_nearly_the_planted_ones(play: Play) -> None:
    for swept, scored, month in zip(play.swept, (play.first[0], play.second), (0, 6), strict=True):
        assert "Natural segments: " in swept
        assert adjusted_mutual_info_score(play.truth[month].reindex(scored.index), scored["segment"]) > 0.85


def test_every_customer_of_a_month_is_scored_in_order(play: Play) -> None:
    for month, scored in play.first.items():
        assert scored.index.tolist() == make_month(month, ROWS)["customer_id"].tolist()
        assert set(scored["segment"]) == {0, 1, 2, 3}


def test_nothing_to_do_then_to_be_watched_then_to_be_fitted_anew(play: Play) -> None:
    decisions = [said["decision"] for _, said in play.monitored]
    assert set(decisions[:2]) <= {"keep", "watch"}
    assert decisions[2:] == ["watch", "watch", "refit", "refit"]
    assert [code for code, _ in play.monitored] == [3 if decision == "refit" else 0 for decision in decisions]


def test_the_reasons_name_the_growth_and_the_group_that_was_not_there(play: Play) -> None:
    fans = numbers(play.truth[0], play.first[0])["app_fans"]
    grown = [reason["says"] for reason in play.monitored[2][1]["reasons"]]
    assert any(says.startswith(f"segment {fans}, ") and "has grown" in says for says in grown)
    strange = play.monitored[-1][1]["outliers"]
    newcomers = play.truth[6].isin(COME).sum() / len(play.truth)
    assert 0.4 * newcomers < strange["share"] < newcomers + 0.02


def test_as_many_are_said_to_move_from_month_to_month_as_do(play: Play) -> None:
    for month in (1, 2):
        known = play.truth[[month - 1, month]].dropna()
        planted = (known[month - 1] != known[month]).mean()
        assert play.monitored[month - 1][1]["moved"]["share"] == pytest.approx(planted, abs=0.02)
        assert play.monitored[month - 1][1]["moved"]["customers"] == len(known)


def test_planted_segments_that_last_keep_number_and_name(play: Play) -> None:
    before, after = numbers(play.truth[0], play.first[0]), numbers(play.truth[6], play.second)
    assert sorted(before) == sorted(STAY)
    assert {name: after[name] for name in STAY} == before
    old, new = (said["segments"] for said in play.promoted)
    assert {number: new[number] for number in old} == old


def test_what_is_new_gets_numbers_that_were_never_used(play: Play) -> None:
    after = numbers(play.truth[6], play.second)
    assert sorted(after[name] for name in COME) == [4, 5]
    assert len(set(play.promoted[1]["segments"].values())) == 6


def test_the_migration_table_is_what_both_champions_say(play: Play) -> None:
    said = {(row["segment_from"], row["segment_to"]): row["customers"] for row in play.promoted[1]["migration"]}
    counted = pd.crosstab(play.first[6]["segment"], play.second["segment"]).stack()
    assert said == counted[counted > 0].to_dict()
    assert play.promoted[1]["customers_compared"] == len(play.second)


def test_who_moves_to_the_new_champion_are_those_of_the_planted_new_segments(play: Play) -> None:
    after, rows = numbers(play.truth[6], play.second), pd.DataFrame(play.promoted[1]["migration"])
    moved = rows[rows["segment_from"] != rows["segment_to"]]
    planted = play.truth[6].value_counts()
    for name in COME:
        came = moved.loc[moved["segment_to"] == after[name], "customers"].sum()
        assert came == pytest.approx(planted[name], rel=0.2), name
    others = moved.loc[~moved["segment_to"].isin([after[name] for name in COME]), "customers"].sum()
    assert others < 0.03 * len(play.second)
    expected = planted[COME].sum() / planted.sum()
    assert play.promoted[1]["moved_share"] == pytest.approx(expected, abs=0.03)


def test_from_january_to_july_customers_move_as_was_planted(play: Play) -> None:
    """Scored by the champion of each month, since the numbers of both mean the same people."""
    after, known = numbers(play.truth[6], play.second), play.first[0].index
    planted = pd.crosstab(play.truth.loc[known, 0].map(after), play.truth.loc[known, 6].map(after))
    found = pd.crosstab(play.first[0]["segment"], play.second["segment"].reindex(known))
    gap = found.reindex_like(planted.reindex(columns=sorted(after.values()))).fillna(0) - planted
    assert gap.abs().max(axis=None) < 0.02 * ROWS
    for way in (("store_regulars", "bargain_hunters"), ("bargain_hunters", "store_regulars")):
        assert found.loc[after[way[0]], after[way[1]]] > 0


def test_the_registered_model_has_its_history_and_the_new_champion_fits_its_customers(play: Play) -> None:
    shop = play.models[0]
    assert (shop["name"], list(shop["champions"])) == ("shop", [1, 2])
    assert play.after["decision"] == "keep"
