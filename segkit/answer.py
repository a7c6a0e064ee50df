"""What a sweep says, in plain words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill

import pandas as pd

from segkit.beside import NOTHING, Beside
from segkit.choosing import on_k
from segkit.profiles.figures import percent, tenths
from segkit.records import RunRecord, one_of_each_setting
from segkit.rivalry import against_rivals, rivals_text
from segkit.seed_tables import seeds_text
from segkit.segments import FEWEST_ANONYMOUS
from segkit.selection import Ranked, Ranking, is_weighed
from segkit.tables import ranking_markdown, ranking_text
from segkit.tree import tree_markdown, tree_text
from segkit.verdict import NATURAL, UNTESTED, beats_lookalikes, verdict_of

GUARDS = {
    "too_few_segments": "fewer segments than the brief asks for",
    "too_many_segments": "more segments than the brief allows",
    "tiny_segment": "a segment smaller than the brief allows",
    "poor_segment": "a segment worth less than the brief allows",
    "beyond_capacity": "no segment is small enough to be contacted whole",
    "lone_customer": "a segment of one customer",
    "ignores_weights": "the algorithm knows no customer weights",
    "no_score": "nothing to rank it by (one segment, or only noise)",
    "too_noisy": "too many customers left unassigned",
    "one_eats_all": "one segment holds nearly everyone",
    "cannot_assign": "new customers would often get another segment than the fit gave",
    "repeats_columns": "the segments are one column, or two, under another name",
    "dissolves": "half of the customers fall into other segments than all of them do",
}
_NO_BETTER = "lookalikes of the table, which hold no segments, do as well"
# What runs are measured in, beside their pipeline, and the parameter that says it.
_SPACES = {"features": "features", "weights": "preprocessing.weights"}


@dataclass(frozen=True)
class Report:
    """A sweep's outcome, for a terminal and for a page, and what it comes to in a few words."""

    text: str
    markdown: str
    headline: str


def answer(ranking: Ranking, rivals: pd.DataFrame | None = None) -> str:
    """A few sentences: what is best, whether these are segments, what else was tried and why it was not chosen.

    `rivals` is the table of `segkit.rivalry.standing`.
    """
    best = ranking.champion
    if best is None:
        return _nothing(ranking)
    said = [_verdict_words(ranking, best), against_rivals(best.run.name, rivals), _runner_up(ranking, best)]
    said += [_few(best.run.metrics), _habit(ranking, best), _apart(ranking), fitted_words(best.run.metrics).strip()]
    return " ".join(sentence for sentence in said if sentence)


def sweep_report(ranking: Ranking, data: str, beside: Beside = NOTHING) -> Report:
    """The ranked table, what failed, the answer, and what stands beside the ranking."""
    failed = [f"{run.name}: {run.reason or run.status.lower()}" for run in ranking.failed]
    failures = [f"\n{counted(len(failed), 'run')} failed:", *(f"  {line}" for line in failed[:10])] if failed else []
    told, chosen = answer(ranking, beside.rivals), on_k(beside.k_suggestions, ranking.best_run)
    said = fill(f"{told} Brief: {ranking.brief}.", 110, break_on_hyphens=False)
    tables = [ranking_text(ranking), *failures, *seeds_text(beside.groups), *rivals_text(beside.rivals)]
    text = "\n".join([*tables, "", said, *(["", fill(chosen, 110, break_on_hyphens=False)] if chosen else []), ""])
    text += "".join(f"\n{tree_text(tree)}\n" for tree in beside.trees)
    headline = _headline(told)
    parts = [
        f"**{headline}**{told.removeprefix(headline)}",
        *([chosen] if chosen else []),
        f"Brief: {ranking.brief}.",
        f"Best runs of {data} (rule `{ranking.rule}`):",
        ranking_markdown(ranking),
        *map(tree_markdown, beside.trees),
    ]
    parts += [f"- {line}" for line in failed[:10]] + ["Pictures and the whole table: Artifacts."]
    return Report(text, "\n\n".join(parts), headline)


def _headline(told: str) -> str:
    """The answer's beginning, which says what is best, or that nothing is."""
    ends = ": each" if told.startswith("No segments") else r"; |\. |\.$"
    return re.split(ends, told, maxsplit=1)[0]


def best_so_far(ranking: Ranking) -> str:
    """The run that leads, and its score; "" while none may be promoted."""
    best = ranking.champion
    return f"{best.run.name} {best.run.metrics[ranking.metric]:.3f}" if best else ""


