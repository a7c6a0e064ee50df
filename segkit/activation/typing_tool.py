"""A few questions that place somebody who answers them in a segment, and how often they place right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.bands import Question, question_of
from segkit.activation.columns import by_name
from segkit.activation.conditions import Value, filled, usual_values
from segkit.activation.rules import withheld_parts
from segkit.activation.scoring_table import best_questions, points_of
from segkit.activation.trees import Labels
from segkit.activation.words import out_of_100
from segkit.data.columns import Column
from segkit.errors import UserError, did_you_mean
from segkit.segments import NOISE

FEWEST, MOST = 3, 8
# One more question has to place a customer in a hundred more.
_WORTH_IT = 0.01
_LEARNT_FROM = 5000
Points = npt.NDArray[np.int64]
Sample = tuple[pd.DataFrame, Labels]


@dataclass(frozen=True)
class TypingTool:
    """Questions, and the points that each answer gives each segment: the most points place.

    `points` has a row for each answer, in the order of the questions, and a column for each of `segments`, which begin
    with the points of `start`. `placed_right` is the share of withheld customers (five fifths, each withheld once while
    questions, answers and points were found) whom it places in the segment that the model gives them.
    """

    questions: tuple[Question, ...]
    segments: tuple[int, ...]
    start: tuple[int, ...]
    points: tuple[tuple[int, ...], ...]
    usual: Mapping[str, Value]
    placed_right: float

    def place(self, answers: Mapping[str, Any]) -> int:
        """The segment of somebody: column -> an answer in its words, or the value itself.

        A question left out counts as answered by the usual value.
        """
        known = {question.column for question in self.questions}
        for name in answers:
            if name not in known:
                raise UserError(f"no question asks for {name}", did_you_mean(name, known))
        numbers = [self._answer(question, answers.get(question.column)) for question in self.questions]
        return int(self._placed(np.array([numbers]))[0])

    def place_all(self, typed: pd.DataFrame) -> np.ndarray:
        """The segment of each row of typed columns, answered by their values."""
        frame = filled(typed, {question.column: self.usual[question.column] for question in self.questions})
        return self._placed(np.column_stack([question.answered(frame) for question in self.questions]))

    def as_dict(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        rows = iter(self.points)
        questions = [
            {
                "column": question.column,
                "question": question.words,
                "answers": [{"answer": one.words, "points": self._by_segment(next(rows))} for one in question.answers],
            }
            for question in self.questions
        ]
        return {"start": self._by_segment(self.start), "questions": questions, "placed_right": self.placed_right}

    def markdown(self, names: Mapping[int, str]) -> str:
        """The questionnaire for people, with the points that its answers give."""
        shown = [names.get(segment, f"segment {segment}") for segment in self.segments]
        rows, parts = iter(self.points), [self.says(), _table(("", *shown), [("to begin with", *self.start)])]
        for place, question in enumerate(self.questions, start=1):
            answers = [(one.words, *next(rows)) for one in question.answers]
            parts.append(f"**{place}. {question.words}**\n\n{_table(('answer', *shown), answers)}")
        return "\n\n".join(parts) + "\n"

    def says(self) -> str:
        """How it works and how well, in two sentences."""
        return (
            "Add up the points of the answers for each segment; the most points place. "
            f"It places {out_of_100(self.placed_right)} withheld customers right."
        )

    def _by_segment(self, points: Sequence[int]) -> dict[str, int]:
        return {str(segment): given for segment, given in zip(self.segments, points, strict=True)}

    def _answer(self, question: Question, given: Any) -> int:
        value: Any = self.usual[question.column] if given is None or pd.isna(given) else given
        words = [one.words for one in question.answers]
        if value in words:
            return words.index(value)
        is_text = isinstance(self.usual[question.column], str)
        one = pd.DataFrame({question.column: [value]})
        if is_text != isinstance(value, str) or not any(answer.condition.holds(one)[0] for answer in question.answers):
            mend = did_you_mean(str(value), words, "answer {known}")
            raise UserError(f"{question.column}={value} is none of the answers", mend)
        return int(question.answered(one)[0])

    def _placed(self, answers: npt.NDArray[np.int64]) -> np.ndarray:
        firsts = np.cumsum([0, *(len(question.answers) for question in self.questions)])[:-1]
        totals = np.array(self.start) + np.array(self.points)[answers + firsts].sum(axis=1)
        return np.array(self.segments)[totals.argmax(axis=1)]


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


def _right_with(questions: list[Question], learn: Sample, test: Sample) -> Points:
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


def _table(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in lines)
