"""Numbers written as text: decimal commas, thousands marks, currency signs, decided on the whole column and file."""

from collections.abc import Mapping
from numbers import Real

import numpy as np
import pandas as pd

_SIGNS = r"[\s\u00a0\u202f'\u2019$€£¥%]|EUR|USD|GBP|CHF"
POINTS, COMMAS, TRUTHS = "decimal points", "decimal commas", "true or false"
# How a number looks in each style; the thousands mark is then taken out, and the decimal mark made a point.
# No thousands begin with a zero: 0,125 is an eighth.
_LOOKS = {
    POINTS: r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)",
    COMMAS: r"[-+]?(?:[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+)",
    TRUTHS: r"(?i:true|false|[01](?:\.0)?)",
}
_MARKS = {POINTS: ((",", ""),), COMMAS: ((".", ""), (",", ".")), TRUTHS: ()}
_CODE = r"0\d+"
# 38.445 and 309 in one column: decimals would not be three throughout, and in no cell none.
_THOUSANDS = r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+"
_BELOW = r"[-+]?\d{1,3}"
# As with dates, a few bad cells do not make a column of numbers something else.
_ENOUGH = 0.95
# So many cells rule most columns of text out at once.
_TRIED = 100


def number_styles(table: pd.DataFrame) -> dict[str, str]:
    """How each column that holds numbers as text writes them; columns of numbers and of other text are left out.

    A file has one style: where a column reads in both (1,234), another one of the file decides.
    """
    possible = {str(name): _possible(table[name]) for name in table.columns}
    commas = any(styles == [COMMAS] for styles in possible.values())
    return {name: COMMAS if commas and COMMAS in styles else styles[0] for name, styles in possible.items() if styles}


def number_style(values: pd.Series) -> str:
    """How the numbers of one column are written, or "" if it needs no style: it holds numbers, or other text.

    >>> number_style(pd.Series(["1.234,5", "7,25"]))
    'decimal commas'
    """
    return next(iter(_possible(values)), "")


def certain_style(values: pd.Series) -> str:
    """The same, but "" too where the column reads in more than one style."""
    styles = _possible(values)
    return styles[0] if len(styles) == 1 else ""


def has_thousands_points(cells: pd.Series) -> bool:
    """Whether the points in a column of text can only mark thousands: three digits behind each, and cells without."""
    bare = _bare(cells.dropna())
    return may_have_thousands_points(cells) and not bool(bare[bare != ""].str.fullmatch(_THOUSANDS).all())


def may_have_thousands_points(cells: pd.Series) -> bool:
    """The same where every cell has one, too: a program may have written three decimals throughout."""
    bare = _bare(cells.dropna())
    grouped = bare.str.fullmatch(_THOUSANDS)
    return bool(grouped.sum() > 1 and (grouped | bare.str.fullmatch(_BELOW) | (bare == "")).all())


def read_numbers(values: pd.Series, style: str) -> pd.Series:
    """The column as numbers; what is no number already and the style cannot read is missing."""
    if not _is_text(values):
        is_bool = pd.api.types.is_bool_dtype(values)
        return pd.Series(values.to_numpy(float, na_value=np.nan), values.index, name=values.name) if is_bool else values
    bare = _bare(values)
    text = bare.where(bare.str.fullmatch(_LOOKS[style]))
    for mark, replacement in _MARKS[style]:
        text = text.str.replace(mark, replacement, regex=False)
    if style == TRUTHS:
        text = text.str.lower().replace({"true": "1", "false": "0"})
    read = pd.to_numeric(text, errors="coerce").astype(float)
    # Among the text of a workbook stand real numbers: 1.5 is no fifteen, however the others are written.
    return read.where(~_are_numbers(values), pd.to_numeric(values, errors="coerce")) if values.dtype == object else read


def style_notes(table: pd.DataFrame, styles: Mapping[str, str]) -> tuple[str, ...]:
    """What to say of columns of text that are read as numbers."""
    written = pd.Series({name: _in_words(table[name], style) for name, style in styles.items()}, dtype=object)
    counts = written[written != ""].value_counts()
    return tuple(f"{words} in {count} column{'s' if count > 1 else ''}" for words, count in counts.items())


def _possible(values: pd.Series) -> list[str]:
    """The styles that read the column, the usual one first."""
    if pd.api.types.is_bool_dtype(values):
        return [TRUTHS]
    present = values.dropna() if _is_text(values) else values.iloc[:0]
    if present.empty or max(_shares(present.iloc[:: max(1, len(present) // _TRIED)]).values()) < 0.5:
        return []
    if present.astype("str").str.fullmatch(_CODE).any():
        return []
    shares = _shares(present)
    best = max(shares.values())
    if best == shares[COMMAS] >= _ENOUGH and has_thousands_points(present):
        return [COMMAS]
    return [style for style, share in shares.items() if share == best >= _ENOUGH]


def _shares(present: pd.Series) -> dict[str, float]:
    bare = _bare(present)
    bare = bare[bare != ""]
    return {style: float(bare.str.fullmatch(look).mean()) if len(bare) else 0.0 for style, look in _LOOKS.items()}


def _in_words(values: pd.Series, style: str) -> str:
    if style == COMMAS:
        return "decimal commas (1.234,5)"
    text = values.dropna().astype("str")
    if style == POINTS and text.str.contains(",", regex=False).any():
        return "thousands marks (1,234.5)"
    return "numbers with signs such as $ or %" if style == POINTS and text.str.contains(r"[$€£¥%]").any() else ""


def _is_text(values: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values))


def _are_numbers(values: pd.Series) -> pd.Series:
    return values.map(lambda cell: isinstance(cell, Real) and not isinstance(cell, bool)).astype(bool)


def _bare(values: pd.Series) -> pd.Series:
    return values.astype("str").str.replace(_SIGNS, "", regex=True).str.replace("\u2212", "-", regex=False)
