"""The first sentences of a report: whether these segments are recommended, and what they are."""

from collections.abc import Sequence

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
