"""Numbers written as text: decimal commas, thousands marks, currency signs, decided on the whole column."""

import numpy as np
import pandas as pd

_SIGNS = r"[\s\u00a0\u202f'\u2019$€£¥%]"
_PLAIN = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
# Style -> how a number looks in it, and which marks to take out and to turn into the decimal point.
_STYLES = {
    "plain": (_PLAIN, "", ""),
    "thousands marks (1,234.5)": (r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|" + _PLAIN, ",", ""),
    "decimal commas (1234,5)": (r"[-+]?\d+(?:,\d+)?|[-+]?,\d+", "", ","),
    "thousands points and decimal commas (1.234,5)": (r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-+]?\d+(?:,\d+)?", ".", ","),
}
# Beyond this not every whole number is a float.
_EXACT = 2.0**53
# As with dates, a few bad cells do not make a column of numbers something else.
_ENOUGH = 0.95
# Nobody measures that much, and beyond 1e154 the squares that distances are made of overflow.
_ENDLESS = 1e100


def number_style(values: pd.Series) -> str:
    """How the numbers of a text column are written, or "" if it does not hold numbers.

    >>> number_style(pd.Series(["1.234,5", "7,25"]))
    'thousands points and decimal commas (1.234,5)'
    """
    text = _bare(values.dropna())
    if text.empty:
        return ""
    shares = {style: text.str.fullmatch(look).mean() for style, (look, _, _) in _STYLES.items()}
    best = max(shares, key=lambda style: shares[style])  # the plainer style where two read as many
    return best if shares[best] >= _ENOUGH else ""


def read_numbers(values: pd.Series, style: str) -> pd.Series:
    """The column as numbers; what the style cannot read is missing."""
    _, thousands, decimal = _STYLES[style]
    text = _bare(values)
    for mark, replacement in ((thousands, ""), (decimal, ".")):
        text = text.str.replace(mark, replacement, regex=False) if mark else text
    return pd.to_numeric(text, errors="coerce")


def finite(values: pd.Series) -> pd.Series:
    """Any column as floats; what is no number, or too large to reckon with, is missing."""
    if values.dtype.kind in "mM":  # pandas would count a date's nanoseconds
        return pd.Series(np.nan, index=values.index, name=values.name)
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.dtype.kind == "c":
        return finite(values.map(lambda cell: np.nan if isinstance(cell, complex) else cell))
    numbers = numbers.astype(float)
    return numbers.where(numbers.abs() < _ENDLESS, np.nan)


def as_text(values: pd.Series) -> pd.Series:
    """Values as text without blanks at the ends, missing ones as NaN; a whole number reads the same even if a gap or a
    1.5 beside it made it 1.0.

    >>> as_text(pd.Series([1, 1.5, None])).tolist()
    ['1', '1.5', nan]
    """
    cells = values.astype("object").where(values.notna(), np.nan)
    return cells.map(lambda cell: _written(cell).strip(), na_action="ignore").astype("object")


def _written(value: object) -> str:
    # Beyond 2**53 floats are no longer exact, and a float's own text is shorter.
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _bare(values: pd.Series) -> pd.Series:
    return values.astype("str").str.replace(_SIGNS, "", regex=True)
