"""The run that a segment is split by: one that segmented that very segment's customers again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segkit.config.stored import ranking_of
from segkit.errors import UserError, did_you_mean
from segkit.identity.editing import Standing
from segkit.identity.origins import Origin, origin_of
from segkit.records import FINISHED, RunRecord, SweepRecord
from segkit.scoring.scorer import Scorer
from segkit.selection import Ranking
from segkit.tracking.read import find_run, sweeps_within
from segkit.tracking.registry.sizes import run_sizes
from segkit.tracking.reporting import run_scorer
from segkit.tracking.store import Store


@dataclass(frozen=True)
class SplitBy:
    """A run within a segment: what scores as it does, how many customers its segments hold, and what to know of it."""

    run_id: str
    shown: str
    scorer: Scorer
    sizes: dict[int, int] | None
    notes: tuple[str, ...] = ()


def splitting_run(store: Store, old: Standing, segment: int, wanted: str | None) -> SplitBy:
    """The wanted run (an id, or a name in the latest sweep within the segment), else the best of that sweep.

    It must have segmented whom the segment holds: the run's own outer segmentation decides by the same rule. Raises
    UserError, with what to run, unless it has.
    """
    origin = origin_of(old.scorer, segment)
    sweep = next(_fitting(store, origin), None)
    ranking = ranking_of(store, sweep) if sweep is not None else None
    if wanted is None:
        if ranking is None or not ranking.runs:
            raise UserError(f"no run divides {_whom(old, segment)}", _mend(old, segment))
        return _split_by(store, (ranking.champion or ranking.runs[0]).run, _warnings(ranking))
    run = _run(store, ranking, wanted, old, segment)
    _check(store, run, origin, old, segment)
    return _split_by(store, run, ())


def _fitting(store: Store, origin: Origin) -> Iterator[SweepRecord]:
    """The sweeps that segmented these customers, the latest first."""
    for sweep in sweeps_within(store):
        ranking = ranking_of(store, sweep)
        if ranking.runs and _is_within(run_scorer(store, ranking.runs[0].run), origin):
            yield sweep


def _is_within(inner: Scorer, origin: Origin) -> bool:
    return inner.outer is not None and origin_of(inner.outer, inner.segment) == origin


def _run(store: Store, ranking: Ranking | None, wanted: str, old: Standing, segment: int) -> RunRecord:
    named = {one.run.name: one.run for one in (ranking.runs if ranking else ())}
    if wanted in named:
        return named[wanted]
    if not re.fullmatch("[0-9a-f]+", wanted):
        mend = did_you_mean(wanted, named) if named else _mend(old, segment)
        raise UserError(f"run={wanted} is no run id, and no run of a sweep within the segment", mend)
    return find_run(store, wanted)[0]


def _check(store: Store, run: RunRecord, origin: Origin, old: Standing, segment: int) -> None:
    if run.status != FINISHED:
        raise UserError(f"{run.name} did not finish, so it has no segments", "`segkit compare` lists those that did")
    if run.inside is None:
        raise UserError(f"{run.name} segments everyone, not {_whom(old, segment)}", _mend(old, segment))
    if not _is_within(run_scorer(store, run), origin):
        raise UserError(
            f"{run.name} is within {run.inside}: not the people of {_whom(old, segment)}", _mend(old, segment)
        )


def _split_by(store: Store, run: RunRecord, notes: tuple[str, ...]) -> SplitBy:
    sizes = run_sizes(store, run.model_run)
    return SplitBy(run.model_run, f"{run.name} ({run.model_run[:8]})", run_scorer(store, run), sizes, notes)


def _warnings(ranking: Ranking) -> tuple[str, ...]:
    return () if ranking.champion else ("the sweep within the segment recommends none of its runs; this is its first",)


def _whom(old: Standing, segment: int) -> str:
    return f"segment {old.shown(segment)} of {old.title}"


def _mend(old: Standing, segment: int) -> str:
    return f"first run: segkit sweep within={old.title} segment={segment}"
