"""The first sentences of a report: whether these segments are recommended, and what they are."""

from collections.abc import Sequence

from segkit.activation.words import listed
from segkit.answer import GUARDS
from segkit.records import RunRecord
from segkit.selection import Ranking
from segkit.verdict import CONTINUUM, NATURAL, verdict_of

_ARE = {
    NATURAL: "They are natural segments: they come out again among other customers, and stand further apart than "
    "chance would have it.",
    CONTINUUM: "They are stable, but a continuum: useful slices, not separate tribes. Customers near a border differ "
    "little.",
}
_WERE = {
    NATURAL: "natural segments",
    CONTINUUM: "stable, but a continuum: useful slices, not separate tribes",
}
_UNTESTED = "Whether they would come out again has not been tested."


def recommendation(run: RunRecord, ranking: Ranking | None, guards: Sequence[str]) -> str:
    """What is recommended, first of all.

    `ranking` is that of the run's sweep, None for a run on its own; `guards` are what speaks against it there.
    """
    count = f"{run.metrics.get('segments', 0):.0f} segments"
    what = _ARE.get(verdict_of(run), _UNTESTED)
    champion = ranking.champion.run if ranking and ranking.champion else None
    if guards:
        reasons = "; ".join(GUARDS.get(guard, guard) for guard in guards)
        instead = f" Of the sweep's runs {champion.name} is recommended." if champion else ""
        return f"We do not recommend these {count}: {reasons}.{instead}"
    if champion is None:
        alone = "nothing to compare them with" if ranking is None else "no run of the sweep to recommend"
        return f"These are {count}; there is {alone}. {what}"
    if champion.fingerprint == run.fingerprint:
        return f"We recommend {count}. {what}"
    return f"These are {count}; the sweep recommends {champion.name} instead. {what}"


def recommendation_of_altered(kept: Sequence[str], altered: int, run: str, verdict: str, guards: Sequence[str]) -> str:
    """The same of a version in which so many segments are none of the run's, but merged, split or locked.

    `kept` are the names of those that are.
    """
    which = f"Only {_quoted(kept)} {'is' if len(kept) == 1 else 'are'} as {run} found them" if kept else ""
    whole = f"These are {len(kept) + altered} segments. {which or f'None of them is as {run} found it'}: "
    said = f"{whole}{'the others' if kept else 'they'} were merged, split or locked by hand, and whether they would "
    said += "come out again has not been tested."
    if guards:
        return f"{said} {run} itself is not recommended: {'; '.join(GUARDS.get(guard, guard) for guard in guards)}."
    return f"{said} The segments of {run} are {_WERE[verdict]}." if verdict in _WERE else said


def _quoted(names: Sequence[str]) -> str:
    """Names have commas in them."""
    return listed([f'"{name}"' for name in names], "and")
