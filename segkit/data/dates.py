"""Dates written as text: one format for a whole column, never a guess per row."""

import re

import pandas as pd

from segkit.data.numbers import as_text
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
# How old notebooks read day-first dates: each cell month-first where that is possible. A mistake with a name, so that
# a published result that rests on it can be repeated; never chosen by recognition.
MONTH_FIRST_WHERE_POSSIBLE = "month-first where possible"
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
    return read_times(values, fmt).dt.normalize()


def read_times(values: pd.Series, fmt: str) -> pd.Series:
    """The same with the time of day."""
    if pd.api.types.is_datetime64_any_dtype(values):
        if str(values.dtype).startswith(("date32", "date64")):  # Arrow's days know nothing of zones
            return values.astype("datetime64[us]")
        return values.dt.tz_localize(None) if values.dt.tz is not None else values
    text = as_text(values)
    if fmt == MONTH_FIRST_WHERE_POSSIBLE:
        return _parsed(text, "%m-%d-%Y").fillna(_parsed(text, "%d-%m-%Y"))
    # A scoring file may write the same dates the ISO way, which cannot be confused with another reading.
    return _parsed(text, fmt).fillna(_parsed(text, "ISO8601"))


def days_before(as_of: str, values: pd.Series, fmt: str) -> pd.Series:
    """Whole days from each date to `as_of`: calendar days, or full days to the moment if `as_of` has a time."""
    dates = read_times(values, fmt) if "T" in as_of else read_dates(values, fmt)
    return (pd.Timestamp(as_of) - dates).dt.days.astype(float)


def check_format(fmt: str, values: pd.Series, key: str) -> str:
    """The format, if it reads any of the column; raises UserError that names the key."""
    if "%" not in fmt and fmt not in ("ISO8601", MONTH_FIRST_WHERE_POSSIBLE):  # pandas would guess each cell
        raise UserError(f"{key}={fmt} is no format", "write it as %d-%m-%Y, say")
    text = as_text(values.dropna())
    is_date = pd.api.types.is_datetime64_any_dtype(values) or fmt == MONTH_FIRST_WHERE_POSSIBLE
    if len(text) and not is_date and _parsed(text, fmt).isna().all():
        raise UserError(f"{key}={fmt} reads no cell of the column", "write it as %d-%m-%Y, say")
    return fmt


def check_date(text: str, key: str) -> str:
    """The ISO date, with a time or without, if it is one; raises UserError that names the key."""
    is_date = re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", text) and pd.notna(
        pd.to_datetime(text, errors="coerce")
    )
    if text and not is_date:
        raise UserError(f"{key}={text} is not a date", "write it as 2025-06-30")
    return text


def _parsed(text: pd.Series, fmt: str) -> pd.Series:
    codes, days = pd.factorize(text)  # the same days stand in many cells
    read = pd.to_datetime(pd.Series(days), format=fmt, errors="coerce", utc=True).dt.tz_localize(None)
    read = read.where(read.dt.year > 0)  # -1 stands for "unknown" and not for a year
    return pd.Series(read.array.take(codes, allow_fill=True), index=text.index, name=text.name)


def _share_read(text: pd.Series, fmt: str) -> float:
    # A small sample rules most formats out at once.
    if len(text) > 200 and _parsed(text.iloc[:: len(text) // 100], fmt).notna().mean() < 0.5:
        return 0.0
    return float(_parsed(text, fmt).notna().mean())
