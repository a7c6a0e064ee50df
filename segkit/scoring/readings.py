"""What could not be read of a table that is scored, counted part by part."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from segkit.data.dates import date_format
from segkit.data.number_styles import number_style
from segkit.data.numbers import is_filled
from segkit.errors import UserError
from segkit.scoring.scorer import Scorer

# So many bad cells a file may have before they say something of the whole column.
_FEW = 10
_SAMPLE = 200
_EXAMPLES = 3
# Columns of more levels, and longer ones, are prose or names: nobody's words are shown.
_MOST_LEVELS, _LONGEST = 50, 40
# Of free text every cell is another level: so many are kept in mind.
_MOST_HELD = 1_000


@dataclass
class Readings:
    """Counts of cells that are no number or date, and of levels that nobody had at fitting; they count as missing."""

    scorer: Scorer
    rows: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    strange: dict[str, int] = field(default_factory=dict)
    levels: dict[str, pd.Series] = field(default_factory=dict)
    samples: dict[str, pd.Series] = field(default_factory=dict)

    def add(self, table: pd.DataFrame) -> None:
        """Count the cells of these further rows, which have the columns that the scorer needs."""
        self.rows += len(table)
        for name in self._looked_at(table):
            self.filled[name] = self.filled.get(name, 0) + int(is_filled(table[name]).sum())
        for name, count in self.scorer.unread(table).items():
            self.unread[name] = self.unread.get(name, 0) + count
            self.filled.setdefault(name, int(is_filled(table[name]).sum()))
            self.samples.setdefault(name, table[name].head(_SAMPLE))
        for name, found in self._unseen(table).items():
            self.strange[name] = self.strange.get(name, 0) + int(found.sum())
            both = self.levels[name].add(found, fill_value=0) if name in self.levels else found
            self.levels[name] = both.nlargest(_MOST_HELD)
            self.samples.setdefault(name, table[name].head(_SAMPLE))

    def check(self) -> None:
        """Raise UserError where most of a column is unreadable: it is then written in another way than at fitting.

        In a few cells only another style shows that, or numbers for dates; the rest may be gaps such
        as n/a.
        """
        self._refuse({**self.strange, **self.unread})

    def check_cells(self) -> None:
        """The same of numbers and dates only: which levels there are may depend on the order of the rows."""
        self._refuse(self.unread)

    def _refuse(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            if count > self.filled[name] / 2 and (count > _FEW or self._is_in_another_style(name)):
                problem = f"{count:,} of {self.rows:,} cells of {name} cannot be read as they were at fitting"
                raise UserError(problem, "write them as in the table that the model was fitted on")

    def _is_in_another_style(self, name: str) -> bool:
        columns, sample = self.scorer.preprocessing["columns"], self.samples[name]
        if name in columns.known_:  # a code that nobody had, 17 say, is a level like any other
            return False
        # Clients send dates as milliseconds without being asked.
        numbers = name in columns.formats_ and pd.api.types.is_numeric_dtype(sample)
        return bool(numbers or number_style(sample) or date_format(sample))

    def unseen(self) -> dict[str, dict[str, Any]]:
        """Per column of categories how many customers have a level that nobody had at fitting, with a few examples."""
        return {
            name: {"customers": count, "examples": self._examples(self.levels[name])}
            for name, count in self.strange.items()
        }

    def _looked_at(self, table: pd.DataFrame) -> Collection[str]:
        """Columns that may hold something unreadable; a log's are only looked at once there is something."""
        return [name for name in self.scorer.needed if name in table.columns]

    def _unseen(self, table: pd.DataFrame) -> dict[str, pd.Series]:
        return self.scorer.unseen(table) if set(self.scorer.needed) <= set(table.columns) else {}

    def _examples(self, counts: pd.Series) -> list[str]:
        if len(counts) > _MOST_LEVELS:
            return []
        often = counts.sort_values(ascending=False, kind="stable").index
        return [str(level) for level in often if len(str(level)) <= _LONGEST][:_EXAMPLES]


def unread_cells(scorer: Scorer, table: pd.DataFrame) -> dict[str, int]:
    """How many cells of each column of a table or log could not be read as what they are and count as missing.

    Raises UserError where that is most of a column.
    """
    readings = Readings(scorer)
    readings.add(table)
    readings.check()
    return readings.unread
