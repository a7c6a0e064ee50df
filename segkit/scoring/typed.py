"""Scoring of customers whose columns are typed already, so that one column can be changed and the others left."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segkit.scoring.edits import Assigned, Renumbered
from segkit.scoring.scorer import Scorer


def typed_customers(scorer: Scorer, table: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
    """The columns by which segments are told, as the first step of the model reads them, those of its edits too."""
    frames = [_typed(one, table, as_of) for one in _all_of(scorer)]
    joined = pd.concat(frames, axis=1)
    return joined.loc[:, ~joined.columns.duplicated()]


def typed_names(scorer: Scorer) -> set[str]:
    """The names of those columns."""
    return {name for one in _all_of(scorer) for name in one.columns}


def reads_alike(scorer: Scorer, as_of: str = "") -> bool:
    """Whether the scorers that its edits hold read the columns that they share as it does itself.

    Only then does a typed column mean the same to all of them. `as_of` is what dates are counted to; "" is what each
    counts them to by itself.
    """
    known: dict[str, object] = {}
    readings = [reading for one in _all_of(scorer) for reading in _readings(one, as_of).items()]
    return all(known.setdefault(name, reading) == reading for name, reading in readings)


def assigned_typed(scorer: Scorer, typed: pd.DataFrame) -> Assigned:
    """Segments and probabilities of typed rows, as `Scorer.assigned` gives them of raw ones."""
    matrix = np.asarray(scorer.preprocessing[1:].transform(typed[scorer.columns]), dtype=float)
    chances, numbers = scorer.assigner.predict_proba(matrix), np.asarray(scorer.assigner.segments_)
    found = Assigned(numbers, numbers[chances.argmax(axis=1)], chances)
    for edit in scorer.edits:
        found = edit.after(found, lambda other: assigned_typed(other, typed))
    return found


def _all_of(scorer: Scorer) -> Iterator[Scorer]:
    """The scorer, and those that its edits hold, and theirs."""
    yield scorer
    for edit in scorer.edits:
        if not isinstance(edit, Renumbered):
            yield from _all_of(edit.scorer)


def _typed(scorer: Scorer, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
    columns, given = scorer.preprocessing["columns"], table[scorer.columns]
    return columns.transform_as_of(given, as_of) if as_of else columns.transform(given)


def _readings(scorer: Scorer, as_of: str) -> dict[str, object]:
    """What of each column's reading makes its typed values what they are."""
    step = scorer.preprocessing["columns"]
    stated = [given or {} for given in (step.levels, step.missing, step.fill)]
    return {
        name: (
            name in step.numbers_,
            step.styles_.get(name),
            *(str(given.get(name)) for given in stated),
            (step.formats_[name], as_of or step.as_of_) if name in step.formats_ else None,
        )
        for name in scorer.columns
    }
