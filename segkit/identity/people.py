"""Which segment of a new model is which of the old one: the same people, as far as possible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from segkit.data.numbers import as_text, is_filled
from segkit.profiles.joined_names import distinct
from segkit.profiles.names_file import Called
from segkit.segments import NOISE


@dataclass(frozen=True, eq=False)
class Migration:
    """Customers that two segmentations share: how many, the share that changes segment, and from where to where.

    `table` has a row for each old segment, a column for each new one, and counts customers.
    """

    customers: int
    moved_share: float
    table: pd.DataFrame


def compare_labels(old: pd.Series, new: pd.Series) -> Migration:
    """What changes between two labellings of customers (indexed by id), once segments are paired by their people."""
    table = crossed(old, new)
    pairs = paired_segments(table) | ({NOISE: NOISE} if NOISE in table.index and NOISE in table.columns else {})
    return _migration(table, sum(int(table[after][before]) for before, after in pairs.items()))


def moves(old: pd.Series, new: pd.Series) -> Migration:
    """The same where numbers mean the same people before and after: who gets another number has moved."""
    table = crossed(old, new)
    return _migration(table, sum(int(table.loc[number, number]) for number in table.index.intersection(table.columns)))


def crossed(old: pd.Series, new: pd.Series) -> pd.DataFrame:
    """How many customers (known by their ids) are in each old segment (a row) and each new one (a column)."""
    both = pd.DataFrame({"old": _by_id(old), "new": _by_id(new)}).dropna().astype(int)
    return pd.crosstab(both["old"], both["new"])


def _by_id(labels: pd.Series) -> pd.Series:
    """Labels by ids as text: a gap among them makes 12 a 12.0, and is nobody's id."""
    ids = as_text(labels.index.to_series())
    return labels.set_axis(ids)[(is_filled(ids) & ~ids.duplicated()).to_numpy()]


def _migration(table: pd.DataFrame, stayed: int) -> Migration:
    customers = int(table.to_numpy().sum())
    return Migration(customers, (customers - stayed) / customers if customers else float("nan"), table)


def paired_segments(table: pd.DataFrame) -> dict[int, int]:
    """Old segment -> the new segment that holds most of its people, each used once; the unassigned are no segment."""
    table = table.drop(index=NOISE, columns=NOISE, errors="ignore")
    return {int(table.index[i]): int(table.columns[j]) for i, j in _best_pairs(table.to_numpy())}


def heirs(table: pd.DataFrame) -> dict[int, int]:
    """New segment -> the old one that it carries on, because they are mostly the same people.

    They are if most of the new segment's people are of the old one, so that its name still tells the truth of them, and
    if, counting the members of both, more than half are members of both. So the larger part of a segment that splits is
    its heir, and a merged segment is the heir of its larger part; but neither a sliver of a large segment is, nor one
    that others have flooded. Each old segment has one heir at most.
    """
    counts = table.to_numpy()
    before, after = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    mostly = (2 * counts > after) & (4 * counts > before + after)
    shared = pd.DataFrame(np.where(mostly, counts, 0), index=table.index, columns=table.columns)
    shared = shared.drop(index=NOISE, columns=NOISE, errors="ignore")
    pairs = [(i, j) for i, j in _best_pairs(shared.to_numpy()) if shared.to_numpy()[i, j] > 0]
    return {int(shared.columns[j]): int(shared.index[i]) for i, j in pairs}


def _best_pairs(counts: np.ndarray) -> list[tuple[int, int]]:
    """Places of rows and columns, each used once, that together hold most customers."""
    rows, columns = linear_sum_assignment(-counts)
    return [(int(i), int(j)) for i, j in zip(np.asarray(rows), np.asarray(columns), strict=True)]


def numbered(segments: Iterable[int], carried: Mapping[int, int], free: int) -> dict[int, int]:
    """New segment -> the number that it gets: that of the segment that it carries on, or one from `free` on."""
    numbers: dict[int, int] = {}
    for segment in sorted(set(segments) - {NOISE}):
        numbers[segment] = carried.get(segment, free)
        free += segment not in carried
    return numbers


def carried_names(
    own: Mapping[int, Called], kept: Mapping[int, Called], numbers: Mapping[int, int]
) -> dict[int, Called]:
    """Number -> what it is called: as before where it was there, else as the new model says, but as nobody before."""
    named = {number: kept.get(number) or own[segment] for segment, number in numbers.items()}
    return all_distinct({number: said for number, said in named.items() if number not in kept}, kept) | {
        number: said for number, said in named.items() if number in kept
    }


def all_distinct(said: Mapping[int, Called], taken: Mapping[int, Called]) -> dict[int, Called]:
    """The same with the number behind each name that another segment has already."""
    found: dict[int, Called] = {}
    for number, called in said.items():
        names = [other.name for other in (*taken.values(), *found.values())]
        found[number] = replace(called, name=distinct(called.name, names, of=str(number)))
    return found
