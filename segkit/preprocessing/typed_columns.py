"""The first step of every pipeline: raw columns, as files bring them, to numbers and categories."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from segkit.data.as_of import clocks, newest_day
from segkit.data.columns import Column, infer_column
from segkit.data.dates import check_date, date_format, likeliest_format
from segkit.data.number_styles import COMMAS, number_styles, read_numbers
from segkit.data.numbers import as_text, finite, is_filled
from segkit.data.stated import clean
from segkit.data.typed import is_typed_number, typed_values
from segkit.preprocessing.levels import common_levels
from segkit.preprocessing.typed_frame import TakesTables


class TypedColumns(TakesTables):
    """Coerce each raw column to its kind: floats for numbers, ranks for ordinals, days for dates, text for the rest.

    Parameters state what inference need not guess: `kinds` (column -> kind), `levels` (ordinal column -> its levels,
    lowest first), `formats` (date column -> format), `styles` (column of numbers as text -> how they are written),
    `missing` (column -> values that mean unknown), `fill` (column -> what an empty cell means), `as_of` (ISO date).
    Text that should be a number or a date becomes missing, never an error, so a scoring file with a few bad cells is
    scored; `unread` counts them, and `unseen` the levels that nobody had at fitting.

    Dates become days before `as_of`: the newest date of the data unless given. Data with a later date moves it on,
    because a frozen date would give tomorrow's customers negative ages; other data leaves it, so that a customer alone
    and among others reads the same, and so do dates in columns that told what is planned when they were fitted. To fix
    it whatever the data, use `transform_as_of`.
    """

    def __init__(
        self,
        kinds: Mapping[str, str] | None = None,
        levels: Mapping[str, Sequence[str]] | None = None,
        as_of: str = "",
        formats: Mapping[str, str] | None = None,
        missing: Mapping[str, Sequence[str]] | None = None,
        fill: Mapping[str, Any] | None = None,
        styles: Mapping[str, str] | None = None,
    ) -> None:
        self.kinds = kinds
        self.levels = levels
        self.as_of = as_of
        self.formats = formats
        self.missing = missing
        self.fill = fill
        self.styles = styles

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn kinds, date formats and the newest date."""
        table = self._cleaned(X, reset=True)
        self.kinds_ = {name: (self.kinds or {}).get(name) or infer_column(table[name]).kind for name in table.columns}
        self.styles_ = dict(self.styles) if self.styles is not None else self._styles(table)
        table = self._with_numbers(table)
        dates = [name for name, kind in self.kinds_.items() if kind == "date"]
        self.formats_ = {name: self._format(table[name]) for name in dates}
        self.clocks_ = clocks(table, self.formats_, check_date(self.as_of, "as_of"))
        self.newest_ = self._newest(table)
        self.as_of_ = self.as_of or self.newest_
        kinds = self.kinds_.items()
        self.numbers_ = [name for name, kind in kinds if is_typed_number(table[name], kind, self._order(name))]
        texts = [name for name in self.kinds_ if name not in self.numbers_]
        self.known_ = {name: common_levels(as_text(table[name]), 0.0) for name in texts}
        return self

    def transform(self, X: Any) -> pd.DataFrame:
        """The typed frame; dates count to the fitted `as_of`, or to the newest date here if none as late was fitted."""
        check_is_fitted(self)
        table = self._with_numbers(self._cleaned(X, reset=False))
        return self._typed(table, self.as_of_for(table))

    def as_of_for(self, table: pd.DataFrame) -> str:
        """The ISO date that `transform` counts this table's ages to; "" without date columns."""
        return self.as_of_after(self._newest(table))

    def as_of_after(self, newest: str) -> str:
        """The same of a table whose newest date this is."""
        return self.as_of_ if newest <= self.newest_ else max(self.as_of_, newest)

    def newest_in(self, table: pd.DataFrame) -> str:
        """The newest date of a raw table that has `clocks_`, as ISO date; "" if there is none."""
        missing = self.missing or {}
        return self._newest(table.assign(**{name: clean(table[name], missing.get(name, ())) for name in self.clocks_}))

    def transform_as_of(self, X: Any, as_of: str) -> pd.DataFrame:
        """The typed frame with dates relative to the given ISO date."""
        return self._typed(self._with_numbers(self._cleaned(X, reset=False)), check_date(as_of, "as_of"))

    def unread(self, X: Any) -> dict[str, int]:
        """How many cells of each column hold something that is no number, date or level of it; only where some do.

        Numbers in the other style than at fitting are none, though 35.296 could pass for one.
        """
        given = self._cleaned(X, reset=False)
        doubtful = given[[name for name in self.numbers_ if self._may_be_unread(given[name])]]
        styles = number_styles(doubtful)
        foreign = [name for name, style in styles.items() if style == COMMAS != self.styles_.get(name)]
        read = {name: self._read(doubtful[name]) for name in doubtful.columns}
        lost = {name: is_filled(given[name]) & (read[name].isna() | (name in foreign)) for name in read}
        return {name: int(cells.sum()) for name, cells in lost.items() if cells.any()}

    def unseen(self, X: Any) -> dict[str, pd.Series]:
        """Of each column of text the levels that were not met at fitting, and how often; only where there are some."""
        given = self._cleaned(X, reset=False)[[*self.known_]]
        strange = {name: as_text(given[name][is_filled(given[name])]) for name in given.columns}
        counts = {name: cells[~cells.isin(self.known_[name])].value_counts() for name, cells in strange.items()}
        return {name: found for name, found in counts.items() if len(found)}

    def _may_be_unread(self, values: pd.Series) -> bool:
        """Whether a column that becomes numbers could hold a cell that is none: numbers hardly do."""
        name = str(values.name)
        plain = pd.api.types.is_numeric_dtype(values) and name not in self.formats_ and not self._order(name)
        return not (plain and finite(values).notna().sum() == values.notna().sum())

    def _read(self, values: pd.Series) -> pd.Series:
        name = str(values.name)
        numbers = read_numbers(values, self.styles_[name]) if name in self.styles_ else values
        return typed_values(numbers, True, self._order(name), self.formats_.get(name, ""), self.as_of_ or "2000-01-01")

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns, which stay as they are."""
        check_is_fitted(self)
        return np.asarray(list(self.kinds_), dtype=object)

    def _cleaned(self, X: Any, reset: bool) -> pd.DataFrame:
        table = self._table(X, reset)
        missing, fill = self.missing or {}, self.fill or {}
        names = [name for name in table.columns if name in missing or name in fill]
        return table.assign(**{name: clean(table[name], missing.get(name, ()), fill.get(name)) for name in names})

    def _styles(self, table: pd.DataFrame) -> dict[str, str]:
        return number_styles(table[[name for name, kind in self.kinds_.items() if kind in ("numeric", "binary")]])

    def _with_numbers(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(**{name: read_numbers(table[name], style) for name, style in self.styles_.items()})

    def _format(self, values: pd.Series) -> str:
        return (self.formats or {}).get(str(values.name)) or date_format(values) or likeliest_format(values)

    def _order(self, name: str) -> list[str]:
        return [str(level).strip() for level in (self.levels or {}).get(name, ())]

    def _newest(self, table: pd.DataFrame) -> str:
        return newest_day(table, {name: self.formats_[name] for name in self.clocks_})

    def _typed(self, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
        typed = {}
        for name in self.kinds_:
            order, fmt = self._order(name), self.formats_.get(name, "")
            typed[name] = typed_values(table[name], name in self.numbers_, order, fmt, as_of)
        return pd.DataFrame(typed, index=table.index, copy=False)


def typed_columns(columns: Sequence[Column], as_of: str = "") -> TypedColumns:
    """The step for columns that are already understood."""
    return TypedColumns(
        kinds={column.name: column.kind for column in columns},
        levels={column.name: list(column.levels) for column in columns if column.levels} or None,
        as_of=as_of,
        formats={column.name: column.date_format for column in columns if column.date_format} or None,
        missing={column.name: list(column.missing) for column in columns if column.missing} or None,
        fill={column.name: column.fill for column in columns if column.fill is not None} or None,
        styles={column.name: column.style for column in columns if column.style},
    )
