"""Dates: those that can be read in two ways, those in the future, and those that cannot be read."""

import pandas as pd

from segkit.data.columns import Column
from segkit.data.dates import FORMATS, read_dates
from segkit.data.findings.cells import filled_text
from segkit.data.findings.finding import Finding, argument, as_list, counted, listed, pattern
from segkit.data.findings.view import View

# More dates in the future than this are plans (a contract's end), unless they are further away than anybody plans.
_PLANS = 0.05
_YEARS_PLANNED = 50
# A date that reads two ways. Not one of the table's: that may be somebody's birthday.
_EXAMPLE = pd.Timestamp("2025-02-01")


def date_findings(view: View) -> list[Finding]:
    """One finding per column that reads two ways, and one per column with odd dates."""
    dates = [column for column in view.seen("date") if column.name in view.dates]
    two_ways = [found for c in dates for found in _order(c, view.table[c.name], view.dates[c.name])]
    return [*two_ways, *(found for c in dates for found in _odd(c.name, view.table[c.name], view.dates[c.name]))]


def _order(column: Column, raw: pd.Series, read: pd.Series) -> list[Finding]:
    """Nothing if the data decides, or if a person has decided already."""
    other = _swapped(column.date_format)
    # FORMATS knows no month-first date with points: nobody writes one.
    if other not in FORMATS or column.reason.startswith("stated"):
        return []
    instead = read_dates(raw, other)
    if not read.notna().equals(instead.notna()) or read.equals(instead):
        return []
    ways = ["day-first", "month-first"]
    way, other_way = ways if column.date_format.startswith("%d") else reversed(ways)
    text = (
        f"{column.name} can be read day-first and month-first in every row; it was read {way} "
        f"({_EXAMPLE:{column.date_format}} as {_EXAMPLE:%Y-%m-%d}), {other_way} is the other way"
    )
    return [Finding("date_order", (column.name,), text, argument(f"data.dates.{column.name}", other, quoted=True))]


def _swapped(fmt: str) -> str:
    """The format with day and month the other way round."""
    return fmt.translate(str.maketrans("dm", "md")) if fmt[:2] in ("%d", "%m") else ""


def _odd(name: str, raw: pd.Series, read: pd.Series) -> list[Finding]:
    text = filled_text(raw)
    unread, future = text[text.notna() & read.isna()], _placeholders(read, text)
    told = []
    if len(future):
        told.append(f"{counted(len(future), 'date')} in the future ({listed(future.unique(), most=3)})")
    if len(unread):
        written = listed(unread.map(pattern).value_counts().index, most=3)
        told.append(f"{counted(len(unread), 'cell')} that cannot be read as a date (written {written})")
    if not told:
        return []
    mend = argument(f"data.missing.{name}", as_list(future.unique())) if 0 < future.nunique() <= 3 else ""
    return [Finding("odd_dates", (name,), f"{name} has {listed(told)}", mend)]


def _placeholders(read: pd.Series, text: pd.Series) -> pd.Series:
    """Dates after today that nobody plans with, as the table writes them."""
    today = pd.Timestamp.now()
    future = read > today
    if future.mean() >= _PLANS:
        future = read > today + pd.DateOffset(years=_YEARS_PLANNED)
    return text[future]
