"""Numbers written as text: decimal commas, thousands marks, currency signs, decided on the whole column."""

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
# As with dates, a few bad cells do not make a column of numbers something else.
_ENOUGH = 0.95


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


def _bare(values: pd.Series) -> pd.Series:
    return values.astype("str").str.replace(_SIGNS, "", regex=True)
