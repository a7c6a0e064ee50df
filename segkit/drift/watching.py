"""Everything that is measured of later customers of a model; nothing is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.numbers import as_text
from segkit.drift.columns import Shift, column_shifts
from segkit.drift.edited import after_edits, number_after
from segkit.drift.moved import Moved, moved_between
from segkit.drift.outcomes import OutcomeNow, outcomes_now
from segkit.drift.reforming import Reform, Standing, reform
from segkit.drift.shares import Share, segment_shares, share_of
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.scoring.asked import without_purchase
from segkit.scoring.baseline import Baseline
from segkit.scoring.scorer import Scorer
from segkit.segments import UNSURE


@dataclass(frozen=True)
class Before:
    """The segments that customers (by id) had in an earlier period, and what that was.

    `labels` may be None: then nobody is known from before. `at_fitting` are the labels of the fit, where they are
    known: shares are held against them where people have divided or locked segments since.
    """

    labels: pd.Series | None = None
    since: str = ""
    at_fitting: pd.Series | None = None


@dataclass(frozen=True)
class Watched:
    """What was measured of the customers on one day.

    `as_of` is the day that ages were counted to, `labels` the segment of each customer (by id, where the table has
    ids). `moved` and `reform` are None where nobody is known from before, or nothing was fitted. `one_more` is about
    the same pipeline with one segment more.
    """

    customers: int
    as_of: str
    columns: Sequence[Shift]
    segments: dict[int, Share]
    unsure: Share
    outliers: Share
    outcomes: Sequence[OutcomeNow]
    moved: Moved | None
    reform: Reform | None
    one_more: Reform | None
    labels: pd.Series


@dataclass(frozen=True)
class Refit:
    """What scores as a pipeline did when it was fitted, and the pipeline, to be fitted anew."""

    scorer: Scorer
    model: SegmentationModel


def watched(
    scorer: Scorer,
    customers: pd.DataFrame,
    as_of: str = "",
    before: Before | None = None,
    model: SegmentationModel | None = None,
    one_more: Refit | None = None,
) -> Watched:
    """Measure the customers of a table against those that the scorer was fitted on.

    Of a transaction log `scorer.customers_in` makes the customers first. With `model`, the pipeline behind the scorer,
    it is fitted on them anew, and so is that of `one_more`, which was fitted to the same customers with one segment
    more: it has room for a segment that is new. Raises UserError where the scorer has no baseline, or none of them is
    of its segments.
    """
    baseline, before = known_baseline(scorer), before or Before()
    scorer.score(customers.head(0), as_of)  # says which columns are lacking, if any are
    day = _day(scorer, customers, as_of)
    customers = _concerned(scorer, customers, day)
    segments, standing = scorer.assigned(customers, day).segments, _standing(scorer, customers, day)
    edited = _with_shares(after_edits(baseline, scorer.edits), before.at_fitting)
    labels = _by_id(scorer, customers, segments)
    return Watched(
        len(customers),
        day,
        column_shifts(baseline, *_typed(scorer, customers, day), _days(scorer.as_of, day)),
        segment_shares(segments, edited.segments, baseline.customers),
        share_of(int(standing.unsure.sum()), len(customers), baseline.unsure, baseline.customers),
        _outliers(scorer, standing, baseline.customers),
        outcomes_now(edited.outcomes, customers, segments),
        moved_between(before.labels, labels, before.since) if before.labels is not None else None,
        _reform(Refit(scorer, model), customers, standing) if model else None,
        _reform(one_more, customers, _standing(one_more.scorer, customers, day)) if one_more else None,
        labels,
    )


def _day(scorer: Scorer, customers: pd.DataFrame, as_of: str) -> str:
    """The date that ages are counted to; "" where the model reads no dates."""
    columns = scorer.preprocessing["columns"]
    return (as_of or str(columns.as_of_for(customers[scorer.columns]))) if columns.formats_ else ""


def _standing(scorer: Scorer, customers: pd.DataFrame, day: str) -> Standing:
    found = replace(scorer, edits=()).assigned(customers, day)
    return Standing(found.segments, found.confidence < UNSURE, scorer.is_outlier(customers, day))


def _outliers(scorer: Scorer, standing: Standing, everyone_before: int) -> Share:
    before = scorer.usual_range.share if scorer.usual_range else nan
    return share_of(int(standing.outliers.sum()), len(standing.outliers), before, everyone_before)


def _reform(refit: Refit, customers: pd.DataFrame, standing: Standing) -> Reform | None:
    """How far the segments re-form, in the numbers that edits have given them."""
    scorer, known = refit.scorer, known_baseline(refit.scorer)
    found = reform(refit.model, customers[scorer.columns], standing, known.customers, known.stability)
    if found is None:
        return None
    numbers = found.segments["segment"].map(lambda segment: number_after(scorer.edits, int(segment)))
    return replace(found, segments=found.segments.assign(segment=numbers))


def known_baseline(scorer: Scorer) -> Baseline:
    """What the scorer remembers of the customers that it was fitted on; raises UserError where it is nothing."""
    if scorer.baseline is None or scorer.usual_range is None:
        mend = "sweep again with rerun=true and promote the result: models know it since `segkit monitor` is there"
        raise UserError("the model does not know how its customers were spread when it was fitted", mend)
    return scorer.baseline


def _concerned(scorer: Scorer, customers: pd.DataFrame, day: str) -> pd.DataFrame:
    """The customers that the model is about: who bought something, and is in the outer segment if there is one."""
    rows = ~without_purchase(scorer, customers).to_numpy()
    if scorer.outer is not None:
        rows &= (scorer.outer.score(customers, day)["segment"] == scorer.segment).to_numpy()
    if not rows.any():
        raise UserError("none of the customers is of those that the model is about", "give the table of all customers")
    return customers[rows].reset_index(drop=True)


def _typed(scorer: Scorer, customers: pd.DataFrame, day: str) -> tuple[pd.DataFrame, list[str]]:
    """The columns that are segmented on, under the baseline's names, and which of them count days before today."""
    columns, features = scorer.preprocessing["columns"], scorer.preprocessing[1:-1]
    known = customers[scorer.columns]
    typed = features.transform(columns.transform_as_of(known, day) if day else columns.transform(known))
    named = {name: f"days_since_{name}" for name, kind in columns.kinds_.items() if kind == "date"}
    return typed.rename(columns=named), list(named.values())


def _days(then: str, now: str) -> int:
    return (pd.Timestamp(now) - pd.Timestamp(then)).days if then and now else 0


def _with_shares(baseline: Baseline, at_fitting: pd.Series | None) -> Baseline:
    if baseline.segments or at_fitting is None:
        return baseline
    numbers, counts = np.unique(at_fitting.to_numpy(dtype=int), return_counts=True)
    shares = counts / len(at_fitting)
    return replace(baseline, segments=dict(zip(numbers.tolist(), shares.tolist(), strict=True)))


def _by_id(scorer: Scorer, customers: pd.DataFrame, segments: npt.NDArray[np.int64]) -> pd.Series:
    has_ids = scorer.id_column in customers
    ids = pd.Index(as_text(customers[scorer.id_column])) if has_ids else pd.RangeIndex(len(customers), name="row")
    return pd.Series(segments, index=ids, name="segment")
