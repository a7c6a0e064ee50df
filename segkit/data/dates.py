"""Dates written as text: one format for a whole column, never a guess per row."""

import re

import pandas as pd

from segkit.errors import UserError

# Day-first stands before month-first: where both read every value, most of the world means day-first.
FORMATS = (
    "ISO8601",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%m/%d/%Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%Y%m%d",
)
# As with numbers, a few bad cells do not make a column of dates something else.
_ENOUGH = 0.95


def date_format(values: pd.Series) -> str:
    """The format that reads the column if it holds dates, else "".

    >>> date_format(pd.Series(["04-09-2012", "21-08-2013"]))
    '%d-%m-%Y'
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        return "ISO8601"
    text = values.dropna().astype(str)
    # Plain numbers such as 2012 or 20120904 read as ISO dates; a number is a number.
    if text.empty or text.str.contains(r"\d\D+\w+\D+\d", regex=True).mean() < _ENOUGH:
        return ""
    found = likeliest_format(text)
    return found if _share_read(text, found) >= _ENOUGH else ""


def likeliest_format(values: pd.Series) -> str:
    """The format that reads most of the column, the earlier one of FORMATS where two read as many."""
    text = values.dropna().astype(str)
    return max(FORMATS, key=lambda fmt: _share_read(text, fmt)) if len(text) else FORMATS[0]


def read_dates(values: pd.Series, fmt: str) -> pd.Series:
    """Days (without time or zone) of a column in the given format; what the format cannot read is missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return (values.dt.tz_localize(None) if values.dt.tz is not None else values).dt.normalize()
    text = values.astype("object").map(str, na_action="ignore")
    # A scoring file may write the same dates the ISO way, which cannot be confused with another reading.
    return _parsed(text, fmt).fillna(_parsed(text, "ISO8601"))


def check_date(text: str, key: str) -> str:
    """The ISO date, if it is one; raises UserError that names the key."""
    is_date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and pd.notna(pd.to_datetime(text, errors="coerce"))
    if text and not is_date:
        raise UserError(f"{key}={text} is not a date", "write it as 2025-06-30")
    return text


def _parsed(text: pd.Series, fmt: str) -> pd.Series:
    return pd.to_datetime(text, format=fmt, errors="coerce", utc=True).dt.tz_localize(None).dt.normalize()


def _share_read(text: pd.Series, fmt: str) -> float:
    # A small sample rules most formats out at once.
    if len(text) > 200 and _parsed(text.iloc[:: len(text) // 100], fmt).notna().mean() < 0.5:
        return 0.0
    return float(_parsed(text, fmt).notna().mean())
