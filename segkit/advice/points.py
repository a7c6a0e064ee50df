"""The points that may limit what segments are good for; each looks at the evidence and says whether it holds."""

from collections.abc import Callable

from segkit import verdict as verdicts
from segkit.activation.words import listed, out_of_100
from segkit.advice.weighed import Limitation, RunEvidence, not_to_rely_on
from segkit.profiles.figures import tenths
from segkit.segments import FEWEST_ANONYMOUS, SOLID, USABLE

# Where a figure is worth a word, because a customer in ten or twenty is concerned.
_MANY_UNSURE = 0.1
_FEW_MOVE = 0.95
_ALIKE = 0.6
_REPEATS = 0.7
_TINY = 0.02


def _verdict(known: RunEvidence) -> Limitation | None:
    p = known.metrics.get("lookalike_p")
    often = f" ({out_of_100(p)} tables made up without segments look as separate)" if p is not None else ""
    if known.verdict == verdicts.UNTESTED:
        says = "Whether these segments would come out again has not been tested."
        return Limitation("untested", says, "Gather evidence on this run before acting on it.")
    if known.verdict == verdicts.NONE:
        says = f"There are no segments here to rely on{often}."
        return Limitation("no segments", says, "Use simple bands of value or age instead, or other columns.")
    if known.verdict == verdicts.CONTINUUM:
        says = (
            f"The segments are slices of a continuum, not separate tribes{often}: at a border customers differ little."
        )
        return Limitation("continuum", says, "Treat the middle of a segment first, and let borders move.")
    return None


def _altered(known: RunEvidence) -> Limitation | None:
    if not known.altered:
        return None
    named = listed([_name(known, one) for one in known.altered], "and")
    says = f"Whether {named} would come out again has not been tested: changed by hand since the segments were found."
    return Limitation("altered", says, "Judge them by what they separate.", tuple(known.altered))


def _dissolving(known: RunEvidence) -> Limitation | None:
    weak = not_to_rely_on(known)
    if not weak:
        return None
    named = [f"{_name(known, one)} ({out_of_100(known.again[one])} of it)" for one in weak]
    says = f"Do not rely on {listed(named, 'and')}, which other customers would not bring out again."
    return Limitation("dissolves", says, "Fewer segments, or more customers, may make it solid.", tuple(weak))


def _few(known: RunEvidence) -> Limitation | None:
    fewest = known.metrics.get("smallest_customers", FEWEST_ANONYMOUS)
    if not 0 < fewest < FEWEST_ANONYMOUS:
        return None
    says = f"The smallest segment is of {fewest:.0f} customers: what is told of so few is told of people one may know."
    return Limitation("few customers", says, "Merge it with another, or leave it out of what you pass on.")


def _usable(known: RunEvidence) -> Limitation | None:
    part = [segment for segment, overlap in known.again.items() if USABLE <= overlap < SOLID]
    if not part:
        return None
    named = [f"{_name(known, one)} ({out_of_100(known.again[one])} of it)" for one in part]
    says = f"Rely only in part on {listed(named, 'and')}, which on another sample would hold partly other customers."
    return Limitation("re-forms in part", says, "Good enough to choose whom to ask, not for promises.", tuple(part))


def _stability(known: RunEvidence) -> Limitation | None:
    overall = known.metrics.get("stability")
    if overall is None or overall >= SOLID:
        return None
    says = (
        f"Fitted on half of the customers, the segments as a whole come out otherwise (agreement {overall:.2f} of 1)."
    )
    return Limitation("stability", says, "Fewer segments or fewer columns usually steady them.")


def _agreement(known: RunEvidence) -> Limitation | None:
    alike = known.metrics.get("agreement")
    if alike is None or alike >= _ALIKE:
        return None
    says = f"Other good methods draw other borders through the same customers (agreement {alike:.2f} of 1)."
    return Limitation("agreement", says, "Look at what the runner-up says of the same customers before spending much.")


def _unsure(known: RunEvidence) -> Limitation | None:
    unsure = known.metrics.get("unsure_share", 0.0)
    if unsure < _MANY_UNSURE:
        return None
    says = f"{out_of_100(unsure)} customers stand near a border and might as well be in the next segment."
    return Limitation("unsure", says, "Leave them out of a first test: their confidence is below 0.6 in the export.")


def _assigned(known: RunEvidence) -> Limitation | None:
    same = known.metrics.get("assign_agreement", 1.0)
    if same >= _FEW_MOVE:
        return None
    says = f"Scoring gives {out_of_100(same)} customers the segment that the fit gave them; the others move."
    return Limitation("assigning", says, "Count segments by what scoring says, as the tables here do.")


def _noise(known: RunEvidence) -> Limitation | None:
    nobody = known.metrics.get("noise_share", 0.0)
    if not nobody:
        return None
    says = f"{out_of_100(nobody)} customers fit no segment and are left unassigned."
    return Limitation("unassigned", says, "Treat them as before, or choose a method that assigns everybody.")


def _sampled(known: RunEvidence) -> Limitation | None:
    fitted = known.metrics.get("fitted_share", 1.0)
    if fitted >= 1:
        return None
    says = (
        f"Segments were found among {tenths(fitted)} of the customers; the others were given the one that suits best."
    )
    return Limitation("sampled", says, "Fit more of them, if a segment of few customers matters.")


def _repeated(known: RunEvidence) -> Limitation | None:
    far = known.metrics.get("repeats", 0.0)
    if far < _REPEATS:
        return None
    which = known.repeats or "one or two columns"
    says = f"The segments mostly repeat {which} ({far:.2f} of 1): a rule on that would do nearly the same."
    return Limitation("repeats", says, "Leave it out and see whether anything else parts the customers.")


def _small(known: RunEvidence) -> Limitation | None:
    smallest = known.metrics.get("assigned_smallest_share", known.metrics.get("smallest_share", 1.0))
    if smallest >= _TINY:
        return None
    says = f"The smallest segment holds {tenths(smallest)} of the customers: figures about it rest on few people."
    return Limitation("small", says, "Ask for fewer segments, or treat it by hand.")


def _rules(known: RunEvidence) -> Limitation | None:
    fidelity = known.rules_fidelity
    if fidelity is None or fidelity >= _FEW_MOVE:
        return None
    says = f"The short rules give {out_of_100(fidelity)} customers the segment of the model, not all."
    return Limitation("rules", says, "Where a single customer matters, score with the model.")


def _always(known: RunEvidence) -> Limitation:
    since = f" as of {known.as_of}" if known.as_of else ""
    says = f"Segments say who customers are{since}, not what a treatment does to them, and customers change."
    return Limitation("always", says, "Keep a control group in each segment, and refit when the population has moved.")


def _name(known: RunEvidence, segment: int) -> str:
    return known.names.get(segment, f"segment {segment}")


POINTS: tuple[Callable[[RunEvidence], Limitation | None], ...] = (
    *(_verdict, _altered, _dissolving, _usable, _stability, _few, _small, _agreement, _unsure),
    *(_assigned, _noise, _sampled, _repeated, _rules, _always),
)
