"""Any column as floats, or as text."""

import numpy as np
import pandas as pd

# Beyond this not every whole number is a float.
_EXACT = 2.0**53
# Nobody measures that much, and beyond 1e154 the squares that distances are made of overflow.
_ENDLESS = 1e100


def finite(values: pd.Series) -> pd.Series:
    """Any column as floats; what is no number, or too large to reckon with, is missing."""
    if values.dtype.kind in "mM":  # pandas would count a date's nanoseconds
        return pd.Series(np.nan, index=values.index, name=values.name)
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.dtype.kind == "c":
        return finite(values.map(lambda cell: np.nan if isinstance(cell, complex) else cell))
    numbers = numbers.astype(float)
    within = numbers.abs() < _ENDLESS
    # Where nothing changes nothing is copied: of a large table all share one.
    return numbers if bool((within | numbers.isna()).all()) else numbers.where(within, np.nan)


def as_text(values: pd.Series) -> pd.Series:
    """Values as text without blanks at the ends, missing ones as NaN; a whole number reads the same even if a gap or a
    1.5 beside it made it 1.0.

    >>> as_text(pd.Series([1, 1.5, None])).tolist()
    ['1', '1.5', nan]
    """
    if isinstance(values.dtype, pd.StringDtype):  # mostly few different cells, so that only these are looked at
        codes, different = pd.factorize(values)
        stripped = np.array([*(str(cell).strip() for cell in different), np.nan], dtype=object)
        return pd.Series(stripped[codes], index=values.index, name=values.name, dtype=object)
    cells = values.astype("object").where(values.notna(), np.nan)
    return cells.map(lambda cell: _written(cell).strip(), na_action="ignore").astype("object")


def is_filled(values: pd.Series) -> pd.Series:
    """Where a cell holds something: a blank is nothing."""
    may_be_blank = not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values))
    return values.notna() & (as_text(values) != "") if may_be_blank else values.notna()


def _written(value: object) -> str:
    # A float's own text is shorter beyond.
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(value)
