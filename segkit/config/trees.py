"""From sweeps in the store to the trees that they are part of; only reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from segkit.config.stored import ranking_of
from segkit.errors import UserError
from segkit.records import Inside, RunRecord, SweepRecord
from segkit.selection import Ranking
from segkit.tracking.evidence import segments_table
from segkit.tracking.read import find_run, sweep_of, sweeps_within
from segkit.tracking.store import Store
from segkit.tree import Split, split_of

# A segment of a run, or of a version of it that people changed, and the sweep and run that are to be shown within it.
_Path = Mapping[tuple[str, int], tuple[SweepRecord | None, RunRecord | None]]


@dataclass(frozen=True, eq=False)
class _Grower:
    """Grows a tree downwards: in each segment the latest sweep within it, unless the `path` leads through another."""

    store: Store
    within: list[SweepRecord]
    path: _Path = field(default_factory=dict)

    def split(self, data: str, run: RunRecord, version: str = "") -> Split | None:
        """A run's segmentation, or that of its version, with all that is within it; None if its sizes are not known."""
        table = _version_table(self.store, version) if version else segments_table(self.store, run.model_run)
        if table is None:
            return None
        found = {int(one): self._again((version or run.model_run, int(one))) for one in table["segment"]}
        again = {segment: split for segment, split in found.items() if split is not None}
        return split_of(data, run.model_run, version or run.name, table, again)

    def _again(self, place: tuple[str, int]) -> Split | None:
        sweep, run = self.path.get(place, (self._latest(place), None))
        ranking = ranking_of(self.store, sweep) if sweep is not None else None
        run = run or _first(ranking)
        if run is None:
            return None
        split = self.split(sweep.data if sweep is not None else "", run)
        best = ranking.champion if ranking else None
        recommended = best is not None and best.run.fingerprint == run.fingerprint
        return None if split is None else replace(split, recommended=recommended)

    def _latest(self, place: tuple[str, int]) -> SweepRecord | None:
        inside = (one for one in self.within if one.inside is not None)
        return next((one for one in inside if _place(one.inside) == place), None)


def trees_of(store: Store, sweep: SweepRecord, ranking: Ranking) -> list[Split]:
    """The tree that a sweep within a segment is part of, or those that grow from the runs of any other sweep."""
    within = sweeps_within(store)
    if not within:
        return []
    if sweep.inside is not None:
        return _tree_around(store, sweep, sweep.inside, within)
    parted = {one.inside.run for one in within if one.inside is not None and not one.inside.version}
    grower = _Grower(store, within)
    grown = [grower.split(sweep.data, one.run) for one in ranking.runs if one.run.model_run in parted]
    return [split for split in grown if split is not None]


def _tree_around(store: Store, sweep: SweepRecord, inside: Inside, within: list[SweepRecord]) -> list[Split]:
    path: dict[tuple[str, int], tuple[SweepRecord | None, RunRecord | None]] = {_place(inside): (sweep, None)}
    try:
        outer, data = find_run(store, inside.run)
        while outer.inside is not None:
            inside = outer.inside
            path[_place(inside)] = (sweep_of(store, outer.run_id), outer)
            outer, data = find_run(store, inside.run)
        grown = _Grower(store, within, path).split(data, outer, inside.version)
    except UserError:  # an outer run was deleted
        return []
    return [grown] if grown is not None else []


def _version_table(store: Store, version: str) -> pd.DataFrame | None:
    from segkit.tracking.registry.sizes import version_segments  # needs what scores, which most trees do not
    from segkit.tracking.registry.versions import find_version, version_scorer

    found = find_version(store, version)
    return version_segments(store, found, version_scorer(store, found))


def _place(inside: Inside | None) -> tuple[str, int]:
    return (inside.version or inside.run, inside.segment) if inside is not None else ("", 0)


def _first(ranking: Ranking | None) -> RunRecord | None:
    """The champion, or the run in first place where none is to be recommended."""
    if ranking is None or not ranking.runs:
        return None
    return (ranking.champion or ranking.runs[0]).run
