"""Which segment of a new model is which of the old one: the same people, as far as possible."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from segkit.segments import NOISE


@dataclass(frozen=True)
class Migration:
    """Customers that two segmentations share: how many, the share that changes segment, and from where to where."""

    customers: int
    moved_share: float
    table: pd.DataFrame


def compare_labels(old: pd.Series, new: pd.Series) -> Migration:
    """What changes between two labellings of customers (indexed by id), once segments are paired by their people."""
    known = {name: labels[~labels.index.duplicated()].rename(str) for name, labels in (("old", old), ("new", new))}
    both = pd.DataFrame(known).dropna().astype(int)
    table = pd.crosstab(both["old"], both["new"])
    pairs = paired_segments(table) | ({NOISE: NOISE} if NOISE in table.index and NOISE in table.columns else {})
    stayed = sum(int(table[after][before]) for before, after in pairs.items())
    return Migration(len(both), 1 - stayed / len(both) if len(both) else float("nan"), table)


def paired_segments(table: pd.DataFrame) -> dict[int, int]:
    """Old segment -> the new segment that holds most of its people, each used once; the unassigned are no segment."""
    table = table.drop(index=NOISE, columns=NOISE, errors="ignore")
    old, new = linear_sum_assignment(-table.to_numpy())
    return {int(table.index[i]): int(table.columns[j]) for i, j in zip(np.asarray(old), np.asarray(new), strict=True)}
