"""From sweeps in the store to the trees that they are part of; only reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from segkit.config.stored import ranking_of
from segkit.errors import UserError
from segkit.records import Inside, RunRecord, SweepRecord
from segkit.selection import Ranking
from segkit.tracking.evidence import segments_table
from segkit.tracking.read import find_run, sweep_of, sweeps_within
from segkit.tracking.store import Store
from segkit.tree import Split, split_of

# A segment of a run, and the sweep and run that are to be shown within it.
_Path = Mapping[tuple[str, int], tuple[SweepRecord | None, RunRecord | None]]


@dataclass(frozen=True, eq=False)
class _Grower:
    """Grows a tree downwards: in each segment the latest sweep within it, unless the `path` leads through another."""

    store: Store
    within: list[SweepRecord]
    path: _Path = field(default_factory=dict)

    def split(self, data: str, run: RunRecord) -> Split | None:
        """A run's segmentation with all that is within it; None if the table of its segments is gone."""
        table = segments_table(self.store, run.model_run)
        if table is None:
            return None
        found = {int(segment): self._again(run.model_run, int(segment)) for segment in table["segment"]}
        again = {segment: split for segment, split in found.items() if split is not None}
        return split_of(data, run.model_run, run.name, table, again)

    def _again(self, run_id: str, segment: int) -> Split | None:
        sweep, run = self.path.get((run_id, segment), (self._latest(run_id, segment), None))
        ranking = ranking_of(self.store, sweep) if sweep is not None else None
        run = run or _first(ranking)
        if run is None:
            return None
        split = self.split(sweep.data if sweep is not None else "", run)
        best = ranking.champion if ranking else None
        recommended = best is not None and best.run.fingerprint == run.fingerprint
        return None if split is None else replace(split, recommended=recommended)

    def _latest(self, run_id: str, segment: int) -> SweepRecord | None:
        inside = (one for one in self.within if one.inside is not None)
        return next((one for one in inside if _place(one.inside) == (run_id, segment)), None)


def trees_of(store: Store, sweep: SweepRecord, ranking: Ranking) -> list[Split]:
    """The tree that a sweep within a segment is part of, or those that grow from the runs of any other sweep."""
    within = sweeps_within(store)
    if not within:
        return []
    if sweep.inside is not None:
        return _tree_around(store, sweep, sweep.inside, within)
    parted = {one.inside.run for one in within if one.inside is not None}
    grower = _Grower(store, within)
    grown = [grower.split(sweep.data, one.run) for one in ranking.runs if one.run.model_run in parted]
    return [split for split in grown if split is not None]


def _tree_around(store: Store, sweep: SweepRecord, inside: Inside, within: list[SweepRecord]) -> list[Split]:
    path: dict[tuple[str, int], tuple[SweepRecord | None, RunRecord | None]] = {_place(inside): (sweep, None)}
    try:
        outer, data = find_run(store, inside.run)
        while outer.inside is not None:
            path[_place(outer.inside)] = (sweep_of(store, outer.run_id), outer)
            outer, data = find_run(store, outer.inside.run)
    except UserError:  # an outer run was deleted
        return []
    grown = _Grower(store, within, path).split(data, outer)
    return [grown] if grown is not None else []


def _place(inside: Inside | None) -> tuple[str, int]:
    return (inside.run, inside.segment) if inside is not None else ("", 0)


def _first(ranking: Ranking | None) -> RunRecord | None:
    """The champion, or the run in first place where none is to be recommended."""
    if ranking is None or not ranking.runs:
        return None
    return (ranking.champion or ranking.runs[0]).run
