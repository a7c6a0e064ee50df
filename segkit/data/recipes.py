"""New columns made of others, as a data set's page states them: `spent: {total: [wine, meat, fish]}`.

A recipe is one operation with the columns it takes, and its options. It works on typed columns: numbers are floats,
dates are days before `as_of`, the rest is text. Of dates the larger is the later one, and their difference is the days
from the second to the first. The same recipes make the columns of tomorrow's customers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain, pairwise
from math import isfinite
from numbers import Real
from typing import Any

import pandas as pd

from segkit.data.operations import OPERATIONS, gives_numbers
from segkit.errors import UserError, did_you_mean


@dataclass(frozen=True)
class Recipe:
    """One new column: the operation, the columns on each of its sides, its options; `stated` is how it was written.

    `of_dates` says that the columns it takes are dates.
    """

    name: str
    operation: str
    sides: tuple[tuple[str, ...], ...]
    options: Mapping[str, Any]
    stated: Mapping[str, Any]
    of_dates: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it takes."""
        return tuple(dict.fromkeys(chain.from_iterable(self.sides)))

    @property
    def kind(self) -> str:
        """The kind of the column it makes."""
        if self.operation in ("rare", "bands"):
            return "categorical"
        if self.of_dates and OPERATIONS[self.operation].gives_date:
            return "date"
        return "numeric" if self.operation != "map" or gives_numbers(self.options) else "categorical"

    def make(self, typed: pd.DataFrame) -> pd.Series:
        """The new column for these customers."""
        operation, parts = OPERATIONS[self.operation], typed[list(self.columns)]
        if not operation.takes_text:
            parts = parts.apply(pd.to_numeric, errors="coerce")
        if operation.columns:
            sides = [parts[list(side)].sum(axis=1, min_count=1) for side in self.sides]
            parts = pd.concat(sides, axis=1)
        make = operation.of_dates if self.of_dates and operation.of_dates else operation.make
        return make(parts, self.options).rename(self.name)

    def __str__(self) -> str:
        words = (f"{self.operation.replace('_', ' ')} of", *OPERATIONS[self.operation].columns)
        return " ".join(f"{word} {', '.join(side)}" for word, side in zip(words, self.sides, strict=True))


def parse_recipes(stated: Mapping[str, Any], known: Sequence[str], dates: Collection[str] = ()) -> list[Recipe]:
    """The stated recipes, name -> recipe, in their order; each may take what those before it make."""
    parsed: list[Recipe] = []
    for name, recipe in stated.items():
        made = [one.name for one in parsed]
        made_dates = [one.name for one in parsed if one.kind == "date"]
        parsed.append(parse_recipe(name, recipe, [*known, *made], [*dates, *made_dates]))
    return parsed


def parse_recipe(name: str, stated: Any, known: Sequence[str], dates: Collection[str] = ()) -> Recipe:
    """Check a stated recipe; `*` and `?` in a column's name stand for any. `dates` are those of the known columns that
    are dates. Raises UserError that names the mend.
    """
    place = f"data.derive.{name}"
    if not isinstance(stated, Mapping):
        raise UserError(f"{place} is no recipe", f"write it as data.derive.{name}={{total: [a, b]}}")
    operation = _operation(place, stated)
    options = {str(key): value for key, value in stated.items() if key != operation}
    _check_options(place, operation, options)
    taken = [stated[operation], *(options.pop(key) for key in OPERATIONS[operation].columns)]
    others = [one for one in known if one != name]
    sides = tuple(tuple(dict.fromkeys(_named(place, part, others))) for part in taken)
    for side in sides:
        if not side:
            raise UserError(f"{place}: {operation} names no column", "name one, or several: [a, b]")
        if len(side) > 1 and not OPERATIONS[operation].several:
            raise UserError(f"{place}: {operation} takes one column, not {', '.join(side)}", "name one")
    return Recipe(name, operation, sides, options, stated, _is_of_dates(place, operation, sides, dates))


