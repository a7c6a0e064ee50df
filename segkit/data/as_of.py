"""The day that ages are counted to: the newest date of the data, where nobody states another."""

from collections.abc import Mapping

import pandas as pd

from segkit.data.dates import read_dates

# A few dates after the day are typing errors or placeholders (9999-12-31); more of them are plans.
_MOST_TO_COME = 0.05


def clocks(table: pd.DataFrame, formats: Mapping[str, str], as_of: str = "") -> list[str]:
    """The date columns (with their formats) that tell what has happened, and so which day it is.

    One that lies after `as_of` (today, where nothing is stated) for more than a few customers tells what is planned,
    such as the end of a contract: such days come and go without making anyone older.
    """
    day = pd.Timestamp(as_of) if as_of else pd.Timestamp.now()
    days = {name: read_dates(table[name], fmt).dropna() for name, fmt in formats.items()}
    to_come = {name: (found > day.normalize()).sum() for name, found in days.items()}
    return [name for name, found in days.items() if to_come[name] <= max(1, _MOST_TO_COME * len(found))]


def newest_day(table: pd.DataFrame, formats: Mapping[str, str]) -> str:
    """The newest date of these columns that is not after today, as ISO date; "" if there is none."""
    today = pd.Timestamp.now()
    days = [read_dates(table[name], fmt) for name, fmt in formats.items()]
    known = [day for column in days if pd.notna(day := column[column <= today].max())]
    return max(known).strftime("%Y-%m-%d") if known else ""
