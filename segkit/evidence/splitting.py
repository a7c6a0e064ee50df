"""How segments split and merge from one k to the next."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

_COLUMNS = ["pipeline", "k_from", "k_to", "segment_from", "segment_to", "customers"]


def splitting(pipeline: str, by_k: Mapping[int, np.ndarray]) -> pd.DataFrame:
    """How many customers of each segment go to which segment at the next k that was tried; empty for fewer than two."""
    steps = [_step(pipeline, by_k, *ks) for ks in pairwise(sorted(by_k))]
    return pd.concat(steps, ignore_index=True) if steps else pd.DataFrame(columns=_COLUMNS)


def _step(pipeline: str, by_k: Mapping[int, np.ndarray], first: int, second: int) -> pd.DataFrame:
    pairs = pd.DataFrame({"segment_from": by_k[first], "segment_to": by_k[second]})
    moved = pairs.value_counts(sort=False).rename("customers").reset_index()
    return moved.assign(pipeline=pipeline, k_from=first, k_to=second)[_COLUMNS]
