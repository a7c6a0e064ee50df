"""A table together with what its columns are for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd

from segkit.brief import Brief
from segkit.data.columns import Column, lineage
from segkit.data.dates import check_date
from segkit.data.findings.duplicates import repeated_customers
from segkit.data.findings.view import viewed
from segkit.data.numbers import finite
from segkit.data.plain import plain
from segkit.data.stated import Stated, clean, describe_columns
from segkit.data.transactions import LogColumns, customers_of
from segkit.data.understand import ALL, understand
from segkit.errors import UserError
from segkit.fingerprint import content_hash, fingerprint

# Made of a log, and not segmented on unless asked: filled in, who ordered once would pass for a usual customer.
_ONLY_DESCRIBE = {"days_between_orders": "missing for customers of one order"}


@dataclass(frozen=True, eq=False)  # a table has no one answer to whether it equals another; compare keys
class Dataset:
    """Customers, one a row, with the kind and use of each column and a hash of the content.

    `notes` say in words what had to be recognised to read the table. `log` is set where the customers were made of a
    transaction log, and `without_purchase` are those in it who bought nothing. `blocks` name columns that count as one.
    """

    name: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    source: str
    hash: str
    as_of: str = ""
    notes: tuple[str, ...] = ()
    log: LogColumns | None = None
    blocks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without_purchase: tuple[Any, ...] = ()

    @property
    def key(self) -> str:
        """Names content and understanding together: the same rows read differently are different data."""
        read = [asdict(replace(column, reason="")) for column in self.columns]
        understood = {"columns": read, "as_of": self.as_of, "blocks": self.blocks}
        return fingerprint({"content": self.hash, "log": asdict(self.log) if self.log else None, **understood})

    def used_as(self, use: str) -> list[str]:
        """Names of the columns with this use, in table order."""
        return [column.name for column in self.columns if column.use == use]

    @property
    def feature_columns(self) -> tuple[Column, ...]:
        """The columns that the segmentation is fitted on, those made of others included."""
        return tuple(column for column in self.columns if column.use == "segment_on")

    @property
    def features(self) -> pd.DataFrame:
        """The raw values of the table's columns that the feature columns are or are made of."""
        wanted = [column.name for column in self.feature_columns]
        return self.table[[column.name for column in lineage(self.columns, wanted) if column.recipe is None]]

    @property
    def ids(self) -> pd.Series:
        """The customers' ids: the id column, or the row number where the table has none."""
        names = self.used_as("id")
        return self.table[names[0]] if names else pd.Series(self.table.index, index=self.table.index, name="row")

    @property
    def weights(self) -> pd.Series | None:
        """How many customers each row stands for, if the table says."""
        weights = self._first("weight")
        return finite(weights).fillna(1.0) if weights is not None else None

    @property
    def truth(self) -> pd.Series | None:
        """The known answers, if the table holds any."""
        return self._first("truth")

    def _first(self, use: str) -> pd.Series | None:
        """The first column with this use, as it was stated to be read."""
        found = next((column for column in self.columns if column.use == use), None)
        return clean(self.table[found.name], found.missing, found.fill) if found else None


def make_dataset(
    name: str,
    table: pd.DataFrame,
    source: str = "",
    as_of: str = "",
    stated: Stated | None = None,
    brief: Brief | None = None,
    features: str | Sequence[str] = ALL,
    notes: tuple[str, ...] = (),
    log: LogColumns | None = None,
    duplicates: str = "keep",
) -> Dataset:
    """Understand a table: infer its columns, apply what is `stated` and what the brief demands, hash it.

    With `log` the table is a transaction log, of which the customers are made first. With `duplicates="drop"` only the
    first row is taken of customers who stand in the table again, be it under another id.
    """
    if log is not None and duplicates == "drop":
        problem = "data.duplicates=drop is for a table of customers, and data.log makes each of them once"
        raise UserError(problem, "for lines of the log that are alike say data.log.duplicates=drop")
    without_purchase: tuple[Any, ...] = ()
    asked: Mapping[str, str] = {}
    if log is not None:
        customers = customers_of(table, log.through(check_date(as_of, "data.as_of")))
        table, notes, without_purchase = customers.table, notes + customers.notes, customers.without_purchase
        # Tomorrow's log is read the way this one was, whatever days it happens to hold.
        log = replace(log, date_format=customers.date_format, until="")
        stated = stated or Stated()
        # Whatever it looks like: 17850 would pass for a measurement, and "Ann" for a text.
        asked, described = stated.use, {name: "describe_with" for name in _ONLY_DESCRIBE if name in table}
        stated = replace(stated, kind={log.customer: "id", **stated.kind}, use={**described, **asked})
    table = table.reset_index(drop=True).rename(columns=str)
    twice = sorted(set(table.columns[table.columns.duplicated()]))
    if twice:
        raise UserError(f"{source or name} has two columns of the same name: {', '.join(twice)}", "rename one of them")
    if table.empty:
        raise UserError(f"{source or name} has no rows", "give a table with at least one customer")
    table = table.assign(**{name: plain(table[name]) for name in table.columns})
    table, left_out = _each_once(table, stated, duplicates)
    columns = understand(table, stated, brief, features)
    columns = _understood_of_log(columns, asked) if log is not None else columns
    if not any(column.use == "segment_on" for column in columns):
        raise UserError(f"{source or name} has no column to segment on", "state one: data.use.COLUMN=segment_on")
    blocks = {block: tuple(members) for block, members in (stated.blocks if stated else {}).items()}
    checked, notes = check_date(as_of, "data.as_of"), notes + left_out
    return Dataset(name, table, columns, source, content_hash(table), checked, notes, log, blocks, without_purchase)


def _understood_of_log(columns: tuple[Column, ...], asked: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns with the reason why one is only described, unless somebody asked for that."""
    usual = {name: why for name, why in _ONLY_DESCRIBE.items() if name not in asked}
    return tuple(
        replace(c, reason=usual[c.name]) if c.name in usual and c.use == "describe_with" else c for c in columns
    )


def _each_once(table: pd.DataFrame, stated: Stated | None, duplicates: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The table, if asked for without customers who stand in it again, and what is to be said of that."""
    if duplicates not in ("keep", "drop"):
        raise UserError(f"data.duplicates={duplicates} is not known", "choose from keep, drop")
    again = repeated_customers(viewed(table, describe_columns(table, stated))) if duplicates == "drop" else None
    if again is None or not again.any():
        return table, ()
    said = f"{again.sum():,} of {len(table):,} rows left out: customers who stand in the table already"
    return table[~again].reset_index(drop=True), (f"{said} (data.duplicates=keep counts them)",)
