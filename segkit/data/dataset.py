"""A table together with what its columns are for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from segkit.data.columns import Column, describe_columns
from segkit.data.dates import check_date
from segkit.errors import UserError
from segkit.fingerprint import content_hash, fingerprint


@dataclass(frozen=True)
class Dataset:
    """Customers, one a row, with the kind and use of each column and a hash of the content.

    `notes` say in words what had to be recognised to read the table.
    """

    name: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    source: str
    hash: str
    as_of: str = ""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names content and understanding together: the same rows read differently are different data."""
        read = [asdict(column) for column in self.columns]
        return fingerprint({"content": self.hash, "columns": read, "as_of": self.as_of})

    def used_as(self, use: str) -> list[str]:
        """Names of the columns with this use, in table order."""
        return [column.name for column in self.columns if column.use == use]

    @property
    def feature_columns(self) -> tuple[Column, ...]:
        """The columns that the segmentation is fitted on."""
        return tuple(column for column in self.columns if column.use == "segment_on")

    @property
    def features(self) -> pd.DataFrame:
        """The raw values of the feature columns."""
        return self.table[[column.name for column in self.feature_columns]]

    @property
    def ids(self) -> pd.Series:
        """The customers' ids: the id column, or the row number where the table has none."""
        names = self.used_as("id")
        return self.table[names[0]] if names else pd.Series(self.table.index, index=self.table.index, name="row")

    @property
    def truth(self) -> pd.Series | None:
        """The known answers, if the table holds any."""
        names = self.used_as("truth")
        return self.table[names[0]] if names else None


def make_dataset(
    name: str,
    table: pd.DataFrame,
    source: str = "",
    as_of: str = "",
    stated: Mapping[str, Any] | None = None,
    notes: tuple[str, ...] = (),
) -> Dataset:
    """Understand a table: infer its columns, apply what `stated` (kinds, uses, levels) overrides, hash it."""
    table = table.reset_index(drop=True).rename(columns=str)
    twice = sorted(set(table.columns[table.columns.duplicated()]))
    if twice:
        raise UserError(f"{source or name} has two columns of the same name: {', '.join(twice)}", "rename one of them")
    if table.empty:
        raise UserError(f"{source or name} has no rows", "give a table with at least one customer")
    columns = describe_columns(table, **(stated or {}))
    if not any(column.use == "segment_on" for column in columns):
        raise UserError(f"{source or name} has no column to segment on", "state one: data.use.COLUMN=segment_on")
    return Dataset(name, table, columns, source, content_hash(table), check_date(as_of, "data.as_of"), notes)
