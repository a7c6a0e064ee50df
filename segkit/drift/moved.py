"""Customers who are in another segment than in the period before."""

from dataclasses import dataclass

import pandas as pd

from segkit.identity.people import moves


@dataclass(frozen=True)
class Moved:
    """How many customers are known from before, the share of them in another segment now, and from where to where.

    `table` has a row for each pair of segments between which someone moved or stayed: from, to, customers. `since`
    says what now is held against.
    """

    since: str
    customers: int
    share: float
    table: pd.DataFrame


def moved_between(before: pd.Series, now: pd.Series, since: str) -> Moved:
    """Who moved between two labellings (segments by customer id) that number segments alike.

    >>> one, other = pd.Series([0, 0, 1], index=["a", "b", "c"]), pd.Series([0, 1, 1], index=["a", "b", "d"])
    >>> found = moved_between(one, other, "May")
    >>> found.customers, found.share
    (2, 0.5)
    """
    found = moves(before, now)
    pairs = [(old, new, int(count)) for old, row in found.table.iterrows() for new, count in row.items() if count]
    return Moved(
        since, found.customers, found.moved_share, pd.DataFrame(pairs, columns=["from", "to", "customers"], dtype=int)
    )


def ways(moved: Moved, most: int) -> list[str]:
    """The largest movements in words.

    >>> one, other = pd.Series([0, 0, 1], index=[1, 2, 3]), pd.Series([0, 1, 1], index=[1, 2, 3])
    >>> ways(moved_between(one, other, "May"), 3)
    ['1 from 0 to 1']
    """
    changed = moved.table[moved.table["from"] != moved.table["to"]].nlargest(most, "customers")
    rows = changed[["from", "to", "customers"]].to_numpy()
    return [f"{count:,} from {old} to {new}" for old, new, count in rows]
