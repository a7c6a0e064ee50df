"""A table as the findings look at it: clean values, numbers as floats, categories as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from segkit.data.columns import Column
from segkit.data.dates import read_dates
from segkit.data.findings.cells import as_days, as_numbers, filled_text, is_blank, is_row_number, named_once
from segkit.data.findings.names import is_number_name
from segkit.data.stated import clean

# A column of fewer values names groups, not customers.
_FEWEST_IDS = 50
_FEWEST_ROWS = 10


@dataclass(frozen=True)
class View:
    """A table and its columns; what was stated to mean unknown, or what a gap means, is known here.

    `counted_once` are the columns that share a weight with others already.
    """

    table: pd.DataFrame
    columns: tuple[Column, ...]
    counted_once: frozenset[str] = frozenset()

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Columns of numbers, flags, numbered ids, ordered levels and dates as floats; the rest is not in it."""
        found = {column.name: self._as_numbers(column) for column in self.columns if self._has_numbers(column)}
        return pd.DataFrame(found, index=self.table.index)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Columns of categories and flags that are text; blanks are missing."""
        kinds = ("categorical", "binary")
        found = {
            c.name: filled_text(self.table[c.name])
            for c in self.columns
            if c.kind in kinds and not self._has_numbers(c)
        }
        return pd.DataFrame(found, index=self.table.index)

    @cached_property
    def dates(self) -> dict[str, pd.Series]:
        """Columns of dates, as days of the calendar."""
        known = (column for column in self.columns if column.kind == "date" and column.date_format)
        return {column.name: read_dates(self.table[column.name], column.date_format) for column in known}

    @cached_property
    def id_features(self) -> dict[str, str]:
        """Columns to segment on that look like ids or row numbers, with what they look like."""
        return {name: self.id_like[name] for name in self.fitted if name in self.id_like}

    @cached_property
    def id_like(self) -> dict[str, str]:
        """The same of all columns."""
        found = {column.name: _what_id(self.table[column.name], column) for column in self.columns}
        return {name: what for name, what in found.items() if what}

    @cached_property
    def blanks(self) -> pd.DataFrame:
        """Which cells hold nothing, blanks included."""
        return pd.DataFrame({c.name: is_blank(self.table[c.name]) for c in self.columns}, index=self.table.index)

    @property
    def fitted(self) -> list[str]:
        """Names of the columns that are segmented on."""
        return [column.name for column in self.columns if column.use == "segment_on"]

    def fitted_of(self, kind: str) -> list[str]:
        """Names of the columns of a kind that are segmented on."""
        return [column.name for column in self.columns if column.use == "segment_on" and column.kind == kind]

    def seen(self, *kinds: str) -> Iterator[Column]:
        """The columns of these kinds that play a part, be it that they are only described."""
        return (column for column in self.columns if column.use not in ("leave_out", "id") and column.kind in kinds)

    def _has_numbers(self, column: Column) -> bool:
        if column.kind in ("numeric", "ordinal", "date"):
            return column.kind != "date" or column.name in self.dates
        return column.kind in ("binary", "id") and pd.api.types.is_numeric_dtype(self.table[column.name])

    def _as_numbers(self, column: Column) -> pd.Series:
        values = self.table[column.name]
        if column.kind == "date":
            return as_days(self.dates[column.name])
        if column.kind == "ordinal":
            return (
                filled_text(values).map({level: float(rank) for rank, level in enumerate(column.levels)}).astype(float)
            )
        return as_numbers(values)


def viewed(table: pd.DataFrame, columns: tuple[Column, ...], counted_once: frozenset[str] = frozenset()) -> View:
    """The table with its columns, as far as the table has them."""
    table = named_once(table.reset_index(drop=True))
    known = tuple(column for column in columns if column.name in table.columns and column.recipe is None)
    cleaned = {column.name: clean(table[column.name], column.missing, column.fill) for column in known}
    return View(pd.DataFrame(cleaned, index=table.index), known, counted_once)


def _what_id(values: pd.Series, column: Column) -> str:
    if column.kind not in ("numeric", "text", "id"):
        return ""
    distinct = values.nunique() if values.dtype != object else values.map(str, na_action="ignore").nunique()
    if distinct < _FEWEST_ROWS:
        return ""
    if is_row_number(values):
        return "a row number"
    many = distinct > min(_FEWEST_IDS, 0.9 * len(values))
    return "an id" if column.kind == "id" or (many and is_number_name(column.name) and _is_whole(values)) else ""


def _is_whole(values: pd.Series) -> bool:
    """An id never has a fraction."""
    return not pd.api.types.is_float_dtype(values) or bool((values.dropna() % 1 == 0).all())
