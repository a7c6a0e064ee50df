"""One fact about a segment in a few plain words, with its figure and everyone's."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from segkit.data.findings.names import is_birth_name, words
from segkit.profiles.columns import FLAG, LEVEL
from segkit.profiles.figures import figure, percent
from segkit.profiles.phrases import of_flag, of_level
from segkit.profiles.words import is_count, of_one, spoken

_UNITS = ("days", "weeks", "months", "years")
_SHARES = {"share", "ratio", "rate", "percent", "pct", "prc"}
_DAYS_OF_A_YEAR = 365.25

Row = Mapping[Hashable, Any]


def facts(profiles: pd.DataFrame, ordered: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """A fact for each row of `column_profiles` or of `markers`: "income 75,777 (everyone 51,382)".

    `ordered` gives the levels of columns that hold ranks, lowest first. Where the typical values are the same the
    means are compared.
    """
    return [fact(row, (ordered or {}).get(str(row["column"]), ())) for row in profiles.to_dict("records")]


def fact(row: Row, levels: Sequence[str] = (), whom: str = "everyone") -> str:
    """The fact that one row of a profile holds; `whom` is what those are called whom it compares with.

    >>> row = {"column": "kids_at_home", "level": "", "kind": "number", "typical": 0.0, "everyone": 0.0}
    >>> fact(row | {"mean": 0.05, "everyone_mean": 0.376})
    'on average 0.05 kids at home (everyone 0.38)'
    >>> fact(row | {"column": "plan", "level": "gold", "kind": "level", "typical": 0.8, "everyone": 0.3})
    '80 % gold plan (everyone 30 %)'
    >>> fact(row | {"column": "income", "typical": 700.0, "everyone": 500.0}, whom="the others")
    'income 700 (the others 500)'
    """
    column = str(row["column"])
    if row["kind"] == LEVEL:
        phrase = of_level(column, str(row["level"]))
        what = phrase.high if phrase else f"{row['level']} {spoken(column)}"
        return f"{percent(row['typical'])} {what} ({whom} {percent(row['everyone'])})"
    if row["kind"] == FLAG:
        return f"{percent(row['typical'])} {of_flag(column).high} ({whom} {percent(row['everyone'])})"
    if levels:
        return f"{spoken(column)} {_ranked(row, levels, whom)}"
    is_told = row["typical"] != row["everyone"]
    own, others = (row["typical"], row["everyone"]) if is_told else (row["mean"], row["everyone_mean"])
    return ("" if is_told else "on average ") + _measured(column, float(own), float(others), whom)


def _ranked(row: Row, levels: Sequence[str], whom: str) -> str:
    """The typical level; where it is everyone's, too, whether most others are above or below."""
    own, others = (levels[min(int(row[name]), len(levels) - 1)] for name in ("typical", "everyone"))
    if own != others:
        return f"{own} ({whom} {others})"
    return f"{own}, {'above' if row['effect'] > 0 else 'below'} {_whose(whom)} on average"


def _whose(whom: str) -> str:
    return f"{whom}'" if whom.endswith("s") else f"{whom}'s"


def _measured(column: str, own: float, others: float, whom: str) -> str:
    parts = words(column)
    if parts[1:2] == ["since"] and parts[0] in _UNITS and parts[2:]:
        return _ago(parts[0], parts[2:], own, others, whom)
    said, is_year = spoken(column), "year" in parts
    if _SHARES & set(parts) and min(own, others) >= 0 and max(own, others) <= 1:
        return f"{said} {percent(own)} ({whom} {percent(others)})"
    figures = [figure(value, is_year) for value in (own, others)]
    unit = said.rpartition(" ")[2]
    if unit in _UNITS and unit != said:
        return f"{said.removesuffix(unit)}{figures[0]} {unit} ({whom} {figures[1]})"
    if is_count(column):
        return f"{figures[0]} {of_one(said) if figures[0] == '1' else said} ({whom} {figures[1]})"
    if is_birth_name(column):
        return f"born in {figures[0]} ({whom} {figures[1]})"
    return f"{said} {figures[0]} ({whom} {figures[1]})"


def _ago(unit: str, parts: Sequence[str], own: float, others: float, whom: str) -> str:
    """Dates are days before the day of the data."""
    if unit == "days" and {"birth", "born", "birthday", "dob"} & set(parts):
        years = [figure(value // _DAYS_OF_A_YEAR) for value in (own, others)]
        return f"{years[0]} years old ({whom} {years[1]})"
    what, figures = spoken(" ".join(parts)), [figure(value) for value in (own, others)]
    if what == "customer":
        return f"customer for {figures[0]} {unit} ({whom} {figures[1]})"
    return f"{what} {figures[0]} {unit} ago ({whom} {figures[1]})"