def _verdict_words(ranking: Ranking, best: Ranked) -> str:
    """Whether these are segments, and the reasons."""
    metrics, word = best.run.metrics, verdict_of(best.run)
    named = f"{best.run.name}, {metrics.get('segments', 0):.0f} segments"
    if word == UNTESTED:
        score = f"{metric_words(ranking.metric)} {metrics[ranking.metric]:.3f}"
        return f"Best by {ranking.rule}: {named}, {score}. Whether these are natural segments has not been tested."
    again = (
        f"fitted on half of the customers they come out again (agreement {metrics['stability']:.2f}, "
        f"the weakest segment to {percent(metrics.get('stability_min', 0))})"
    )
    p = f"p = {metrics.get('lookalike_p', 1):.2f}"
    if word == NATURAL:
        return f"Natural segments: {named}; {again}, and lookalikes of the table hold none so distinct ({p})."
    alike = "lookalikes of the table hold none so distinct" if beats_lookalikes(metrics) else _NO_BETTER
    return f"Stable but a continuum: {named}; {again}, and {alike} ({p}): useful slices, not separate tribes."


def _few(metrics: Mapping[str, float]) -> str:
    """That a segment is of so few customers that they could be known by it, if so."""
    fewest = metrics.get("smallest_customers", FEWEST_ANONYMOUS)
    if not 0 < fewest < FEWEST_ANONYMOUS:
        return ""
    return f"A segment of it is of {fewest:.0f} customers: what is told of so few can be told of each."


def _nothing(ranking: Ranking) -> str:
    if not ranking.runs:
        return "No run finished, so there is nothing to choose."
    weighed = [ranked for ranked in ranking.runs if is_weighed(ranked.run)]
    # Of runs that no guard speaks against, but on which there is no evidence, none is chosen either.
    judged = ranking.runs if all(ranked.guards for ranked in ranking.runs) else weighed
    reasons = sorted({guard for ranked in judged for guard in ranked.guards})
    listed = "; ".join(GUARDS.get(reason, reason) for reason in reasons)
    which = f"{len(ranking.runs)}" if judged is ranking.runs else f"the best {len(judged)} of {len(ranking.runs)}"
    return f"No segments here to rely on: each of {which} runs trips a guard ({listed})."


def runner_up(ranking: Ranking, best: Ranked) -> RunRecord | None:
    """The run in second place, if any; what differs from the best in nothing but the seed is no other."""
    others = one_of_each_setting([best.run, *(ranked.run for ranked in ranking.runs if not ranked.guards)])
    return next((run for run in others if run.run_id != best.run.run_id), None)


def by_silhouette(ranking: Ranking, best: Ranked) -> Ranked:
    """What plain silhouette would have chosen, which may be the best too."""
    scored = [ranked for ranked in ranking.runs if "silhouette" in ranked.run.metrics]
    return max(scored, key=lambda ranked: ranked.run.metrics["silhouette"], default=best)


def _runner_up(ranking: Ranking, best: Ranked) -> str:
    second = runner_up(ranking, best)
    return f"Runner-up: {second.name}." if second else ""


def _habit(ranking: Ranking, best: Ranked) -> str:
    """What plain silhouette would have chosen, and why it was not."""
    habit = by_silhouette(ranking, best)
    if habit is best:
        return "Plain silhouette would have chosen it too."
    score = f"{habit.run.name} ({habit.run.metrics['silhouette']:.3f})"
    return f"Plain silhouette would have chosen {score}: {why_not(habit, best)}."


def why_not(habit: Ranked, best: Ranked) -> str:
    """Why what silhouette would have chosen is not the best, in words."""
    if habit.guards:
        return " and ".join(_guard_words(guard, habit) for guard in habit.guards)
    first, second = (ranked.run.metrics.get("stability_quick", 0.0) for ranked in (habit, best))
    if first < second:
        return f"it comes out again less (quick stability {first:.2f} against {second:.2f})"
    return "its segments are less apart on average, or fewer of the other good runs confirm it"


def _guard_words(guard: str, ranked: Ranked) -> str:
    words = GUARDS.get(guard, guard)
    return f"{words} ({ranked.run.repeats})" if guard == "repeats_columns" and ranked.run.repeats else words


def _apart(ranking: Ranking) -> str:
    """That scores measured in different columns, or with different weights, do not compare, where there are such."""
    what = [word for word, key in _SPACES.items() if len({ranked.run.params.get(key) for ranked in ranking.runs}) > 1]
    if not what:
        return ""
    return f"Runs differ in {' and '.join(what)}: between those a higher score does not say better segments."


def fitted_words(metrics: Mapping[str, float]) -> str:
    """That not all customers were fitted, if so."""
    share = metrics.get("fitted_share", 1.0)
    others = "the others were given the segment that suits them best. "
    return f"Fitted on {tenths(share)} of the customers; {others}" if share < 1 else ""


def counted(number: int, noun: str) -> str:
    """`1 run`, `2 runs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def metric_words(metric: str) -> str:
    """A metric's name for people."""
    return metric.replace("silhouette_macro", "macro silhouette").replace("_", " ")
