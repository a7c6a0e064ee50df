"""What a brief asks of the columns, and what money and weights have to be."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from segkit.brief import Brief
from segkit.data.columns import Column
from segkit.data.numbers import finite
from segkit.data.stated import check_names
from segkit.errors import UserError


def as_demanded(columns: tuple[Column, ...], brief: Brief, table: pd.DataFrame) -> tuple[Column, ...]:
    """Uses that the brief asks for; raises UserError where the table cannot give it what it asks."""
    names = [column.name for column in columns]
    check_names(brief.must_use, names, "brief.must_use")
    check_names(brief.never_use, names, "brief.never_use")
    check_names([brief.value] if brief.value else [], names, "brief.value")
    demanded = tuple(_demanded(column, brief, table) for column in columns)
    values = [column.name for column in demanded if column.use == "value"]
    if len(values) > 1:
        problem = f"{' and '.join(values)} are each stated as value, and a customer is worth one amount"
        raise UserError(problem, f"keep one: data.use.{values[-1]}=describe_with")
    if brief.smallest_value and not values:
        mend = "name the column: brief.value=COLUMN, or data.use.COLUMN=value"
        raise UserError(f"brief.smallest_value={brief.smallest_value:g} needs a value column", mend)
    return demanded


def _demanded(column: Column, brief: Brief, table: pd.DataFrame) -> Column:
    if column.name in brief.must_use:
        if column.kind in ("constant", "text", "id"):
            raise UserError(
                f"brief.must_use: {column.name} cannot be segmented on ({column.reason})", "take it out of the brief"
            )
        return replace(column, use="segment_on", reason=f"{column.reason}; the brief demands it")
    if brief.value and column.name == brief.value:
        if not _is_amount(column, table):
            raise UserError(f"brief.value: {column.name} is no amount ({column.reason})", "name a numeric column")
        return replace(column, use="value", reason=f"{column.reason}; the brief's value column")
    if brief.value and column.use == "value":
        return replace(column, use="describe_with", reason=f"{column.reason}; the brief's value is {brief.value}")
    if column.name in brief.never_use and column.use == "segment_on":
        return replace(column, use="describe_with", reason=f"{column.reason}; the brief forbids it")
    return column


def check_amounts(columns: Sequence[Column], table: pd.DataFrame) -> None:
    """Raises UserError where a column is stated as money, or as the customers behind a row, and holds no amounts."""
    for column in columns:
        place, mend = f"data.use.{column.name}={column.use}", "state a column of numbers"
        if column.use in ("value", "weight") and not _is_amount(column, table):
            raise UserError(f"{place}: {column.name} is no amount ({column.reason})", mend)
        if column.use == "weight":
            weights = finite(table[column.name])
            if (weights < 0).any() or not (weights > 0).any():
                raise UserError(f"{place}: a weight is how many customers a row stands for, so none is below 0", mend)


def _is_amount(column: Column, table: pd.DataFrame) -> bool:
    if column.kind == "numeric" or column.recipe:
        return column.kind == "numeric"
    return column.kind in ("binary", "constant") and pd.api.types.is_numeric_dtype(table[column.name])
