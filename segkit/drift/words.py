"""What a monitoring says, for people."""

from segkit.drift.moved import Moved, ways
from segkit.drift.outcomes import OutcomeNow
from segkit.drift.shares import Share
from segkit.drift.told import Told
from segkit.profiles.figures import figure, percent, tenths

_MOST_COLUMNS = 5
_MOST_WAYS = 3
_UNCHANGED = "nothing has changed beyond what chance does"


def as_text(told: Told) -> str:
    """For people."""
    found = told.found
    ages = f", dates counted to {found.as_of}" if found.as_of else ""
    head = f"{told.model} on {told.date}: {told.decision.decision}   ({found.customers:,} customers{ages})"
    parts = [[head, *reason_lines(told)], _segment_lines(told), _other_lines(told), _column_lines(told)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def why(told: Told) -> str:
    """The weightiest reason."""
    return next((reason.says for reason in told.decision.reasons), _UNCHANGED)


def reason_lines(told: Told) -> list[str]:
    """The reasons, one a line."""
    said = [f"  {reason.level:<6} {reason.says}" for reason in told.decision.reasons]
    return (said or [f"  {_UNCHANGED}"]) + [f"  note   {note}" for note in told.notes]


def _segment_lines(told: Told) -> list[str]:
    head = f"  {'segment':>7}  {'share':>10}  {'interval':>12}  {'at fitting':>10}"
    return [head, *(_segment_line(number, share, told) for number, share in told.found.segments.items())]


def _segment_line(number: int, share: Share, told: Told) -> str:
    shares = f"{percent(share.share):>10}  {_interval(share):>12}  {percent(share.before):>10}"
    return f"  {number:>7}  {shares}  {told.name_of(number)}"


def _interval(share: Share) -> str:
    return f"{tenths(share.low).removesuffix(' %')} to {tenths(share.high)}"


def _other_lines(told: Told) -> list[str]:
    found = told.found
    lines = [
        f"  unsure    {percent(found.unsure.share)} ({percent(found.unsure.before)} at fitting)",
        f"  outliers  {percent(found.outliers.share)} ({percent(found.outliers.before)} at fitting)",
    ]
    if found.moved is not None:
        lines.append(f"  moved     {_moved_words(found.moved)}")
    if found.reform is not None:
        again = f"{found.reform.agreement:.2f} with a fit on these customers ({found.reform.usual:.2f} is usual)"
        lines.append(f"  re-form   {again}")
    return [*lines, *map(_outcome_line, found.outcomes)]


def _outcome_line(one: OutcomeNow) -> str:
    words = percent if one.is_rate else figure
    what = f"{one.outcome}{f' = {one.level}' if one.level else ''}, segment {one.segment}"
    ends = f"{words(one.low)} to {words(one.high)}"
    return f"  outcome   {what}: {words(one.value)} ({ends}), was {words(one.before)}"


def _moved_words(moved: Moved) -> str:
    if not moved.customers:
        return f"nobody is known from {moved.since}"
    share = f"{percent(moved.share)} of {moved.customers:,} customers known from {moved.since}"
    return ": ".join([share, *filter(None, ["; ".join(ways(moved, _MOST_WAYS))])])


def _column_lines(told: Told) -> list[str]:
    shown = told.found.columns[:_MOST_COLUMNS]
    rows = [
        f"  {one.psi:>5.2f}  {one.noise:>6.2f}  {one.ks:>5.2f}  {one.name}".replace("  nan", "    -") for one in shown
    ]
    return [f"  {'PSI':>5}  {'chance':>6}  {'KS':>5}  column", *rows] if rows else []
