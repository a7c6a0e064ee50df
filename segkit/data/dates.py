"""Dates written as text: one format for a whole column, never a guess per row."""

import pandas as pd

# Day-first stands before month-first: where both read every value, most of the world means day-first.
FORMATS = (
    "ISO8601",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
)


def date_format(values: pd.Series) -> str:
    """The first format that reads every value of the column, or "" if none does.

    >>> date_format(pd.Series(["04-09-2012", "21-08-2013"]))
    '%d-%m-%Y'
    """
    if pd.api.types.is_datetime64_any_dtype(values):
        return "ISO8601"
    text = values.dropna().astype(str)
    # Plain numbers such as 2012 or 20120904 read as ISO dates; a number is a number.
    if text.empty or not text.str.contains(r"\d\D+\w+\D+\d", regex=True).all():
        return ""
    return next((fmt for fmt in FORMATS if _reads_all(text.head(50), fmt) and _reads_all(text, fmt)), "")


def read_dates(values: pd.Series, fmt: str) -> pd.Series:
    """Timestamps of a column in the given format; what the format cannot read is missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.tz_localize(None) if values.dt.tz is not None else values
    read = pd.to_datetime(values.astype("object"), format=fmt, errors="coerce")
    # A scoring file may write the same dates the ISO way, which cannot be confused with another reading.
    return read.fillna(pd.to_datetime(values.astype("object"), format="ISO8601", errors="coerce"))


def _reads_all(text: pd.Series, fmt: str) -> bool:
    return bool(pd.to_datetime(text, format=fmt, errors="coerce").notna().all())
