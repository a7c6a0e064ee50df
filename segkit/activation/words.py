"""Conditions and rules as people read them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from segkit.activation.conditions import Condition
from segkit.data.columns import Column
from segkit.data.findings.names import words
from segkit.preprocessing.words import MISSING
from segkit.profiles.figures import figure
from segkit.profiles.words import spoken


def column_words(name: str) -> str:
    """A column's name as words, the same that segments are named and described in.

    >>> column_words("spend_wine"), column_words("NumWebPurchases"), column_words("CREDIT_LIMIT")
    ('spending on wine', 'web purchases', 'credit limit')
    """
    return spoken(name)


def number(value: float) -> str:
    """A number of a rule with all its digits; years keep their four together.

    >>> number(35000.0), number(1987.0), number(0.083), number(1234567.5)
    ('35,000', '1987', '0.083', '1,234,567.5')
    """
    return f"{value:,.12g}" if abs(value) >= 10000 else f"{value + 0.0:.12g}"


def listed(parts: Sequence[str], last: str = "or") -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b or c', 'a')
    """
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def date_of(days: float, as_of: str) -> str:
    """The date so many days before the data's day."""
    return str((pd.Timestamp(as_of) - pd.Timedelta(days=days)).date())


def condition_words(condition: Condition, column: Column | None = None, as_of: str = "") -> str:
    """What the condition asks; `column` says whether its numbers are dates, ranks or a yes and no."""
    name = column_words(condition.column)
    if condition.levels:
        levels = ["unknown" if level == MISSING else level for level in condition.levels]
        return f"{name} is {'not ' if condition.excluded else ''}{listed(levels)}"
    if column is not None and column.levels:
        return f"{name} is {listed(ranked_levels(condition, column.levels))}"
    if column is not None and column.kind == "date" and as_of:
        return f"{name} {_between_dates(condition, as_of)}"
    if column is not None and column.kind == "binary" and 1.0 in (condition.low, condition.high):
        return f"{name}: {'yes' if condition.low == 1.0 else 'no'}"
    return f"{name} {_between(condition)}"


def ranked_levels(condition: Condition, levels: Sequence[str]) -> list[str]:
    """The levels of an ordinal that lie within the condition."""
    low = condition.low if condition.low is not None else float("-inf")
    high = condition.high if condition.high is not None else float("inf")
    return [level for rank, level in enumerate(levels) if low <= rank < high]


def conditions_words(conditions: Iterable[Condition], columns: Mapping[str, Column], as_of: str = "") -> str:
    """All that a rule asks."""
    asked = [condition_words(one, columns.get(one.column), as_of) for one in conditions]
    return " and ".join(asked) or "everyone else"


def value_words(value: Any, column: Column | None = None, as_of: str = "") -> str:
    """A typed value of a column in words: a date, a level, a number, or that it is unknown."""
    if pd.isna(value) or value == MISSING:
        return "unknown"
    if not isinstance(value, int | float):
        return str(value)
    if column is not None and column.levels:
        return column.levels[min(max(round(value), 0), len(column.levels) - 1)]
    if column is not None and column.kind == "date" and as_of:
        day = date_of(value, as_of)
        return day[:4] if day.endswith("-01-01") and "year" in words(column.name) else day
    if column is not None and column.kind == "binary" and value in (0, 1):
        return "yes" if value else "no"
    if column is not None and "year" in words(column.name) and float(value).is_integer():
        return number(value)
    return figure(float(value))


def stand_in_words(name: str, usual: Any, column: Column | None = None, as_of: str = "") -> str:
    """What stands for a column where it is unknown."""
    return f"Where {column_words(name)} is unknown, {value_words(usual, column, as_of)} stands for it."


def out_of_100(share: float) -> str:
    """A share as so many of a hundred.

    >>> out_of_100(0.8649)
    '86 of 100'
    """
    return f"{100 * share:.0f} of 100"


def _between(condition: Condition) -> str:
    low, high = condition.low, condition.high
    if high is None:
        return f"at least {number(low or 0.0)}"
    return f"below {number(high)}" if low is None else f"from {number(low)} to below {number(high)}"


def _between_dates(condition: Condition, as_of: str) -> str:
    """Fewer days before the data's day are a later date."""
    low, high = condition.low, condition.high
    until = f"on or before {date_of(low, as_of)}" if low is not None else ""
    after = f"after {date_of(high, as_of)}" if high is not None else ""
    return " and ".join(filter(None, [after, until]))
