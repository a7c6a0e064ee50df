"""Cells of any column in one form: numbers as floats, text without blanks at its ends."""

import numpy as np
import pandas as pd

from segkit.data.numbers import as_text

# Enough to see how columns go together.
ROWS = 5000


def named_once(table: pd.DataFrame) -> pd.DataFrame:
    """The table with text for names, and of columns of one name the first."""
    table = table.set_axis([str(name) for name in table.columns], axis=1)
    return table.loc[:, ~table.columns.duplicated()]


def as_numbers(values: pd.Series) -> pd.Series:
    """Any column as floats; what is no number, or is infinite, is missing."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_complex_dtype(values):
        numbers = pd.Series(values.to_numpy(dtype=float, na_value=np.nan), index=values.index, name=values.name)
    else:
        numbers = pd.to_numeric(as_text(values), errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers), np.nan)


def as_days(dates: pd.Series) -> pd.Series:
    """Dates as days, missing where there is none."""
    return (dates - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)


def filled_text(values: pd.Series) -> pd.Series:
    """Values as text without blanks at the ends; blank ones are missing."""
    if isinstance(values.dtype, pd.StringDtype):
        text = values.str.strip()
    else:
        text = as_text(values).map(str.strip, na_action="ignore")
    return text.where(text != "", np.nan)


def sampled(table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """At most this many rows, the same ones every time."""
    return table.sample(rows, random_state=0) if len(table) > rows else table


def is_row_number(values: pd.Series) -> bool:
    """Whether different whole numbers are all there are from the lowest to the highest, in whatever order."""
    if not pd.api.types.is_integer_dtype(values) or values.isna().any() or values.nunique() < len(values):
        return False
    return int(values.max()) - int(values.min()) + 1 == len(values)


def is_blank(values: pd.Series) -> pd.Series:
    """Which cells hold nothing."""
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return values.isna()
    return filled_text(values).isna()
