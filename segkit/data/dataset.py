"""A table together with what its columns are for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd

from segkit.data.columns import Column, lineage
from segkit.data.numbers import finite
from segkit.data.stated import clean
from segkit.data.transactions import LogColumns
from segkit.fingerprint import fingerprint
from segkit.records import Inside


@dataclass(frozen=True, eq=False)  # a table has no one answer to whether it equals another; compare keys
class Dataset:
    """Customers, one a row, with the kind and use of each column and a hash of the content.

    `as_of` is the day that ages are counted to, "" without dates. `notes` say in words what had to be recognised to
    read the table. `log` is set where the customers were made of a transaction log, and `without_purchase` are those in
    it who bought nothing. `blocks` name columns that count as one. Of the customers of one segment, `inside` names it
    and `outer` is the `segkit.scoring.Scorer` that says who belongs to it.
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
    inside: Inside | None = None
    outer: Any = None

    @property
    def key(self) -> str:
        """Names content and understanding together: the same rows read differently are different data."""
        read = [asdict(replace(column, reason="")) for column in self.columns]
        understood: dict[str, Any] = {"columns": read, "as_of": self.as_of, "blocks": self.blocks}
        if self.inside is not None:
            version = [self.inside.version] if self.inside.version else []
            understood["inside"] = [self.inside.run, self.inside.segment, *version]
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
