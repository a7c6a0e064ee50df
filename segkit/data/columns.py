"""What each column of a table is (its kind) and what it is for (its use), each with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from segkit.data.dates import date_format
from segkit.data.number_styles import number_style
from segkit.data.recipes import Recipe

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
    "weight",  # how many customers a row stands for
    "leave_out",
)

_ID_NAME = re.compile(r"(^|[_\s-])(id|uuid|guid|row_?number|index)$|^(customer|client|user)id$|^unnamed")
_PERSON_ID = re.compile(r"(^|_)(customer|client|user|member|account)[_\s-]?(id|no|nr|number)$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Beyond this many levels a text column is prose or a code, and one-hot encoding it would only memorise customers.
_MOST_LEVELS = 50


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, use, and why.

    `levels` orders an ordinal, `date_format` reads a date, `style` numbers that are written as text. `missing` are
    values that mean unknown, `fill` is what an empty cell means. `weight` is how many columns it counts as. `recipe`
    makes it, if it is made of others.
    """

    name: str
    kind: str
    use: str
    reason: str
    levels: tuple[str, ...] = ()
    date_format: str = ""
    style: str = ""
    missing: tuple[str, ...] = ()
    fill: float | str | None = None
    weight: float = 1.0
    recipe: Recipe | None = None


def infer_column(values: pd.Series) -> Column:
    """The kind and use that the values and the name of one column suggest."""
    present = values.dropna()
    is_text = values.dtype == object or isinstance(values.dtype, pd.StringDtype)
    distinct = present.astype(str).str.strip().nunique() if is_text else present.nunique()
    if distinct <= 1:
        return of_kind(values, "constant", "no value" if distinct == 0 else "one value only")
    if _looks_like_id(values, distinct):
        return of_kind(values, "id", "a different value in every row")
    if _PERSON_ID.search(_readable(values)):
        repeats = of_kind(values, "id", "a customer's id that repeats: is this a log of transactions? (data.log)")
        return replace(repeats, use="leave_out")
    if pd.api.types.is_datetime64_any_dtype(values):
        return of_kind(values, "date", "dates")
    if distinct == 2:
        return of_kind(values, "binary", "two values")
    if pd.api.types.is_numeric_dtype(values):
        return of_kind(values, "numeric", "numbers")
    return _infer_text(values, present.astype(str), distinct)


def of_kind(values: pd.Series, kind: str, reason: str) -> Column:
    """The column as this kind, with the use that is usual for it."""
    use = {"id": "id", "constant": "leave_out", "text": "leave_out"}.get(kind, "segment_on")
    reading = date_format(values.dropna()) if kind == "date" else ""
    return Column(str(values.name), kind, use, reason, date_format=reading)


def lineage(columns: Sequence[Column], wanted: Sequence[str]) -> list[Column]:
    """The wanted columns and all that they are made of, in the order of `columns`, so that each can be made."""
    by_name = {column.name: column for column in columns}
    needed: set[str] = set()
    waiting = list(wanted)
    while waiting:
        column = by_name[waiting.pop()]
        needed.add(column.name)
        waiting += column.recipe.columns if column.recipe else ()
    return [column for column in columns if column.name in needed]


def _infer_text(values: pd.Series, present: pd.Series, distinct: int) -> Column:
    if number_style(present):
        return of_kind(values, "numeric", "numbers written as text")
    if date_format(present):
        return of_kind(values, "date", "text that reads as dates")
    if distinct <= _MOST_LEVELS and distinct < 0.5 * len(present):
        return of_kind(values, "categorical", f"{distinct} levels")
    return of_kind(values, "text", f"{distinct} different texts")


def _readable(values: pd.Series) -> str:
    """The column's name in small letters, its words apart."""
    return _HUMP.sub("_", str(values.name)).lower()


def _looks_like_id(values: pd.Series, distinct: int) -> bool:
    is_measured = pd.api.types.is_float_dtype(values) and bool((values.dropna() % 1 != 0).any())
    if _ID_NAME.search(_readable(values)) and not is_measured:
        return distinct >= 0.9 * len(values)  # a few repeats make it no measurement
    if distinct < len(values):
        return False
    # Row numbers: integers that only go up, one by one. A fair measurement is never that regular.
    return pd.api.types.is_integer_dtype(values) and len(values) > 2 and bool((values.diff().dropna() == 1).all())
