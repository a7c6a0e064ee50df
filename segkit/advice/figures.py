"""What is known of each segment, and whether what a template asks for holds of it: then the figures, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from segkit.activation.words import column_words
from segkit.advice.templates import HIGH, When
from segkit.data.findings.finding import share
from segkit.data.findings.names import is_sensitive_name, words
from segkit.profiles.figures import figure


@dataclass(frozen=True)
class Found:
    """What holds: the column or figure that it rests on, and its figures in words."""

    about: str
    figures: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What is known of segments; tables without rows where nothing is.

    `markers`: segment, column, level, typical, everyone, effect. `outcomes`: segment, outcome, rate, everyone, low,
    high. `money`: segment, customers, share, value, value_share, value_each. Rows of `silent` columns and of protected
    attributes are never used.
    """

    markers: pd.DataFrame
    outcomes: pd.DataFrame
    money: pd.DataFrame
    silent: Collection[str] = ()

    def holds(self, segment: int, when: When, used: Collection[str]) -> Found | None:
        """What a template asks for, if it holds of the segment and rests on nothing that was used before."""
        if when.kind == "money":
            return self._money(segment, when, used)
        table, name = (self.markers, "column") if when.kind == "marker" else (self.outcomes, "outcome")
        if table.empty:
            return None
        for _, row in table[table["segment"] == segment].iterrows():
            is_free = row[name] not in used and row[name] not in self.silent and not is_sensitive_name(str(row[name]))
            fits = _marks(row, when) if when.kind == "marker" else _differs(row, when)
            if is_free and fits and _named(str(row[name]), when):
                return Found(str(row[name]), _marker_words(row) if when.kind == "marker" else _outcome_words(row))
        return None

    def _money(self, segment: int, when: When, used: Collection[str]) -> Found | None:
        name = when.words[0]
        rows = self.money[self.money["segment"] == segment] if not self.money.empty else self.money
        if rows.empty or name in used or name not in rows or pd.isna(rows[name].iloc[0]):
            return None
        row, average = rows.iloc[0], self._average(name)
        times = row[name] / average if average else 1.0
        fits = times >= when.by if when.side == HIGH else times <= 1 / when.by
        return Found(name, _money_words(row, average)) if fits and average > 0 else None

    def _average(self, name: str) -> float:
        if name == "share":
            return 1 / len(self.money)
        return float(self.money["value"].sum() / self.money["customers"].sum())


def _named(name: str, when: When) -> bool:
    """Whether the name of a column holds one of the words, or several together."""
    whole = f" {' '.join(words(name))} "
    return any(f" {one} " in whole for one in when.words) and not any(f" {one} " in whole for one in when.without)


def _marks(row: pd.Series, when: When) -> bool:
    far = row["effect"] if when.side == HIGH else -row["effect"]
    is_shown = pd.notna(row["typical"]) and pd.notna(row["everyone"]) and row["typical"] != row["everyone"]
    return bool(is_shown and far >= when.least)


def _differs(row: pd.Series, when: When) -> bool:
    """For sure: everyone's rate lies beyond the interval."""
    return bool(row["low"] > row["everyone"] if when.side == HIGH else row["high"] < row["everyone"])


def _marker_words(row: pd.Series) -> dict[str, str]:
    level = "" if pd.isna(row.get("level")) else str(row.get("level"))
    shown = share if level else figure
    name = f"{column_words(str(row['column']))} {level}".strip()
    return {"column": name, "typical": shown(float(row["typical"])), "everyone": shown(float(row["everyone"]))}


def _outcome_words(row: pd.Series) -> dict[str, str]:
    rates = {name: share(float(row[name])) for name in ("rate", "everyone", "low", "high")}
    return {"outcome": column_words(str(row["outcome"])), **rates}


def _money_words(row: pd.Series, average: float) -> dict[str, str]:
    known = {str(name): float(value) for name, value in row.items() if pd.notna(value)}
    amounts = {name: figure(known[name]) for name in ("customers", "value", "value_each") if name in known}
    shares = {name: share(known[name]) for name in ("share", "value_share") if name in known}
    usual = {"value": "unknown", "value_each": "unknown", "value_share": "unknown"}
    return usual | amounts | shares | {"average": figure(average)}
