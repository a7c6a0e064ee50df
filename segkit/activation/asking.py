"""Choosing the questions of a typing tool, and measuring on withheld customers how often it places right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.bands import Question, question_of
from segkit.activation.columns import by_name
from segkit.activation.conditions import filled, usual_values
from segkit.activation.learning import withheld_parts
from segkit.activation.scoring_table import best_questions, points_of
from segkit.activation.trees import Labels
from segkit.activation.typing_tool import TypingTool
from segkit.data.columns import Column
from segkit.errors import UserError
from segkit.segments import NOISE

FEWEST, MOST = 3, 8
# One more question has to place a customer in a hundred more.
_WORTH_IT = 0.01
_LEARNT_FROM = 5000
Sample = tuple[pd.DataFrame, Labels]


def make_typing_tool(
    typed: pd.DataFrame,
    labels: np.ndarray,
    columns: Sequence[Column] = (),
    as_of: str = "",
    asked: Mapping[str, str] | None = None,
) -> TypingTool:
    """Three to eight questions, each the one that places most customers right together with those before.

    `typed` holds the columns that may be asked (see `columns.question_columns`), `labels` the assigned segments,
    `columns` are those of the data set. `asked` words the questions of columns otherwise.
    """
    known = labels != NOISE
    if typed.empty or not known.any():
        raise UserError("there is nothing to ask", "segment on columns that a customer can know")
    usual, wording = usual_values(typed), _Wording(by_name(columns), as_of, asked or {})
    frame, segments = filled(typed, usual)[known], labels[known].astype(np.int64)
    if len(segments) > _LEARNT_FROM:
        rows = np.sort(np.random.default_rng(0).permutation(len(segments))[:_LEARNT_FROM])
        frame, segments = frame.iloc[rows], segments[rows]
    count, share = _enough(frame, segments, wording)
    questions = best_questions(wording.questions(frame, segments), frame, segments, MOST)[:count]
    return replace(_tool(questions, frame, segments), usual=usual, placed_right=share)


@dataclass(frozen=True)
class _Wording:
    """What is known of the columns that questions are made of."""

    columns: Mapping[str, Column]
    as_of: str
    asked: Mapping[str, str]

    def questions(self, frame: pd.DataFrame, labels: Labels) -> list[Question]:
        """A question for each column that has more than one answer."""
        names = [str(name) for name in frame.columns]
        made = [question_of(frame[name], labels, self.columns.get(name), self.as_of) for name in names]
        found = [one for one in made if one is not None]
        if not found:
            raise UserError("there is nothing to ask: no column has two answers", "segment on columns that differ")
        return [replace(one, words=self.asked.get(one.column, one.words)) for one in found]


def _enough(frame: pd.DataFrame, labels: Labels, wording: _Wording) -> tuple[int, float]:
    """How many questions are enough, and the share of withheld customers whom they place right."""
    parts = withheld_parts(labels)
    right = np.zeros(MOST)
    for part in np.unique(parts):
        learn, test = (frame[parts != part], labels[parts != part]), (frame[parts == part], labels[parts == part])
        if len(learn[0]):
            right += _right_with(best_questions(wording.questions(*learn), *learn, MOST), learn, test)
    shares = right / len(labels)
    fewest = min(FEWEST, len(frame.columns)) - 1
    count = next(n for n in range(fewest, MOST) if shares[n] >= shares[fewest:].max() - _WORTH_IT)
    return count + 1, float(shares[count])


def _right_with(questions: list[Question], learn: Sample, test: Sample) -> npt.NDArray[np.int64]:
    """How many of the tested are placed right with the first question, the first two and so on."""
    counts = [min(count, len(questions)) for count in range(1, MOST + 1)]
    tools = {count: _tool(questions[:count], *learn) for count in sorted({max(FEWEST, count) for count in counts})}
    return np.array([int((tools[max(FEWEST, c)].place_all(test[0]) == test[1]).sum()) for c in counts])


def _tool(questions: Sequence[Question], frame: pd.DataFrame, labels: Labels) -> TypingTool:
    """The tool with these questions, whose share is not known yet."""
    start, *points = points_of(questions, frame, labels).tolist()
    segments = tuple(int(one) for one in np.unique(labels))
    rows = tuple(tuple(row) for row in points)
    return TypingTool(tuple(questions), segments, tuple(start), rows, usual_values(frame), float("nan"))
