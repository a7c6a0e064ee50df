"""What a sweep says, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill

from segkit.selection import Ranked, Ranking
from segkit.tables import ranking_markdown, ranking_text

# Whether segments are natural or slices of a continuum takes evidence that a sweep does not gather yet.
UNTESTED = "untested"
NONE = "none"

GUARDS = {
    "too_few_segments": "fewer segments than the brief asks for",
    "too_many_segments": "more segments than the brief allows",
    "tiny_segment": "a segment smaller than the brief allows",
    "poor_segment": "a segment worth less than the brief allows",
    "beyond_capacity": "no segment is small enough to be contacted whole",
    "lone_customer": "a segment of one customer, whose row the model would hold",
    "ignores_weights": "the algorithm knows no customer weights",
    "no_score": "nothing to rank it by (one segment, or only noise)",
    "too_noisy": "too many customers left unassigned",
    "one_eats_all": "one segment holds nearly everyone",
    "cannot_assign": "new customers would often get another segment than the fit gave",
}
# What runs are measured in, beside their pipeline, and the parameter that says it.
_SPACES = {"features": "features", "weights": "preprocessing.weights"}


@dataclass(frozen=True)
class Report:
    """A sweep's outcome, for a terminal and for a page."""

    text: str
    markdown: str


def verdict(ranking: Ranking) -> str:
    """One word for machines."""
    return UNTESTED if ranking.champion else NONE


def answer(ranking: Ranking) -> str:
    """Two or three sentences: what is best, and how far that can be trusted."""
    best = ranking.champion
    if best is None:
        return _nothing(ranking)
    return (
        f"Best by {ranking.rule}: {best.run.name}, {best.run.metrics['segments']:.0f} segments, "
        f"{metric_words(ranking.metric)} {best.run.metrics[ranking.metric]:.3f}. {_runner_up(ranking, best)}"
        f"{_passed_over(ranking, best)}{_apart(ranking)}{fitted_words(best.run.metrics)}"
        "No guard speaks against it; whether these are natural segments has not been tested."
    )


def sweep_report(ranking: Ranking, data: str) -> Report:
    """The ranked table, what failed, and the answer."""
    failed = [f"{run.name}: {run.reason or run.status.lower()}" for run in ranking.failed]
    failures = [f"\n{counted(len(failed), 'run')} failed:", *(f"  {line}" for line in failed[:10])] if failed else []
    said = fill(f"Brief: {ranking.brief}. {answer(ranking)}", 110, break_on_hyphens=False)
    text = "\n".join([ranking_text(ranking), *failures, "", said, ""])
    parts = [
        f"**{answer(ranking)}**",
        f"Brief: {ranking.brief}.",
        f"Best runs of {data} (rule `{ranking.rule}`):",
        ranking_markdown(ranking),
    ]
    parts += [f"- {line}" for line in failed[:10]] + ["Pictures and the whole table: Artifacts."]
    return Report(text, "\n\n".join(parts))


def best_so_far(ranking: Ranking) -> str:
    """The run that leads, and its score; "" while none may be promoted."""
    best = ranking.champion
    return f"{best.run.name} {best.run.metrics[ranking.metric]:.3f}" if best else ""


def _nothing(ranking: Ranking) -> str:
    if not ranking.runs:
        return "No run finished, so there is nothing to choose."
    reasons = sorted({guard for ranked in ranking.runs for guard in ranked.guards})
    listed = "; ".join(GUARDS.get(reason, reason) for reason in reasons)
    return f"No run can be recommended: each of {len(ranking.runs)} trips a guard ({listed})."


def _runner_up(ranking: Ranking, best: Ranked) -> str:
    second = next((ranked for ranked in ranking.runs if ranked is not best and not ranked.guards), None)
    return f"Runner-up: {second.run.name} ({second.run.metrics[ranking.metric]:.3f}). " if second else ""


def _passed_over(ranking: Ranking, best: Ranked) -> str:
    """The runs that score higher and were not chosen, and why."""
    score = best.run.metrics[ranking.metric]
    higher = [r for r in ranking.runs if r.guards and r.run.metrics.get(ranking.metric, score) > score]
    if not higher:
        return ""
    reasons = sorted({GUARDS.get(guard, guard) for ranked in higher for guard in ranked.guards})
    return f"{counted(len(higher), 'run')} scored higher but trip a guard ({'; '.join(reasons)}). "


def _apart(ranking: Ranking) -> str:
    """That scores measured in different columns, or with different weights, do not compare, where there are such."""
    what = [word for word, key in _SPACES.items() if len({ranked.run.params.get(key) for ranked in ranking.runs}) > 1]
    if not what:
        return ""
    return f"Runs differ in {' and '.join(what)}: between those a higher score does not say better segments. "


def fitted_words(metrics: Mapping[str, float]) -> str:
    """That not all customers were fitted, if so."""
    share = metrics.get("fitted_share", 1.0)
    others = "the others were given the segment that suits them best. "
    return f"Fitted on {share:.1%} of the customers; {others}" if share < 1 else ""


def counted(number: int, noun: str) -> str:
    """`1 run`, `2 runs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def metric_words(metric: str) -> str:
    """A metric's name for people."""
    return metric.replace("silhouette_macro", "macro silhouette").replace("_", " ")
