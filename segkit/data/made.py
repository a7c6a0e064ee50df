"""The columns that a table's recipes make: their kind and use, their values, and which of them repeat others."""

from collections.abc import Sequence

import pandas as pd

from segkit.data.columns import Column, lineage
from segkit.data.operations import OPERATIONS
from segkit.data.recipes import Recipe, parse_recipes
from segkit.data.stated import Stated
from segkit.data.typed import is_typed_number, typed_values
from segkit.errors import UserError

_SUMS = {"total": "sum", "mean": "mean"}
# What nearly all have in common shows in as many customers.
_ROWS = 50_000


def made_columns(stated: Stated, columns: Sequence[Column], table: pd.DataFrame) -> tuple[Column, ...]:
    """The columns that are made of others, each with kind, use and recipe; raises UserError where one cannot be."""
    for name in stated.derive:
        if name in table:
            raise UserError(f"data.derive.{name} has the name of a column of the table", "choose another name")
        use = stated.use.get(name, "")
        if use in ("id", "truth", "weight"):
            raise UserError(f"data.use.{name}={use}: {name} is made of others", f"state a column of the table as {use}")
    known = list(columns)
    for recipe in parse_recipes(stated.derive, list(table.columns), [c.name for c in columns if c.kind == "date"]):
        _check_kinds(recipe, [column for column in known if column.name in recipe.columns], table)
        use = stated.use.get(recipe.name, "segment_on")
        known.append(Column(recipe.name, recipe.kind, use, str(recipe), recipe=recipe))
    return tuple(known[len(columns) :])


def made_values(columns: Sequence[Column], wanted: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    """The values of these made columns as the pipeline makes them, for a part of the customers if there are many."""
    part = table.iloc[:: max(len(table) // _ROWS, 1)]
    values: dict[str, pd.Series] = {}
    for column in lineage(columns, wanted):
        recipe = column.recipe
        values[column.name] = recipe.make(pd.DataFrame(values)) if recipe else _typed(column, part)
    return pd.DataFrame({name: values[name] for name in wanted}, index=part.index)


def _typed(column: Column, table: pd.DataFrame) -> pd.Series:
    # Between any two customers the days are as many whatever the date they are counted to.
    return typed_values(table[column.name], _is_number(column, table), column.levels, column.date_format, "2000-01-01")


def made_sums(columns: Sequence[Column]) -> dict[str, str]:
    """Fitted columns that are made as the sum or mean of others that are fitted, too, with what they are."""
    by_name = {column.name: column for column in columns}

    def is_counted(name: str) -> bool:
        """Whether what the column says is fitted already, by itself or by its parts."""
        column = by_name[name]
        return column.use == "segment_on" or bool(_parts(column) and all(map(is_counted, _parts(column))))

    found = [column for column in columns if column.use == "segment_on" and _parts(column)]
    return {
        column.name: f"the {_SUMS[column.recipe.operation]} of {', '.join(_parts(column))}"
        for column in found
        if column.recipe and all(map(is_counted, _parts(column)))
    }


def _parts(column: Column) -> tuple[str, ...]:
    return column.recipe.columns if column.recipe and column.recipe.operation in _SUMS else ()


def _check_kinds(recipe: Recipe, columns: Sequence[Column], table: pd.DataFrame) -> None:
    """Raises UserError where an operation would make nothing but gaps, or nonsense, of a column."""
    place, takes_text = f"data.derive.{recipe.name}: {recipe.operation}", OPERATIONS[recipe.operation].takes_text
    for column in columns:
        name, kind = column.name, column.kind
        if kind == "constant":
            continue
        if recipe.operation in ("days_since", "years_since", "age") and kind != "date":
            mend = "name the date itself" if column.recipe else f"data.kind.{name}=date, if it is one"
            raise UserError(f"{place} takes a date, and {name} is {kind}", mend)
        if takes_text and kind == "ordinal":
            raise UserError(f"{place} takes words, and {name} is {kind} and read as numbers", "use it as it is")
        if not takes_text and not _is_number(column, table):
            mend = f"make numbers of it first: {{map: {name}, to: {{...}}}}"
            raise UserError(f"{place} takes numbers, and {name} is text", mend)


def _is_number(column: Column, table: pd.DataFrame) -> bool:
    if column.recipe:
        return column.kind != "categorical"
    return is_typed_number(table[column.name], column.kind, column.levels)
