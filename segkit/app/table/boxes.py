"""The columns of a table in four boxes, by what they are for, each with what can be said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from segkit.app.brought.said import Said
from segkit.data import Dataset
from segkit.data.boxes import BOXES, columns_table
from segkit.data.numbers import as_text

# Nobody puts more levels in order.
_MOST_LEVELS = 20
_LOOKED_AT = 10_000
# What is done with the columns of a box that a column is dropped on.
DROPPED = {"segment on": "segment_on", "describe with": "describe_with", "outcome": "outcome", "left out": "leave_out"}
_MEANT = {
    "segment on": "The segments are found in these.",
    "describe with": "They tell who is in a segment, but do not make it.",
    "outcome": "What became of customers: each segment is read against it.",
    "left out": "They play no part.",
}


@dataclass(frozen=True)
class ShownColumn:
    """A column as the page shows it, at its place in the table; `said` is the kind that somebody told, "" if nobody
    did, `levels` what would be ranked if it were a rank.
    """

    place: int
    name: str
    kind: str
    use: str
    because: str
    said: str
    levels: Sequence[str]


@dataclass(frozen=True)
class Box:
    """One of the four boxes; `dropped` is the use that a column has which is put there."""

    title: str
    meant: str
    dropped: str
    columns: Sequence[ShownColumn]


def boxes_of(dataset: Dataset, said: Said) -> list[Box]:
    """The boxes in the order of the page."""
    places = {column.name: place for place, column in enumerate(dataset.columns)}
    shown: dict[str, list[ShownColumn]] = {box: [] for box in BOXES}
    for row in columns_table(dataset).to_dict("records"):
        place = places[str(row["column"])]
        shown[str(row["box"])].append(_shown(dataset, said, row, place))
    return [Box(box, _MEANT[box], DROPPED[box], columns) for box, columns in shown.items()]


def _shown(dataset: Dataset, said: Said, row: Mapping[Any, Any], place: int) -> ShownColumn:
    name = str(row["column"])
    told = "ordinal" if name in said.levels else said.kinds.get(name, "")
    levels = said.levels.get(name, ()) or _levels_of(dataset, name)
    return ShownColumn(place, name, str(row["kind"]), str(row["use"]), str(row["because"]), told, levels)


def _levels_of(dataset: Dataset, name: str) -> Sequence[str]:
    """The levels of a column of the table, lowest first as far as that can be known; none where they are many."""
    column = next(column for column in dataset.columns if column.name == name)
    if column.levels:
        return column.levels
    if column.kind == "date" or name not in dataset.table:
        return ()
    values = dataset.table[name]
    if values.head(_LOOKED_AT).nunique() > _MOST_LEVELS or values.nunique() > _MOST_LEVELS:
        return ()
    found = values.dropna().drop_duplicates()
    ordered = found.sort_values() if pd.api.types.is_numeric_dtype(found) else as_text(found).sort_values()
    return list(dict.fromkeys(as_text(ordered)))
