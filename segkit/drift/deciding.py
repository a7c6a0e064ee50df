"""Keep, watch or refit: what follows from the measures, with the reasons, each with its figure and its limit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from segkit.drift.columns import Shift
from segkit.drift.limits import Limits
from segkit.drift.outcomes import OutcomeNow
from segkit.drift.reforming import Reform
from segkit.drift.shares import Share
from segkit.drift.watching import Watched
from segkit.profiles.figures import figure, percent
from segkit.scoring.baseline import FEWEST
from segkit.segments import NOISE

KEEP, WATCH, REFIT = "keep", "watch", "refit"
NOTE = "note"
DECISIONS = (KEEP, WATCH, REFIT)
_ORDER = (REFIT, WATCH, NOTE)


@dataclass(frozen=True)
class Reason:
    """What speaks for a decision, in words; `figure` is beyond `limit`. A note speaks for none."""

    says: str
    figure: float
    limit: float
    level: str

    @property
    def _rank(self) -> tuple[int, float]:
        return _ORDER.index(self.level), -self.figure / self.limit if self.limit else 0.0


@dataclass(frozen=True)
class Decision:
    """What to do, and why, the weightiest reason first."""

    decision: str
    reasons: tuple[Reason, ...]


def decided(found: Watched, limits: Limits, names: Mapping[int, str]) -> Decision:
    """What follows from the measures; `names` are those of the segments."""
    if found.customers < limits.fewest_customers:
        says = f"only {found.customers:,} customers: too few to say whether anything has changed"
        return Decision(KEEP, (Reason(says, found.customers, limits.fewest_customers, NOTE),))
    reasons = [*_reasons(found, limits, names)]
    if any(reason.level != NOTE for reason in reasons):  # a new segment leaves other traces; alone it is chance
        reasons += _of_one_more(found, limits)
    reasons.sort(key=lambda reason: reason._rank)
    levels = {reason.level for reason in reasons}
    return Decision(next((word for word in (REFIT, WATCH) if word in levels), KEEP), tuple(reasons))


def _reasons(found: Watched, limits: Limits, names: Mapping[int, str]) -> Iterator[Reason]:
    yield from _of_reform(found.reform, limits)
    yield from _of_outliers(found.outliers, limits)
    yield from _of_columns(found.columns, limits)
    yield from _of_shares(found.segments, limits, names)
    yield from _of_unsure(found.unsure, limits)
    yield from _of_outcomes(found.outcomes, limits, names)
    if found.moved and found.moved.customers >= limits.fewest_customers and found.moved.share >= limits.moved_watch:
        says = (
            f"{percent(found.moved.share)} of {found.moved.customers:,} customers have moved since {found.moved.since}"
        )
        yield Reason(says, found.moved.share, limits.moved_watch, WATCH)


def _of_reform(reform: Reform | None, limits: Limits) -> Iterator[Reason]:
    if reform is None:
        return
    if reform.usual < limits.stable:
        if reform.best >= limits.stable:
            return
        of_them = f"fits on halves of them agree by {reform.halves:.2f}, at fitting by {reform.then:.2f}"
        says = f"whether the segments re-form cannot be told of so few customers, or of so loose segments: {of_them}"
        yield Reason(says, reform.usual, limits.stable, NOTE)
        return
    against = f"a fit on these customers agrees by {reform.best:.2f} at best, where {reform.usual:.2f} is usual"
    if _has_new(reform, limits):
        group = reform.new.iloc[0]
        says = f"a segment has come up that was none: {int(group['customers']):,} customers; {against}"
        yield Reason(says, reform.missing, limits.reform_watch, REFIT)
    elif reform.missing >= limits.reform_refit:
        yield Reason(f"the segments do not re-form: {against}", reform.missing, limits.reform_refit, REFIT)
    elif reform.missing >= limits.reform_watch:
        yield Reason(f"the segments re-form less well: {against}", reform.missing, limits.reform_watch, WATCH)


def _of_one_more(found: Watched, limits: Limits) -> Iterator[Reason]:
    """A segment that has no room among as many as the champion has, and was not there at fitting either."""
    wider, told = found.one_more, found.reform is not None and _has_new(found.reform, limits)
    if wider is not None and not told and _has_new(wider, limits):
        says = (
            f"with one segment more there is one that was not there: {int(wider.new.iloc[0]['customers']):,} customers"
        )
        against = f"fits agree by {wider.best:.2f} with that of then, where {wider.usual:.2f} is usual"
        yield Reason(f"{says}; {against}", wider.missing, limits.reform_watch, REFIT)


def _has_new(reform: Reform, limits: Limits) -> bool:
    return len(reform.new) > 0 and reform.usual >= limits.stable and reform.missing >= limits.reform_watch


def _of_outliers(outliers: Share, limits: Limits) -> Iterator[Reason]:
    if outliers.p >= limits.significance or outliers.customers < FEWEST:
        return
    says = f"{percent(outliers.share)} of the customers are unlike all of the fit ({percent(outliers.before)} then)"
    if outliers.risen >= limits.outliers_refit:
        yield Reason(f"{says}: of a kind that was not there", outliers.risen, limits.outliers_refit, REFIT)
    elif outliers.risen >= limits.outliers_watch:
        yield Reason(says, outliers.risen, limits.outliers_watch, WATCH)


def _of_columns(columns: Sequence[Shift], limits: Limits) -> Iterator[Reason]:
    moved = [one for one in columns if one.psi >= limits.psi_watch and one.p < limits.significance]
    counted = [one for one in moved if not one.aged]
    far = [one for one in counted if one.psi >= limits.psi_refit]
    if columns and len(far) / len(columns) >= limits.columns_refit and len(far) > 1:
        says = f"{len(far)} of {len(columns)} columns have moved far (PSI from {limits.psi_refit:g} on)"
        yield Reason(says, len(far) / len(columns), limits.columns_refit, REFIT)
    for one in counted:
        says = f"{one.name} has moved{' far' if one in far else ''} (PSI {one.psi:.2f}; chance makes {one.noise:.2f})"
        yield Reason(says, one.psi, limits.psi_watch, WATCH)
    for one in moved:
        if one.aged:
            says = f"{one.name} has moved (PSI {one.psi:.2f}) as days go by: the same customers, older"
            yield Reason(says, one.psi, limits.psi_watch, NOTE)


def _of_shares(segments: Mapping[int, Share], limits: Limits, names: Mapping[int, str]) -> Iterator[Reason]:
    for number, share in segments.items():
        if share.p < limits.significance and abs(share.risen) >= limits.share_watch:
            way = "grown" if share.risen > 0 else "shrunk"
            says = f"{called(number, names)} has {way} from {percent(share.before)} to {percent(share.share)}"
            yield Reason(says, abs(share.risen), limits.share_watch, WATCH)


def _of_unsure(unsure: Share, limits: Limits) -> Iterator[Reason]:
    if unsure.p < limits.significance and unsure.risen >= limits.unsure_watch:
        says = f"{percent(unsure.share)} of the customers could as well be in another segment"
        yield Reason(f"{says} ({percent(unsure.before)} at fitting)", unsure.risen, limits.unsure_watch, WATCH)


def _of_outcomes(outcomes: Iterable[OutcomeNow], limits: Limits, names: Mapping[int, str]) -> Iterator[Reason]:
    for one in outcomes:
        # A fifth of a standard deviation in a mean is about what five points are in a rate.
        limit = limits.outcome_watch * (1 if one.is_rate else 4)
        if one.p < limits.significance and abs(one.effect) >= limit:
            words = percent if one.is_rate else figure
            what = f"{one.outcome}{f' = {one.level}' if one.level else ''} of {called(one.segment, names)}"
            yield Reason(f"{what} is {words(one.value)}, was {words(one.before)}", abs(one.effect), limit, WATCH)


def called(number: int, names: Mapping[int, str]) -> str:
    """A segment in a sentence."""
    if number == NOISE:
        return "the share in no segment"
    return f"segment {number}, {names[number]}," if names.get(number) else f"segment {number}"
