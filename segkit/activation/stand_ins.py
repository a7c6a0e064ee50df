"""Made-up neighbours of few customers, so that rules learn where a model draws its borders and not where they happened
to fall.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.scoring.typed import assigned_typed, reads_alike, typed_names

if TYPE_CHECKING:
    from segkit.scoring.scorer import Scorer


Assign = Callable[[pd.DataFrame], npt.NDArray[np.int64]]
Labels = npt.NDArray[np.int64]
# Customers who are more need no stand-ins.
ENOUGH = 1000
_STAND_INS = 6000
# How far a stand-in is from its customer: this share of the others lies between them, in each column.
_APART = 0.15


def assigner_of(scorer: Scorer, typed: pd.DataFrame) -> Assign | None:
    """What gives rows of these typed columns their segment, as it is published: edits of the model are followed.

    None where the model needs other columns than these, or where an edit rests on a model that reads one of them in
    another way, as after a promotion of a run that took another column for a number: what is made up here is typed, and
    would not mean the same to both.
    """
    if typed_names(scorer) != {str(name) for name in typed.columns} or not reads_alike(scorer, as_of="any"):
        return None
    return lambda frame: assigned_typed(scorer, frame).segments


def with_stand_ins(frame: pd.DataFrame, labels: Labels, assign: Assign) -> tuple[pd.DataFrame, Labels]:
    """These customers, and beside them made-up ones near them, with the segments that the model gives those.

    The customers count together a third of the stand-ins.
    """
    rng = np.random.default_rng(0)
    near = frame.iloc[rng.integers(0, len(frame), _STAND_INS)].reset_index(drop=True)
    made = pd.DataFrame({name: _moved(near[name], frame[name], rng) for name in frame.columns})
    times = max(1, _STAND_INS // 3 // len(frame))
    segments = assign(made)
    known = np.isin(segments, labels)
    together = pd.concat([*[frame] * times, made[known]], ignore_index=True)
    return together, np.concatenate([*[labels] * times, segments[known]])


def _moved(values: pd.Series, everyone: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Numbers a few places up or down among those of everyone; levels now and then somebody else's."""
    if not pd.api.types.is_numeric_dtype(values):
        other = everyone.to_numpy()[rng.integers(0, len(everyone), len(values))]
        return values.where(rng.random(len(values)) >= _APART, other)
    ordered = np.sort(everyone.to_numpy(dtype=float))
    ranks = np.searchsorted(ordered, values.to_numpy(dtype=float)) + rng.normal(0, _APART * len(ordered), len(values))
    found = np.interp(ranks, np.arange(len(ordered)), ordered)
    return pd.Series(np.round(found) if bool((ordered % 1 == 0).all()) else found, index=values.index)
