"""New columns made of others, as a data set's page states them: `spent: {total: [wine, meat, fish]}`.

A recipe is one operation with the columns it takes, and its options. It works on typed columns: numbers are floats,
dates are days before `as_of`, the rest is text. The same recipes make the columns of tomorrow's customers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain, pairwise
from math import isfinite
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from segkit.errors import UserError, did_you_mean

_DAYS_A_YEAR = 365.25
# YAML takes an unquoted Yes for true: as a level it stands for all of these, or the levels 1 and 0.
_SAID_TRUE = {"true": ("true", "yes", "on", "1"), "false": ("false", "no", "off", "0")}


@dataclass(frozen=True)
class Operation:
    """What a recipe's operation needs and does.

    `columns` are the options that name further columns, `options` the others that must be given, `optional` those that
    may be. `make` gets the columns in the order they were named, and all options; where there are further columns it
    gets the totals of both sides. `several` says that a side may be more than one column.
    """

    make: Callable[[pd.DataFrame, Mapping[str, Any]], pd.Series]
    columns: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    takes_text: bool = False
    several: bool = True


@dataclass(frozen=True)
class Recipe:
    """One new column: the operation, the columns on each of its sides, its options; `stated` is how it was written."""

    name: str
    operation: str
    sides: tuple[tuple[str, ...], ...]
    options: Mapping[str, Any]
    stated: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it takes."""
        return tuple(dict.fromkeys(chain.from_iterable(self.sides)))

    @property
    def kind(self) -> str:
        """The kind of the column it makes."""
        if self.operation in ("rare", "bands"):
            return "categorical"
        return "numeric" if self.operation != "map" or _gives_numbers(self.options) else "categorical"

    def make(self, typed: pd.DataFrame) -> pd.Series:
        """The new column for these customers."""
        operation, parts = OPERATIONS[self.operation], typed[list(self.columns)]
        if not operation.takes_text:
            parts = parts.apply(pd.to_numeric, errors="coerce")
        if operation.columns:
            sides = [parts[list(side)].sum(axis=1, min_count=1) for side in self.sides]
            parts = pd.concat(sides, axis=1)
        return operation.make(parts, self.options).rename(self.name)

    def __str__(self) -> str:
        words = (f"{self.operation.replace('_', ' ')} of", *OPERATIONS[self.operation].columns)
        return " ".join(f"{word} {', '.join(side)}" for word, side in zip(words, self.sides, strict=True))


def parse_recipe(name: str, stated: Any, known: Sequence[str]) -> Recipe:
    """Check a stated recipe; `*` and `?` in a column's name stand for any. Raises UserError that names the mend."""
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
    return Recipe(name, operation, sides, options, stated)


def levels_of(values: pd.Series) -> pd.Series:
    """Values as levels: text, in which a number reads the same whatever other numbers stand beside it."""
    return values.map(_level, na_action="ignore") if pd.api.types.is_numeric_dtype(values) else values


def _level(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, Real) and not isinstance(value, bool) else str(value)


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


def _gives_numbers(options: Mapping[str, Any]) -> bool:
    values = [value for value in (*options["to"].values(), options.get("otherwise")) if value is not None]
    return bool(values) and all(isinstance(value, int | float) for value in values)


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


def _total(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.sum(axis=1, min_count=1)


def _count(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """How many of the columns are above zero: accepted offers, products held."""
    return (parts > 0).sum(axis=1).astype(float)


def _ratio(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Unknown where the divisor is zero."""
    first, second = parts.iloc[:, 0], parts.iloc[:, 1]
    return first / second.where(second != 0)


def _difference(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.iloc[:, 0] - parts.iloc[:, 1]


def _mapped(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Levels under other names, or as numbers; what is not named keeps its name, or is `otherwise`."""
    values = levels_of(parts.iloc[:, 0])
    to = _said_true(options["to"]) | {_level(level): value for level, value in options["to"].items()}
    mapped = values.map(to)
    unnamed = values.notna() & ~values.isin(list(to))
    filled = mapped.astype("object").mask(unnamed, options.get("otherwise", values))
    return pd.to_numeric(filled, errors="coerce").astype(float) if _gives_numbers(options) else filled


def _said_true(to: Mapping[Any, Any]) -> dict[str, Any]:
    """What true and false stand for, where they are levels."""
    said = {str(level).lower(): value for level, value in to.items()}
    stands_for = {word: said[key] for key, words in _SAID_TRUE.items() if key in said for word in words}
    return {spelt: value for word, value in stands_for.items() for spelt in (word, word.capitalize(), word.upper())}


def _rare(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Levels that were rare at fitting as one; `levels` are those that were not."""
    values = levels_of(parts.iloc[:, 0])
    if "levels" not in options:
        return values
    return values.where(values.isna() | values.isin(list(options["levels"])), "other")


def _bands(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Which of the bands between the limits `at` a number falls into; a limit belongs to the band above it."""
    limits = [float(limit) for limit in options["at"]]
    between = [f"{_level(low)} to {_level(high)}" for low, high in pairwise(limits)]
    names = np.array([f"below {_level(limits[0])}", *between, f"from {_level(limits[-1])}"], dtype=object)
    values = parts.iloc[:, 0]
    found = pd.Series(names[np.digitize(values.fillna(limits[0]), limits)], index=values.index, dtype=object)
    return found.where(values.notna(), np.nan)


OPERATIONS: dict[str, Operation] = {
    "total": Operation(_total),
    "mean": Operation(lambda parts, options: parts.mean(axis=1)),
    "largest": Operation(lambda parts, options: parts.max(axis=1)),
    "smallest": Operation(lambda parts, options: parts.min(axis=1)),
    "count": Operation(_count),
    "share": Operation(_ratio, columns=("of",)),
    "ratio": Operation(_ratio, columns=("over",)),
    "log": Operation(lambda parts, options: np.log(parts.iloc[:, 0].where(parts.iloc[:, 0] > 0)), several=False),
    "difference": Operation(_difference, columns=("minus",)),
    "days_since": Operation(lambda parts, options: parts.iloc[:, 0], several=False),
    "years_since": Operation(lambda parts, options: parts.iloc[:, 0] / _DAYS_A_YEAR, several=False),
    "map": Operation(_mapped, options=("to",), optional=("otherwise",), takes_text=True, several=False),
    "rare": Operation(_rare, options=("below",), takes_text=True, several=False),
    "bands": Operation(_bands, options=("at",), several=False),
}
# What the values of options have to be, and how they are written.
_FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "to": (_is_mapping, "to: {Married: 2, Single: 1}"),
    "otherwise": (_is_plain, "otherwise: other"),
    "below": (_is_share, "below: 0.02, a share"),
    "at": (_rises, "at: [30, 50], limits that rise"),
}
_ALL_OPTIONS = {*_FORMS, *chain.from_iterable(one.columns for one in OPERATIONS.values())}
_ALL_OPERATIONS = f"choose from {', '.join(OPERATIONS)}"
