"""Whether the best of a sweep are segments at all: natural ones, useful slices of a continuum, or none."""

from collections.abc import Mapping

from segkit.records import RunRecord
from segkit.segments import SOLID
from segkit.selection import Ranking, is_weighed

NATURAL = "natural"
CONTINUUM = "continuum"
NONE = "none"
UNTESTED = "untested"

# At .05 one of 49 lookalikes might do as well as the customers: nearly as many tables without segments would then be
# called natural as may be, while those with segments far apart need no such leave (benchmarks/verdicts.py).
CHANCE = 0.025


WORDS = {
    NATURAL: "natural segments",
    CONTINUUM: "stable but a continuum",
    NONE: "no segments to rely on",
    UNTESTED: "not tested",
}


def verdict(ranking: Ranking) -> str:
    """What the champion of a sweep is; NONE without one."""
    return verdict_of(ranking.champion.run) if ranking.champion else NONE


def verdict_of(run: RunRecord) -> str:
    """Natural segments are solid, each of them, and lookalikes of the table hold none so distinct."""
    if not is_weighed(run):
        return UNTESTED
    return NATURAL if is_solid(run.metrics) and beats_lookalikes(run.metrics) else CONTINUUM


def is_solid(metrics: Mapping[str, float]) -> bool:
    """Whether every segment comes out again when half of the customers are fitted."""
    return min(metrics.get("stability", 0.0), metrics.get("stability_min", 0.0)) >= SOLID


def beats_lookalikes(metrics: Mapping[str, float]) -> bool:
    """Whether the customers hold segments that tables with the same columns and correlations do not."""
    return metrics.get("lookalike_p", 1.0) <= CHANCE
