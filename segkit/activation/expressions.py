"""Columns of a data set, those made of others included, as SQL expressions over its raw table."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from segkit.activation.raw_expressions import days_before, literal, moment, read_number, text
from segkit.data.columns import Column
from segkit.data.operations import OPERATIONS, gives_numbers
from segkit.data.recipes import Recipe

Columns = Mapping[str, Column]


def number(name: str, columns: Columns, as_of: str) -> str:
    """A column as a number: the rank of a level, days before `as_of`, NULL for gaps and for what is no number."""
    column = columns[name]
    if column.recipe is not None:
        return _made(column.recipe, columns, as_of)
    if column.kind == "date":
        return days_before(moment(column), as_of)
    if column.levels:
        ranks = " ".join(f"WHEN {literal(level)} THEN {rank}" for rank, level in enumerate(column.levels))
        return f"CASE {text(column)} {ranks} END"
    return read_number(column)


def words(name: str, columns: Columns, as_of: str) -> str:
    """A column as text, NULL for gaps."""
    recipe = columns[name].recipe
    return _made(recipe, columns, as_of) if recipe is not None else text(columns[name])


def _made(recipe: Recipe, columns: Columns, as_of: str) -> str:
    if recipe.operation == "map":
        return _mapped(_level(recipe.columns[0], columns, as_of), recipe.options)
    sides = [[number(name, columns, as_of) for name in side] for side in recipe.sides]
    if recipe.operation == "difference":
        first, second = map(_total, reversed(sides) if recipe.of_dates else sides)
        return f"({first} - {second})"
    if OPERATIONS[recipe.operation].columns:
        return f"({_total(sides[0])} / nullif({_total(sides[1])}, 0))"
    if recipe.operation in ("largest", "smallest"):
        # Of days before a day the fewest are the latest.
        is_most = (recipe.operation == "largest") != recipe.of_dates
        return f"{'greatest' if is_most else 'least'}({', '.join(sides[0])})"
    return _OF_PARTS[recipe.operation](sides[0], recipe.options)


def _level(name: str, columns: Columns, as_of: str) -> str:
    """A column as the levels that a map knows; a whole number is written without decimals."""
    column = columns[name]
    has_words = column.recipe is None and column.kind in ("categorical", "binary") and not column.levels
    found = words(name, columns, as_of) if has_words else number(name, columns, as_of)
    return rf"regexp_replace(CAST({found} AS VARCHAR), '\.0$', '')"


def _total(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return (
        f"CASE WHEN coalesce({', '.join(parts)}) IS NOT NULL THEN {_plus([f'coalesce({one}, 0)' for one in parts])} END"
    )


def _plus(parts: Sequence[str]) -> str:
    return reduce(lambda one, other: f"{one} + {other}", parts)


def _counted(parts: Sequence[str], options: Mapping[str, Any]) -> str:
    return f"({_plus([f'CASE WHEN {one} > 0 THEN 1 ELSE 0 END' for one in parts])})"


def _mapped(found: str, options: Mapping[str, Any]) -> str:
    to = {str(level): "NULL" if value is None else literal(value) for level, value in options["to"].items()}
    cases = " ".join(f"WHEN {literal(level)} THEN {value}" for level, value in to.items())
    kept = f"TRY_CAST({found} AS DOUBLE)" if gives_numbers(options) else found
    otherwise = literal(options["otherwise"]) if options.get("otherwise") is not None else kept
    if "otherwise" in options and options["otherwise"] is None:
        otherwise = "NULL"
    return f"CASE WHEN {found} IS NULL THEN NULL ELSE CASE {found} {cases} ELSE {otherwise} END END"


def _banded(parts: Sequence[str], options: Mapping[str, Any]) -> str:
    limits, found = [float(limit) for limit in options["at"]], parts[0]
    cases = [f"WHEN {found} < {literal(limits[0])} THEN {literal(f'below {limits[0]:.15g}')}"]
    for low, high in pairwise(limits):
        cases.append(f"WHEN {found} < {literal(high)} THEN {literal(f'{low:.15g} to {high:.15g}')}")
    cases.append(f"WHEN {found} >= {literal(limits[-1])} THEN {literal(f'from {limits[-1]:.15g}')}")
    return f"CASE {' '.join(cases)} END"


_OF_PARTS: Mapping[str, Callable[[Sequence[str], Mapping[str, Any]], str]] = {
    "total": lambda parts, options: _total(parts),
    "mean": lambda parts, options: f"list_avg([{', '.join(parts)}])",
    "count": _counted,
    "log": lambda parts, options: f"CASE WHEN {parts[0]} > 0 THEN ln({parts[0]}) END",
    "days_since": lambda parts, options: parts[0],
    "years_since": lambda parts, options: f"({parts[0]} / 365.25)",
    "age": lambda parts, options: f"floor({parts[0]} / 365.25)",
    "bands": _banded,
}
