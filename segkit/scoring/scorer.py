"""The part of a segmentation that outlives its customers: it scores new ones and holds no row of the old."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.dates import check_date
from segkit.data.transactions import LogColumns, customers_of, is_log, unread_in
from segkit.errors import UserError
from segkit.profiles import UNASSIGNED
from segkit.scoring.baseline import Baseline
from segkit.scoring.edits import Assigned, Edit, Renumbered
from segkit.scoring.outliers import UsualRange
from segkit.segments import NOISE

if TYPE_CHECKING:  # what only fits does not travel with what scores
    from segkit.model import SegmentationModel


@dataclass(frozen=True)
class Scorer:
    """Gives raw customers their segment, its name and a confidence; `id_column` is "" where the data had none.

    With `log`, a transaction log may be given in the customers' place: they are made of it as they were at fitting.
    With `outer` its segments lie within `segment` of that one's: who belongs to another is in none of them. `edits` are
    what was changed about its segments since it was fitted, in their order; `names` are those that this comes to.
    `usual_range` is where its customers were at fitting, `usual` what most of them had in each column, which `why`
    compares with, and `baseline` how they were spread, in the segments' fitted numbers; None and empty in a model that
    was stored without.
    """

    preprocessing: Any
    assigner: Any
    names: Mapping[int, str]
    id_column: str = ""
    log: LogColumns | None = None
    outer: "Scorer | None" = None
    segment: int = NOISE
    edits: tuple[Edit, ...] = ()
    usual_range: UsualRange | None = None
    usual: Mapping[str, float | str] = field(default_factory=dict)
    baseline: Baseline | None = None

    @property
    def columns(self) -> list[str]:
        """The customers' columns that its own segments are told by."""
        return [str(name) for name in self.preprocessing["columns"].feature_names_in_]

    @property
    def needed(self) -> list[str]:
        """The customers' columns that scoring needs."""
        return list(dict.fromkeys([*self.columns, *(name for other in self._others for name in other.needed)]))

    @property
    def _others(self) -> "list[Scorer]":
        """What else has to be asked of a customer: the scorer around this one, and those that its edits hold."""
        return [*([self.outer] if self.outer else []), *(e.scorer for e in self.edits if not isinstance(e, Renumbered))]

    def customers_in(self, table: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
        """The customers of a table: its rows, or those whose transactions it lists, empty for who bought nothing.

        What a log lists after `as_of` has not happened yet.
        """
        if self.log is None or not is_log(table, self.log):
            return table
        found = customers_of(table, self.log.through(check_date(as_of, "as_of")))
        nothing = pd.DataFrame({self.log.customer: list(found.without_purchase)})
        return pd.concat([found.table, nothing], ignore_index=True) if len(nothing) else found.table

    def unread(self, table: pd.DataFrame) -> dict[str, int]:
        """How many cells of a table or log hold something that cannot be read as what the column is."""
        if self.log is not None and is_log(table, self.log):
            return unread_in(table, self.log)
        others = {name: count for other in self._others for name, count in other.unread(table).items()}
        return {**others, **self.preprocessing["columns"].unread(table[self.columns])}

    def unseen(self, table: pd.DataFrame) -> dict[str, pd.Series]:
        """Of each column of categories the levels that nobody had at fitting, and how often they stand in the table."""
        others = {name: found for other in self._others for name, found in other.unseen(table).items()}
        return {**others, **self.preprocessing["columns"].unseen(table[self.columns])}

    @property
    def categories(self) -> list[str]:
        """The columns that are read as text."""
        others = [name for other in self._others for name in other.categories]
        return list(dict.fromkeys([*self.preprocessing["columns"].known_, *others]))

    @property
    def clocks(self) -> list[str]:
        """The columns whose newest date is the day that ages are counted to, unless the model's own is as late."""
        others = [name for other in self._others for name in other.clocks]
        return list(dict.fromkeys([*self.preprocessing["columns"].clocks_, *others]))

    def as_of_for(self, parts: Iterable[pd.DataFrame]) -> str:
        """The day that ages are to be counted to, so that parts of a table are scored as all of it at once would be.

        "" where the whole table holds no later date than the model: then each part by itself leads to the same day.
        Else one day for it and all that it asks, the latest of theirs. `parts` have the columns `clocks`.
        """
        models = [self, *self._all_others]
        newest = [""] * len(models)
        for part in parts:
            steps = [model.preprocessing["columns"] for model in models]
            newest = [max(day, step.newest_in(part)) for day, step in zip(newest, steps, strict=True)]
        days = [one.preprocessing["columns"].as_of_after(day) for one, day in zip(models, newest, strict=True)]
        moved = any(day != model.as_of for day, model in zip(days, models, strict=True))
        return max(days) if moved else ""

    def _day(self, table: pd.DataFrame, as_of: str) -> str:
        """The same of a whole table, unless the day is given; what asks nothing else finds it as it reads the table."""
        return as_of or (self.as_of_for([table]) if self._others else "")

    @property
    def _all_others(self) -> "list[Scorer]":
        return [one for other in self._others for one in (other, *other._all_others)]

    @property
    def text_columns(self) -> list[str]:
        """Columns that a file must be read with as they stand there: this knows how their numbers are written."""
        own = [*self.preprocessing["columns"].styles_, *(self.log.styles if self.log else ())]
        return list(dict.fromkeys([*own, *(name for other in self._others for name in other.text_columns)]))

    @property
    def as_of(self) -> str:
        """The date that dates were read against at fitting; "" without date columns."""
        return str(self.preprocessing["columns"].as_of_)

    def score(self, table: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
        """One row per customer, in order: segment, segment_name, confidence, second_segment.

        A customer's row does not depend on who else is in the table, given the date that ages are counted to. That is
        `as_of` (ISO date); without it the model's own, or the newest date in `table` if none as late was fitted.
        """
        self._check(table)
        as_of = self._day(table, as_of)
        scores = self._own(table, as_of)
        return scores if self.outer is None else self._inside_only(scores, self.outer.score(table, as_of))

    def _inside_only(self, own: pd.DataFrame, outer: pd.DataFrame) -> pd.DataFrame:
        """The scores of who is in the outer segment, as sure as both; the others are, so surely, in another one."""
        inside, sure = outer["segment"] == self.segment, outer["confidence"]
        return pd.DataFrame(
            {
                "segment": own["segment"].where(inside, NOISE),
                "segment_name": own["segment_name"].where(inside, f"not in {self.outside_of}"),
                "confidence": (own["confidence"] * sure).where(inside, sure),
                "second_segment": own["second_segment"].where(inside, NOISE),
            }
        )

    @property
    def outside_of(self) -> str:
        """What the outer segment is called; "" without one."""
        return self.outer.names.get(self.segment, f"segment {self.segment}") if self.outer else ""

    def _own(self, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
        if table.empty:
            return pd.DataFrame(columns=["segment", "segment_name", "confidence", "second_segment"], index=table.index)
        found = self.assigned(table, as_of)
        return pd.DataFrame(
            {
                "segment": found.segments,
                "segment_name": [self.names.get(int(segment), UNASSIGNED) for segment in found.segments],
                "confidence": found.confidence,
                "second_segment": found.second,
            },
            index=table.index,
        )

    def assigned(self, table: pd.DataFrame, as_of: str = "") -> Assigned:
        """Segments and probabilities as the edits leave them, whatever segment of an outer one a customer is in."""
        chances = self.assigner.predict_proba(self.matrix(table, as_of))
        numbers = np.asarray(self.assigner.segments_)
        found = Assigned(numbers, numbers[chances.argmax(axis=1)], chances)
        for edit in self.edits:
            found = edit.after(found, lambda other: other.assigned(table, as_of))
        return found

    def is_outlier(self, table: pd.DataFrame, as_of: str = "") -> npt.NDArray[np.bool_]:
        """Whether each customer is unlike all whom the model was fitted on: far from the usual range of every segment.

        Within an outer segment, who is not in it is judged by the outer model. Raises UserError where the model was
        stored without the range.
        """
        self._check(table)
        if self.usual_range is None:
            raise UserError("the model does not know which customers are unlike its own", "fit it anew: segkit sweep")
        if table.empty:
            return np.zeros(0, dtype=bool)
        as_of = self._day(table, as_of)
        own = self.usual_range.outside(self.matrix(table, as_of))
        if self.outer is None:
            return own
        inside = (self.outer.score(table, as_of)["segment"] == self.segment).to_numpy()
        return np.where(inside, own, self.outer.is_outlier(table, as_of))

    def matrix(self, table: pd.DataFrame, as_of: str = "") -> np.ndarray:
        """The preprocessed customers: the space that they are assigned in."""
        columns, rest, known = self.preprocessing["columns"], self.preprocessing[1:], table[self.columns]
        typed = columns.transform_as_of(known, as_of) if as_of else columns.transform(known)
        return np.asarray(rest.transform(typed), dtype=float)

    def _check(self, table: pd.DataFrame) -> None:
        missing = [name for name in self.needed if name not in table.columns]
        if missing:
            raise UserError(
                f"the table lacks columns that the model needs: {', '.join(missing)}",
                f"it has {', '.join(map(str, table.columns))}",
            )


def make_scorer(
    model: "SegmentationModel",
    names: Mapping[int, str],
    id_column: str = "",
    log: LogColumns | None = None,
    outer: Scorer | None = None,
    segment: int = NOISE,
    usual_range: UsualRange | None = None,
    usual: Mapping[str, float | str] = MappingProxyType({}),
) -> Scorer:
    """The scorer of a fitted model, within a segment of an outer one if so; noise needs no name of its own."""
    named = {int(segment): name for segment, name in names.items() if segment != NOISE}
    fitted = (model.pipeline_["preprocessing"], model.assigner_)
    return Scorer(*fitted, named, id_column, log, outer, segment, usual_range=usual_range, usual=dict(usual))
