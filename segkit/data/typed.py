"""What the values of a column are when they are typed: numbers, ranks, days before a date, or text."""

from collections.abc import Sequence

import pandas as pd

from segkit.data.dates import days_before
from segkit.data.numbers import as_text, finite


def is_typed_number(values: pd.Series, kind: str, levels: Sequence[str] = ()) -> bool:
    """Whether a column becomes floats; a text column of two values is binary by kind and stays text."""
    if kind in ("numeric", "date") or levels:
        return True
    return kind != "categorical" and pd.api.types.is_numeric_dtype(values)


def typed_values(values: pd.Series, number: bool, levels: Sequence[str], date_format: str, as_of: str) -> pd.Series:
    """Days before `as_of` where there is a date format, ranks where there are levels, else floats or text."""
    if date_format:
        return days_before(as_of, values, date_format)
    if levels:
        return as_text(values).map({level: float(rank) for rank, level in enumerate(levels)}).astype(float)
    return finite(values) if number else as_text(values)