def _is_of_dates(place: str, operation: str, sides: Sequence[Sequence[str]], dates: Collection[str]) -> bool:
    taken = list(chain.from_iterable(sides))
    found = [name for name in taken if name in dates]
    if not found:
        return False
    if OPERATIONS[operation].of_dates is None:
        mend = f"make a number of it first: {{days_since: {found[0]}}}"
        raise UserError(f"{place}: {operation} takes no date, and {found[0]} is one", mend)
    if len(found) < len(taken):
        other = next(name for name in taken if name not in dates)
        mend = f"make a number of the date first, {{days_since: {found[0]}}}, or state data.kind.{other}=date"
        raise UserError(f"{place}: {operation} of {found[0]}, a date, and {other}, which is none", mend)
    if len(sides) > 1 and len(taken) > len(sides):
        raise UserError(f"{place}: {operation} takes one date on each side", "name one")
    return True


def _operation(place: str, stated: Mapping[str, Any]) -> str:
    operations = [str(key) for key in stated if key in OPERATIONS]
    if len(operations) > 1:
        raise UserError(f"{place} has two operations: {', '.join(operations)}", "keep one, and make a column of each")
    if not operations:
        strange = next((key for key in stated if key not in _ALL_OPTIONS), "")
        raise UserError(f"{place} needs one operation", did_you_mean(strange, OPERATIONS, _ALL_OPERATIONS))
    return operations[0]


def _check_options(place: str, operation: str, options: Mapping[str, Any]) -> None:
    needed = OPERATIONS[operation].columns + OPERATIONS[operation].options
    lacking = [key for key in needed if key not in options]
    if lacking:
        raise UserError(f"{place}: {operation} needs {', '.join(lacking)}", f"{operation} takes {', '.join(needed)}")
    allowed = (*needed, *OPERATIONS[operation].optional)
    strange = [key for key in options if key not in allowed]
    if strange:
        mend = did_you_mean(strange[0], allowed) or "leave it out"
        raise UserError(f"{place}: {operation} has no option {strange[0]}", mend)
    for key, (is_right, written) in _FORMS.items():
        if key in options and not is_right(options[key]):
            raise UserError(f"{place}: {key}={options[key]} says nothing to {operation}", f"write it as {written}")


def _named(place: str, part: Any, known: Sequence[str]) -> list[str]:
    patterns = [str(one) for one in part] if isinstance(part, list | tuple) else [str(part)]
    found = {pattern: [pattern] if pattern in known else _matching(pattern, known) for pattern in patterns}
    for pattern, columns in found.items():
        if not columns:
            raise UserError(f"{place} takes a column that is not there: {pattern}", did_you_mean(pattern, known))
    return [column for pattern in patterns for column in found[pattern]]


def _matching(pattern: str, known: Sequence[str]) -> list[str]:
    literal = pattern.replace("[", "[[]")
    return [name for name in known if fnmatchcase(name, literal)] if set(pattern) & set("*?") else []


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(map(_is_plain, value.values()))


def _is_share(value: Any) -> bool:
    return isinstance(value, Real) and 0 < float(value) < 1


def _rises(value: Any) -> bool:
    limits = list(value) if isinstance(value, list | tuple) else []
    are_numbers = bool(limits) and all(isinstance(one, Real) and isfinite(one) for one in limits)
    return are_numbers and all(low < high for low, high in pairwise(limits))


# What the values of options have to be, and how they are written.
_FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "to": (_is_mapping, "to: {Married: 2, Single: 1}"),
    "otherwise": (_is_plain, "otherwise: other"),
    "below": (_is_share, "below: 0.02, a share"),
    "at": (_rises, "at: [30, 50], limits that rise"),
}
_ALL_OPTIONS = {*_FORMS, *chain.from_iterable(one.columns for one in OPERATIONS.values())}
_ALL_OPERATIONS = f"choose from {', '.join(OPERATIONS)}"
