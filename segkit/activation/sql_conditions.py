"""What a rule asks of one column, as SQL over the raw table (DuckDB)."""

from collections.abc import Mapping

import pandas as pd

from segkit.activation import expressions
from segkit.activation.conditions import Condition, Value
from segkit.activation.expressions import Columns
from segkit.activation.raw_expressions import day, literal, literals, moment, text
from segkit.activation.words import ranked_levels, value_words
from segkit.data.columns import Column


def filled_column(name: str, values: Mapping[str, Value], columns: Columns, as_of: str) -> str:
    """A column as it is compared: dates and ordinals as they stand in the table, the rest as typed.

    `values` stand for gaps.
    """
    column, usual = columns[name], values[name]
    if isinstance(usual, str):
        return f"coalesce({expressions.words(name, columns, as_of)}, {literal(usual)})"
    if column.levels:
        return f"coalesce({text(column)}, {literal(value_words(float(int(usual)), column))})"
    if _is_date(column):
        found = moment(column) if "T" in as_of else f"CAST({moment(column)} AS DATE)"
        return f"coalesce({found}, {_before(usual, as_of)})"
    return f"coalesce({expressions.number(name, columns, as_of)}, {literal(usual)})"


def condition_in_sql(condition: Condition, name: str, column: Column, as_of: str) -> str:
    """What a condition asks of `name`, which stands for its column without gaps."""
    if condition.levels:
        return f"{name} {'NOT IN' if condition.excluded else 'IN'} ({literals(condition.levels)})"
    if column.levels:
        return f"{name} IN ({literals(ranked_levels(condition, column.levels))})"
    if _is_date(column):
        # Fewer days before the day are a later date.
        until = [f"{name} <= {_before(condition.low, as_of)}"] if condition.low is not None else []
        after = [f"{name} > {_before(condition.high, as_of)}"] if condition.high is not None else []
        return " AND ".join([*after, *until])
    low = [f"{name} >= {literal(condition.low)}"] if condition.low is not None else []
    high = [f"{name} < {literal(condition.high)}"] if condition.high is not None else []
    return " AND ".join([*low, *high])


def _is_date(column: Column) -> bool:
    return column.kind == "date" and column.recipe is None


def _before(days: float, as_of: str) -> str:
    """The date so many days before the data's day."""
    then = pd.Timestamp(as_of) - pd.Timedelta(days=days)
    return day(then.isoformat(timespec="seconds") if "T" in as_of else str(then.date()))
