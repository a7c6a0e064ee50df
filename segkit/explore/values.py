"""The values of a table's columns in the form in which they are looked at, columns made of others included."""

from dataclasses import dataclass

import pandas as pd

from segkit.data.columns import Column, lineage
from segkit.data.dataset import Dataset
from segkit.data.findings.cells import as_days, filled_text
from segkit.data.findings.view import View, viewed
from segkit.data.numbers import as_text
from segkit.preprocessing.features import reading_steps


@dataclass(frozen=True)
class Values:
    """Clean values of the columns that play a part: measurements, levels and days.

    Ids, free text, constants and what is left out are in none of the three: there is nothing to draw, and a level or an
    extreme of theirs would name a customer. For the same reason levels that one customer has are one level together,
    and of `private` columns no single value may be named. `blanks` says of every column where it holds nothing.
    """

    columns: tuple[Column, ...]
    numbers: pd.DataFrame
    levels: pd.DataFrame
    dates: pd.DataFrame
    blanks: pd.DataFrame
    ranks: pd.DataFrame
    private: tuple[str, ...] = ()

    def of_use(self, *uses: str) -> list[str]:
        """Names of the columns with these uses."""
        return [column.name for column in self.columns if column.use in uses]

    @property
    def ordered(self) -> pd.DataFrame:
        """All columns with an order, as floats: measurements, days and ranks."""
        return self._in_order(pd.concat([self.numbers, self.dates.apply(as_days), self.ranks], axis=1))

    @property
    def unordered(self) -> pd.DataFrame:
        """The other columns: categories, and flags that are text."""
        return self.levels.drop(columns=self.ranks.columns)

    def _in_order(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[[column.name for column in self.columns if column.name in frame]]


def values_of(dataset: Dataset) -> Values:
    """What there is to look at in a data set."""
    view = viewed(dataset.table, dataset.columns)
    shown = tuple(column for column in dataset.columns if _plays_a_part(column))
    raw = [column for column in shown if column.recipe is None]
    made = _made(dataset, [column.name for column in shown if column.recipe])
    measured = [column.name for column in shown if column.name in made and column.kind in ("numeric", "date")]
    numbers = {column.name: view.numbers[column.name] for column in raw if column.kind == "numeric"}
    levels = {column.name: _levels(view, column) for column in raw if column.kind in _WITH_LEVELS}
    return Values(
        columns=shown,
        numbers=pd.concat([_frame(numbers, view), made[measured]], axis=1),
        levels=pd.concat([_frame(levels, view), made.drop(columns=measured).apply(_without_names)], axis=1),
        dates=_frame({column.name: view.dates[column.name] for column in raw if column.name in view.dates}, view),
        blanks=pd.concat([view.blanks, made.isna()], axis=1),
        ranks=view.numbers[[name for name in levels if name in view.numbers]],
        private=tuple(column.name for column in shown if column.use == "sensitive" or column.name in view.id_like),
    )


_SINGLE = "(levels of one customer)"
_WITH_LEVELS = ("categorical", "ordinal", "binary")


def _plays_a_part(column: Column) -> bool:
    return column.use not in ("id", "leave_out", "weight") and column.kind not in ("id", "text", "constant")


def _levels(view: View, column: Column) -> pd.Series:
    values = view.table[column.name]
    if pd.api.types.is_numeric_dtype(values):
        return as_text(values)
    text = filled_text(values)
    return text if column.kind == "ordinal" else _without_names(text)


def _without_names(levels: pd.Series) -> pd.Series:
    """A level that one customer has may be a name or an address."""
    counts = levels.value_counts()
    return levels.mask(levels.isin(counts.index[counts == 1]), _SINGLE)


def _frame(columns: dict[str, pd.Series], view: View) -> pd.DataFrame:
    return pd.DataFrame(columns, index=view.table.index)


def _made(dataset: Dataset, wanted: list[str]) -> pd.DataFrame:
    """The columns that are made of others, as the pipeline makes them."""
    table = dataset.table.reset_index(drop=True)
    if not wanted:
        return pd.DataFrame(index=table.index)
    taken = [column.name for column in lineage(dataset.columns, wanted) if column.recipe is None]
    typed, features = reading_steps(dataset.columns, wanted, dataset.as_of)
    made: pd.DataFrame = features.fit_transform(typed.fit_transform(table[taken]))
    return made
