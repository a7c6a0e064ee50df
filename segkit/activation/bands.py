"""A column as a question with two to five answers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.conditions import Condition, threshold_near
from segkit.activation.trees import Labels
from segkit.activation.words import column_words, date_of, listed, number, ranked_levels
from segkit.data.columns import Column
from segkit.preprocessing.words import MISSING

MOST_ANSWERS = 5
_SMALLEST_BAND = 0.03
_LEEWAY = 0.02
OTHER = "another"


@dataclass(frozen=True)
class Answer:
    """What may be answered, and which values of the column that is."""

    words: str
    condition: Condition


@dataclass(frozen=True)
class Question:
    """What is asked of one column; every customer gives exactly one of the answers."""

    column: str
    words: str
    answers: tuple[Answer, ...]

    def answered(self, filled: pd.DataFrame) -> npt.NDArray[np.int64]:
        """The number of each row's answer."""
        return np.column_stack([one.condition.holds(filled) for one in self.answers]).argmax(axis=1)


def question_of(values: pd.Series, labels: Labels, column: Column | None = None, as_of: str = "") -> Question | None:
    """The question whose answers tell most about the segment; None where the column has one answer only.

    `values` are typed and without gaps. `column` says whether they are ranks, dates, or a yes and no.
    """
    name = str(values.name)
    if not pd.api.types.is_numeric_dtype(values):
        answers = _level_answers(values)
    else:
        answers = _band_answers(name, _borders(values, labels), _is_whole(values), column, as_of)
    return Question(name, _asked(name, values, column), answers) if len(answers) > 1 else None


def _borders(values: pd.Series, labels: Labels) -> list[float]:
    from sklearn.tree import DecisionTreeClassifier

    smallest = max(2, int(_SMALLEST_BAND * len(values)))
    tree = DecisionTreeClassifier(max_leaf_nodes=MOST_ANSWERS, min_samples_leaf=smallest, random_state=0)
    nodes = tree.fit(values.to_numpy(dtype=float).reshape(-1, 1), labels).tree_
    ordered = np.sort(values.to_numpy(dtype=float))
    found = nodes.threshold[nodes.feature >= 0]
    return sorted({threshold_near(ordered, float(border), int(_LEEWAY * len(ordered))) for border in found})


def _band_answers(
    name: str, borders: Sequence[float], whole: bool, column: Column | None, as_of: str
) -> tuple[Answer, ...]:
    bands = [Condition(name, low=low, high=high) for low, high in pairwise([None, *borders, None])]
    if column is not None and column.levels:
        shown = [
            (listed(ranked_levels(band, column.levels)), band) for band in bands if ranked_levels(band, column.levels)
        ]
    elif column is not None and column.kind == "date" and as_of:
        shown = [(_dates(band, as_of), band) for band in reversed(bands)]
    elif column is not None and column.kind == "binary" and list(borders) == [1.0]:
        shown = [(word, band) for word, band in zip(("no", "yes"), bands, strict=True)]
    else:
        shown = [(_whole_numbers(band) if whole else _numbers(band), band) for band in bands]
    return tuple(Answer(words, band) for words, band in shown)


def _level_answers(values: pd.Series) -> tuple[Answer, ...]:
    """The most common levels, and what is none of them."""
    name, counts = str(values.name), values.value_counts(normalize=True)
    common = counts[counts >= max(_SMALLEST_BAND, 2 / len(values))].index.astype(str).tolist()
    kept = common if len(common) == len(counts) <= MOST_ANSWERS else common[: MOST_ANSWERS - 1]
    named = tuple(Answer("unknown" if level == MISSING else level, Condition(name, levels=(level,))) for level in kept)
    if len(kept) == len(counts) or not kept:
        return named
    return (*named, Answer(OTHER, Condition(name, levels=tuple(kept), excluded=True)))


def _asked(name: str, values: pd.Series, column: Column | None) -> str:
    words = column_words(name)
    ending = "which of these?"
    if column is not None and column.kind == "date":
        ending = "when?"
    elif column is not None and column.kind == "binary":
        ending = "yes or no?" if pd.api.types.is_numeric_dtype(values) else ending
    elif pd.api.types.is_numeric_dtype(values) and not (column is not None and column.levels):
        ending = "how many?" if _is_whole(values) and values.max() < _COUNTED else "how much?"
    return f"{words[:1].upper()}{words[1:]}: {ending}"


_COUNTED = 100


def _is_whole(values: pd.Series) -> bool:
    return bool((values.dropna() % 1 == 0).all())


def _numbers(band: Condition) -> str:
    if band.low is None:
        return f"below {number(band.high or 0.0)}"
    return f"{number(band.low)} or more" if band.high is None else f"{number(band.low)} to below {number(band.high)}"


def _whole_numbers(band: Condition) -> str:
    """A band of counts: 0, 1 to 4, 5 or more."""
    if band.low is None and band.high is not None:
        return "0" if band.high == 1 else f"below {number(band.high)}"
    if band.high is None or band.low is None:
        return f"{number(band.low or 0.0)} or more"
    return number(band.low) if band.high == band.low + 1 else f"{number(band.low)} to {number(band.high - 1)}"


def _dates(band: Condition, as_of: str) -> str:
    """Fewer days before the data's day are a later date."""
    if band.low is None:
        return f"after {date_of(band.high or 0.0, as_of)}"
    until = f"until {date_of(band.low, as_of)}"
    return until if band.high is None else f"after {date_of(band.high, as_of)}, {until}"
