"""Six months of a shop, by the commands of docs/six_months.md, held against what was planted in its customers.

A segment grows, customers change sides, one segment parts in two, one of newcomers comes up (segkit.data.months): the
champion of January scores and is monitored monthly, until it is told to be fitted anew and a new champion follows.
"""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from segkit.data import make_month
from segkit.evidence import gathering
from segkit.evidence.lookalikes import DRAWS

pytestmark = pytest.mark.slow

ROWS, MONTHS = 1000, range(7)
STAY = ["store_regulars", "bargain_hunters", "gift_givers", "app_fans"]
COME = ["click_and_collect", "business_buyers"]
# What is added to the commands of the page, to read their answers here and to stay in this process.
READABLE = {"sweep": ("hydra/launcher=basic",), **dict.fromkeys(("promote", "monitor", "models"), ("format=json",))}


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

    def take(self, name: str, arguments: list[str], code: int, out: str) -> None:
        """Keep what a command said."""
        if name == "sweep":
            self.swept.append(out)
        elif name == "promote":
            self.promoted.append(json.loads(out))
        elif name == "models":
            self.models = json.loads(out)
        elif name == "monitor" and "history=true" not in arguments:
            month = (code, json.loads(out))
            if len(self.promoted) == 1:
                self.monitored.append(month)
            else:
                self.after = month[1]


@pytest.fixture(scope="module")
def enough_lookalikes() -> Iterator[None]:
    """As many as tell natural segments from chance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "null_test", partial(gathering.null_test, draws=DRAWS))
        yield


@pytest.fixture(scope="module")
def play(new_folder, command, enough_lookalikes) -> Play:
    """The page's commands, one after the other, and each month scored by the first champion."""
    folder = new_folder()
    found = Play(pd.DataFrame({month: make_month(month, ROWS).set_index("customer_id")["truth"] for month in MONTHS}))

    def scored(month: int, version: int) -> pd.DataFrame:
        done = command(folder, "score", f"input=month_{month}.csv", "output=scored.csv", f"model=shop/{version}")
        assert done.code == 0, done.err
        return pd.read_csv(folder / "scored.csv").set_index("customer_id")

    for words in commands_of_the_page():
        if words[0] == "python":
            subprocess.run([sys.executable, *words[1:]], cwd=folder, check=True)
            continue
        name, *arguments = words[1:]
        outcome = command(folder, name, *arguments, *READABLE.get(name, ()))
        assert outcome.code in ((0, 3) if name == "monitor" else (0,)), (words, outcome.err)
        found.take(name, arguments, outcome.code, outcome.out)
    found.first = {month: scored(month, 1) for month in MONTHS}
    found.second = scored(6, 2)
    return found


def commands_of_the_page() -> list[list[str]]:
    page = (Path(__file__).parent.parent / "docs" / "six_months.md").read_text()
    blocks = re.findall(r"^```bash\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


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
