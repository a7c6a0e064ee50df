"""What marks each segment: the columns in which it stands out most, each of which says something of its own."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.data.findings.names import is_sensitive_name
from segkit.profiles.columns import FLAG, LEVEL
from segkit.profiles.phrases import said
from segkit.profiles.traits import likeness, trait_table

Floats = npt.NDArray[np.float64]

# A segment that is so near to everyone in a column is not marked by it.
_LEAST = 0.1
# Columns that go together so much say the same, and the weaker comes behind all that say something else.
_SAME = 0.7
# That a level is rare says little of who somebody is.
_RARELY = 0.5


def column_likeness(typed: pd.DataFrame) -> pd.DataFrame:
    """How far any two columns say the same, 0 to 1: the correlation of numbers, of categories that of their levels that
    go together most."""
    tables = {str(name): trait_table(typed[[name]]) for name in typed.columns}
    owner = np.array([name for name, table in tables.items() for _ in table.columns], dtype=object)
    if not owner.size:
        return pd.DataFrame()
    found = likeness(pd.concat(tables.values(), axis=1)).to_numpy()
    by_column = pd.DataFrame(found, index=owner, columns=owner).groupby(level=0).max().T.groupby(level=0).max()
    return by_column.loc[list(dict.fromkeys(owner)), list(dict.fromkeys(owner))]


def mark_nobody(dataset: Dataset) -> list[str]:
    """Columns that may be told of segments but by which nobody is to be recognised: outcomes, sensitive ones, and a
    segmentation in use today.
    """
    found = [column for column in dataset.columns if column.use in ("outcome", "sensitive", "existing")]
    return [name for column in found for name in (column.name, f"days_since_{column.name}")]


def markers(
    profiles: pd.DataFrame, most: int = 5, alike: pd.DataFrame | None = None, without: Collection[str] = ()
) -> pd.DataFrame:
    """The rows of `column_profiles` that mark each segment, at most so many, with `rank` (1 first) and `words`.

    The strongest effects come first, each the less the more it repeats one before it, as `alike` (the
    `column_likeness` of the typed columns) knows; of a category one level counts. `words` says it short: "high income".
    `without` names columns that mark nobody (`mark_nobody`); protected attributes never do.
    """
    may = np.array([_may_mark(row, without) for row in profiles.to_dict("records")], dtype=bool)
    usable = profiles[may]
    found = [_ranked(own, most, alike) for _, own in usable.groupby("segment", sort=True)]
    if not found:
        return profiles.iloc[:0].assign(rank=pd.Series(dtype=int), words=pd.Series(dtype=object))
    return pd.concat(found, ignore_index=True)


def _may_mark(row: Mapping[Hashable, Any], without: Collection[str]) -> bool:
    column, effect = str(row["column"]), float(row["effect"])
    return column not in without and not is_sensitive_name(column) and abs(effect) >= _LEAST and bool(_words(row))


def _ranked(own: pd.DataFrame, most: int, alike: pd.DataFrame | None) -> pd.DataFrame:
    own = own.reset_index(drop=True)
    order = list(_order(own, most, _same(own["column"], alike)))
    ranked = own.loc[order].assign(rank=range(1, len(order) + 1))
    return ranked.assign(words=[_words(row) for row in ranked.to_dict("records")])


def _order(own: pd.DataFrame, most: int, same: Floats) -> Iterator[int]:
    effect = own["effect"].to_numpy()
    strength = np.abs(effect) * np.where((own["kind"] == LEVEL) & (effect < 0), _RARELY, 1.0)
    said_before, left = np.zeros(len(own)), np.ones(len(own), dtype=bool)
    for _ in range(min(most, len(own))):
        score = strength * (1 - said_before) - np.where(said_before >= _SAME, strength.max(), 0.0)
        best = int(np.argmax(np.where(left, score, -np.inf)))
        said_before, left[best] = np.maximum(said_before, same[best]), False
        yield best


def _same(columns: pd.Series, alike: pd.DataFrame | None) -> Floats:
    """How far the rows of a profile say the same; of one column all of it."""
    names = columns.tolist()
    found = np.eye(len(names)) if alike is None else alike.reindex(index=names, columns=names).to_numpy()
    together = columns.to_numpy()[:, None] == columns.to_numpy()
    return np.where(together, 1.0, np.nan_to_num(found))


def _words(row: Mapping[Hashable, Any]) -> str:
    level = f"={row['level']}" if row["kind"] == LEVEL else ""
    mean = float(row["mean"])
    return said(f"{row['column']}{level}", float(row["effect"]) > 0, mean, row["kind"] == FLAG)
