"""Runs that differ in nothing but the seed, taken together: how much of a result is chance."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, stdev
from typing import Any

import pandas as pd

from segkit.records import RunRecord
from segkit.selection import Ranked, Ranking

# How far the labels of one seed agree with those of another, on average.
SAME_LABELS = "same_labels"
_SUMMED_UP = ("silhouette", "stability_quick", "segments")
_SEED_IN_NAME = re.compile(r"-seed=[^-]+")


@dataclass(frozen=True)
class Spread:
    """A measure over several seeds: its mean and standard deviation."""

    mean: float
    spread: float


@dataclass(frozen=True)
class SeedGroup:
    """Runs that differ in nothing but the seed: their name and parameters without it, the runs, seed by seed."""

    name: str
    params: Mapping[str, str]
    runs: tuple[RunRecord, ...]
    metrics: Mapping[str, Spread]

    @property
    def seeds(self) -> list[str]:
        """The seeds, as they were given."""
        return [run.params.get("seed", "") for run in self.runs]


def over_seeds(ranking: Ranking) -> list[SeedGroup]:
    """The groups of a ranking that hold several seeds, those first whose runs stand best on average."""
    groups: dict[tuple[tuple[str, str], ...], list[Ranked]] = {}
    for ranked in ranking.runs:
        groups.setdefault(tuple(sorted(ranked.run.setting.items())), []).append(ranked)
    several = [group for group in groups.values() if len({ranked.run.params.get("seed") for ranked in group}) > 1]
    several.sort(key=lambda group: fmean(ranked.rank for ranked in group))
    return [_group([ranked.run for ranked in group], ranking.metric) for group in several]


def with_same_labels(group: SeedGroup, agreement: Sequence[float]) -> SeedGroup:
    """The group with how far each run's labels agree with those of the others."""
    return replace(group, metrics={**group.metrics, SAME_LABELS: _spread(agreement)})


def seeds_json(groups: Sequence[SeedGroup]) -> list[dict[str, Any]]:
    """The groups as plain values."""
    return [
        {
            "name": group.name,
            "params": dict(group.params),
            "seeds": group.seeds,
            "metrics": {name: {"mean": one.mean, "spread": one.spread} for name, one in group.metrics.items()},
        }
        for group in groups
    ]


def with_seeds(table: pd.DataFrame, groups: Sequence[SeedGroup]) -> pd.DataFrame:
    """A table of runs with what is known over seeds beside each: `seeds`, `<metric>_mean` and `<metric>_spread`."""
    found = {run.run_id: _columns(group) for group in groups for run in group.runs}
    if not found:
        return table
    columns = pd.DataFrame.from_dict(found, orient="index").astype({"seeds": "Int64"})
    return table.join(columns, on="run_id")


def _columns(group: SeedGroup) -> dict[str, float]:
    parts = {f"{name}_{part}": value for name, one in group.metrics.items() for part, value in vars(one).items()}
    return {"seeds": len(group.runs)} | parts


def _group(runs: list[RunRecord], metric: str) -> SeedGroup:
    runs = sorted(runs, key=lambda run: (len(run.params.get("seed", "")), run.params.get("seed", "")))
    metrics = {}
    for name in dict.fromkeys((metric, *_SUMMED_UP)):
        values = [run.metrics[name] for run in runs if name in run.metrics]
        if values:
            metrics[name] = _spread(values)
    return SeedGroup(_SEED_IN_NAME.sub("", runs[0].name), runs[0].setting, tuple(runs), metrics)


def _spread(values: Sequence[float]) -> Spread:
    return Spread(fmean(values), stdev(values) if len(values) > 1 else 0.0)
