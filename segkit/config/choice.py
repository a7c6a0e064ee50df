"""Which run a command means: the named one, or the best of a sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segkit.answer import GUARDS, answer, metric_words
from segkit.config.stored import ranking_of
from segkit.errors import WorkFailed
from segkit.records import FINISHED, RunRecord, SweepRecord
from segkit.selection import Ranked, Ranking
from segkit.tracking.read import find_run, find_sweep, sweep_of
from segkit.tracking.store import Store
from segkit.verdict import WORDS, verdict_of

# Of the evidence on a run what its registered version keeps.
_KEPT = ("stability", "stability_min", "prediction_strength", "lookalike_p", "agreement")


@dataclass(frozen=True)
class Choice:
    """A run to promote, under which name, and why."""

    run: RunRecord
    model: str
    reason: str
    evidence: Mapping[str, str]


def chosen_run(store: Store, run_id: str | None, sweep: str, force: bool) -> Choice:
    """The run to promote; raises WorkFailed if nothing may be and it is not forced."""
    if run_id is not None:
        return _named(store, run_id, force)
    found = find_sweep(store, sweep)
    ranking = ranking_of(store, found)
    best = ranking.champion or (ranking.runs[0] if force and ranking.runs else None)
    if best is None:
        raise WorkFailed(f"nothing to promote. {answer(ranking)}\n  force=true promotes the best of them all the same")
    return _choice(best, ranking, found)


def _named(store: Store, run_id: str, force: bool) -> Choice:
    run, data = find_run(store, run_id)
    sweep = sweep_of(store, run.run_id)
    ranking = ranking_of(store, sweep) if sweep else None
    ranked = ranking.runs if ranking else ()
    place = next((one for one in ranked if one.run.fingerprint == run.fingerprint), None)
    if sweep is None or ranking is None or place is None:  # a run on its own has nothing to be compared with
        holds_a_row = ["lone_customer"] if run.metrics.get("lone_segments") else []
        _refuse(run, holds_a_row, force)
        return Choice(run, data, f"{run.name} was named by hand{_against(holds_a_row)}{_whose(run)}", {})
    _refuse(run, place.guards, force)
    return _choice(place, ranking, sweep)


def _refuse(run: RunRecord, guards: Sequence[str], force: bool) -> None:
    if guards and not force:
        speaks = "; ".join(GUARDS.get(guard, guard) for guard in guards)
        raise WorkFailed(f"{run.name} is not worth promoting: {speaks}\n  force=true promotes it all the same")


def _against(guards: Sequence[str]) -> str:
    return f", forced although: {'; '.join(GUARDS.get(guard, guard) for guard in guards)}" if guards else ""


def _whose(run: RunRecord) -> str:
    if run.inside is None:
        return ""
    edit = f"`segkit edit split={run.inside.segment}` puts these segments among the others"
    return f"; only for customers of {run.inside} ({edit})"


def _choice(ranked: Ranked, ranking: Ranking, sweep: SweepRecord) -> Choice:
    score, word = ranked.run.metrics.get(ranking.metric, float("nan")), verdict_of(ranked.run)
    place = f"number {ranked.rank} of {len(ranking.runs)} by {ranking.rule}"
    reason = f"{ranked.run.name} is {place} ({metric_words(ranking.metric)} {score:.3f}; {WORDS[word]})"
    if sweep.status != FINISHED:
        reason += ", in a sweep that has not finished"
    reason += _against(ranked.guards) or f", within the brief ({ranking.brief})"
    reason += _whose(ranked.run)
    evidence = {
        "segkit.sweep": sweep.sweep,
        "segkit.brief": str(ranking.brief),
        "segkit.rule": ranking.rule,
        "segkit.rank": str(ranked.rank),
        "segkit.verdict": word,
        f"segkit.{ranking.metric}": f"{score:.6g}",
    }
    found = {name: ranked.run.metrics[name] for name in _KEPT if name in ranked.run.metrics}
    return Choice(ranked.run, sweep.data, reason, evidence | {f"segkit.{n}": f"{v:.6g}" for n, v in found.items()})
