"""A few questions that place somebody who answers them in a segment, and how often they place right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.bands import Question
from segkit.activation.conditions import Value, filled
from segkit.activation.words import out_of_100
from segkit.errors import UserError, did_you_mean


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


def _table(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in lines)
