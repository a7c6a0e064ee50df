"""The operations that make a new column of others: what each takes, and how it is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.yaml_words import spellings

_DAYS_A_YEAR = 365.25
Make = Callable[[pd.DataFrame, Mapping[str, Any]], pd.Series]


@dataclass(frozen=True)
class Operation:
    """What a recipe's operation needs and does.

    `columns` are the options that name further columns, `options` the others that must be given, `optional` those that
    may be. `make` gets the columns in the order they were named, and all options; where there are further columns it
    gets the totals of both sides. `several` says that a side may be more than one column. `of_dates` does the same to
    dates, which come as days before `as_of` (the larger, the earlier), where the operation takes dates; `gives_date`
    says that it makes a date of them.
    """

    make: Make
    of_dates: Make | None = None
    gives_date: bool = False
    columns: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    takes_text: bool = False
    several: bool = True


def levels_of(values: pd.Series) -> pd.Series:
    """Values as levels: text, in which a number reads the same whatever other numbers stand beside it."""
    return values.map(_level, na_action="ignore") if pd.api.types.is_numeric_dtype(values) else values


def _level(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, Real) and not isinstance(value, bool) else str(value)


def gives_numbers(options: Mapping[str, Any]) -> bool:
    """Whether a map's new levels are all numbers."""
    values = [value for value in (*options["to"].values(), options.get("otherwise")) if value is not None]
    return bool(values) and all(isinstance(value, int | float) for value in values)


def _total(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.sum(axis=1, min_count=1)


def _mean(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.mean(axis=1)


def _largest(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.max(axis=1)


def _smallest(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.min(axis=1)


def _count(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """How many of the columns are above zero: accepted offers, products held."""
    return (parts > 0).sum(axis=1).astype(float)


def _ratio(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Unknown where the divisor is zero."""
    first, second = parts.iloc[:, 0], parts.iloc[:, 1]
    return first / second.where(second != 0)


def _difference(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.iloc[:, 0] - parts.iloc[:, 1]


def _days_between(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """From the second date to the first."""
    return parts.iloc[:, 1] - parts.iloc[:, 0]


def _days(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.iloc[:, 0]


def _years(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    return parts.iloc[:, 0] / _DAYS_A_YEAR


def _age(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Years that are full: of them no birthday can be worked out."""
    return np.floor(parts.iloc[:, 0] / _DAYS_A_YEAR)


def _mapped(parts: pd.DataFrame, options: Mapping[str, Any]) -> pd.Series:
    """Levels under other names, or as numbers; what is not named keeps its name, or is `otherwise`."""
    values = levels_of(parts.iloc[:, 0])
    to = _said_true(options["to"]) | {_level(level): value for level, value in options["to"].items()}
    mapped = values.map(to)
    unnamed = values.notna() & ~values.isin(list(to))
    filled = mapped.astype("object").mask(unnamed, options.get("otherwise", values))
    return pd.to_numeric(filled, errors="coerce").astype(float) if gives_numbers(options) else filled


def _said_true(to: Mapping[Any, Any]) -> dict[str, Any]:
    """What true and false stand for, where they are levels: YAML takes an unquoted Yes for true; flags are 1 and 0."""
    said = {str(level).lower(): value for level, value in to.items()}
    pairs = [*spellings(), ("1", "0")]
    return {pair[place]: said[key] for place, key in enumerate(("true", "false")) if key in said for pair in pairs}


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
    "mean": Operation(_mean, of_dates=_mean, gives_date=True),
    "largest": Operation(_largest, of_dates=_smallest, gives_date=True),
    "smallest": Operation(_smallest, of_dates=_largest, gives_date=True),
    "count": Operation(_count),
    "share": Operation(_ratio, columns=("of",)),
    "ratio": Operation(_ratio, columns=("over",)),
    "log": Operation(lambda parts, options: np.log(parts.iloc[:, 0].where(parts.iloc[:, 0] > 0)), several=False),
    "difference": Operation(_difference, of_dates=_days_between, columns=("minus",)),
    "days_since": Operation(_days, of_dates=_days, several=False),
    "years_since": Operation(_years, of_dates=_years, several=False),
    "age": Operation(_age, of_dates=_age, several=False),
    "map": Operation(_mapped, options=("to",), optional=("otherwise",), takes_text=True, several=False),
    "rare": Operation(_rare, options=("below",), takes_text=True, several=False),
    "bands": Operation(_bands, options=("at",), several=False),
}
