"""What each column of a table is (its kind) and what it is for (its use), each with the reason."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.dates import date_format
from segkit.errors import UserError, did_you_mean

KINDS = ("numeric", "categorical", "ordinal", "binary", "date", "text", "id", "constant")
USES = (
    "segment_on",  # the segmentation is fitted on it
    "describe_with",  # profiled, never fitted
    "outcome",  # churn, response: profiled, never fitted
    "value",  # money
    "id",
    "sensitive",  # described, not fitted unless asked
    "truth",  # known answers, for measuring
    "existing",  # a segmentation in use today
    "leave_out",
)

_ID_NAME = re.compile(r"(^|[_\s-])(id|uuid|guid|row_?number|index)$|^(customer|client|user)id$|^unnamed")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Beyond this many levels a text column is prose or a code, and one-hot encoding it would only memorise customers.
_MOST_LEVELS = 50


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, use, and why; `levels` orders an ordinal, `date_format` reads a date."""

    name: str
    kind: str
    use: str
    reason: str
    levels: tuple[str, ...] = ()
    date_format: str = ""


def describe_columns(
    table: pd.DataFrame,
    kinds: Mapping[str, str] | None = None,
    uses: Mapping[str, str] | None = None,
    levels: Mapping[str, Iterable[Any]] | None = None,
) -> tuple[Column, ...]:
    """Infer kind and use of every column; what `kinds`, `uses` and `levels` state wins over inference."""
    kinds, uses, levels = dict(kinds or {}), dict(uses or {}), dict(levels or {})
    _check_overrides(table, kinds, KINDS, "kind")
    _check_overrides(table, uses, USES, "use")
    _check_overrides(table, dict.fromkeys(levels, "ordinal"), KINDS, "levels")
    kinds |= dict.fromkeys(levels, "ordinal")
    return tuple(_describe(table[name], kinds, uses, levels) for name in table.columns)


def _describe(
    values: pd.Series, kinds: Mapping[str, str], uses: Mapping[str, str], levels: Mapping[str, Iterable[Any]]
) -> Column:
    name = str(values.name)
    column = infer_column(values)
    if name in kinds and kinds[name] != column.kind:
        column = _of_kind(values, kinds[name], "stated")
    if name in levels:
        column = replace(column, levels=_checked_levels(values, levels[name]))
    elif column.kind == "ordinal":
        mend = f"name them, lowest first: data.levels.{name}=[...]"
        raise UserError(f"{name} is stated as ordinal without its levels", mend)
    return replace(column, use=uses[name], reason=f"{column.reason}; use stated") if name in uses else column


def infer_column(values: pd.Series) -> Column:
    """The kind and use that the values and the name of one column suggest."""
    present = values.dropna()
    distinct = present.astype(str).nunique() if values.dtype == object else present.nunique()
    if distinct <= 1:
        return _of_kind(values, "constant", "no value" if distinct == 0 else "one value only")
    if _looks_like_id(values, distinct):
        return _of_kind(values, "id", "a different value in every row")
    if pd.api.types.is_datetime64_any_dtype(values):
        return _of_kind(values, "date", "dates")
    if distinct == 2:
        return _of_kind(values, "binary", "two values")
    if pd.api.types.is_numeric_dtype(values):
        return _of_kind(values, "numeric", "numbers")
    return _infer_text(values, present.astype(str), distinct)


def _checked_levels(values: pd.Series, levels: Iterable[Any]) -> tuple[str, ...]:
    stated = tuple(str(level) for level in levels)
    strange = sorted(set(as_text(values).dropna()) - set(stated))
    if strange:
        problem = f"data.levels.{values.name} lacks {', '.join(strange[:5])}"
        raise UserError(problem, did_you_mean(strange[0], stated, otherwise="name every level, lowest first"))
    return stated


def as_text(values: pd.Series) -> pd.Series:
    """Values as text, missing ones as NaN; a whole number reads the same whether a file's gaps made it 1 or 1.0."""
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("object").where(values.notna(), np.nan).map(str, na_action="ignore").astype("object")


def _infer_text(values: pd.Series, present: pd.Series, distinct: int) -> Column:
    if pd.to_numeric(present, errors="coerce").notna().mean() >= 0.95:
        return _of_kind(values, "numeric", "numbers written as text")
    if date_format(present):
        return _of_kind(values, "date", "text that reads as dates")
    if distinct <= _MOST_LEVELS and distinct < 0.5 * len(present):
        return _of_kind(values, "categorical", f"{distinct} levels")
    return _of_kind(values, "text", f"{distinct} different texts")


def _looks_like_id(values: pd.Series, distinct: int) -> bool:
    if _ID_NAME.search(_HUMP.sub("_", str(values.name)).lower()):
        return distinct >= 0.9 * len(values)  # a few repeats make it no measurement
    if distinct < len(values):
        return False
    # Row numbers: integers that only go up, one by one. A fair measurement is never that regular.
    return pd.api.types.is_integer_dtype(values) and len(values) > 2 and bool((values.diff().dropna() == 1).all())


def _of_kind(values: pd.Series, kind: str, reason: str) -> Column:
    use = {"id": "id", "constant": "leave_out", "text": "leave_out"}.get(kind, "segment_on")
    reading = date_format(values.dropna()) if kind == "date" else ""
    return Column(str(values.name), kind, use, reason, date_format=reading)


def _check_overrides(table: pd.DataFrame, stated: Mapping[str, str], allowed: tuple[str, ...], what: str) -> None:
    for name, value in stated.items():
        if name not in table.columns:
            raise UserError(
                f"data.{what} names a column that the table lacks: {name}", did_you_mean(name, table.columns)
            )
        if value not in allowed:
            raise UserError(f"data.{what}.{name}={value} is not a known {what}", f"choose from {', '.join(allowed)}")
