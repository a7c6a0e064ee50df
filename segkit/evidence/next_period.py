"""Usefulness on the days to come: segments of what a log knew on one day, judged by what was bought after it.

A data set as of that day is the same page loaded with `as_of=<day>`: what is dated later has not happened yet.
"""

import numpy as np
import pandas as pd

from segkit.data import Dataset
from segkit.errors import UserError
from segkit.evidence.reading import made_of_log

_DAYS = 183
# Withheld less than a quarter shows few who come rarely; more than half leaves little to segment on.
_LEAST, _MOST = 1 / 4, 1 / 2
_BEST = 0.2


def cut_day(dataset: Dataset) -> str:
    """The last day that segments may know of, as ISO date, so that the log's last half-year is withheld.

    Of a short log it is half of the days, of a long one a quarter. Raises UserError for a data set that is no log, and
    for a log that is too short to withhold a day.
    """
    first, last = (dataset.table[_column(dataset, name)] for name in ("first_order", "last_order"))
    start, end = first.min().normalize(), last.max().normalize()
    covered = (end - start).days
    withheld = min(max(_DAYS, round(covered * _LEAST)), int(covered * _MOST))
    if withheld < 1:
        raise UserError(f"{dataset.name} covers too few days to judge by the last of them", "give a longer log")
    return f"{end - pd.Timedelta(days=withheld):%Y-%m-%d}"


def next_value(before: Dataset, after: Dataset) -> pd.Series:
    """What each customer of `before` spent between the days of the two data sets, 0 who came no more.

    Counts orders where the log has no amounts. What was brought back is not taken off. Both are made of one log.
    """
    name = made_of_log(before, "amount") or _column(before, "orders")
    spent = _later(before, after, name) - before.table[name]
    return spent.astype(float).rename(f"next_{name}")


def next_period(before: Dataset, after: Dataset) -> pd.DataFrame:
    """What segments of `before` can be judged by, per customer of `before`: the targets of `usefulness`.

    `bought_again`; `best_fifth`, whether he is among the fifth that spends most; and the logarithm of what he spends,
    in units of what is usual among those who came. Not the money itself: of that a few wholesale customers would
    decide, five of whom more than halve the share that segments of online_retail explain.
    """
    value = next_value(before, after)
    again = _came_again(before, after)
    usual = value[value > 0].median() if (value > 0).any() else 1.0
    best = (value > 0) & (value >= value.quantile(1 - _BEST))
    return pd.DataFrame({"bought_again": again, "best_fifth": best, f"log_{value.name}": np.log1p(value / usual)})


def _came_again(before: Dataset, after: Dataset) -> pd.Series:
    orders = _column(before, "orders")
    return _later(before, after, orders) > before.table[orders]


def _later(before: Dataset, after: Dataset, name: str) -> pd.Series:
    """What the column says later of the customers of before."""
    later = pd.Series(after.table[name].to_numpy(), index=pd.Index(after.ids))
    return later.reindex(pd.Index(before.ids)).set_axis(before.table.index)


def _column(dataset: Dataset, name: str) -> str:
    if found := made_of_log(dataset, name):
        return found
    mend = "say what its columns mean: data.log.customer=COLUMN data.log.date=COLUMN"
    raise UserError(f"{dataset.name} is no log of transactions", mend)
