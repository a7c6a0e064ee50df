"""Sweeps without a store: the pipelines that segkit builds, measured and weighed as a sweep does it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hydra import compose

from segkit.brief import Brief
from segkit.config.labels import stage_keys
from segkit.config.pieces import fit_rows, make
from segkit.data import Dataset, Stated, make_dataset
from segkit.evidence.agreement import agreement, mean_agreement
from segkit.evidence.gathering import gather
from segkit.measuring import measured
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.records import FINISHED, RunRecord
from segkit.selection import Ranking, Rule
from segkit.stages import SharedStages

# A run, and the same with the evidence on it.
Weigh = Callable[[RunRecord], RunRecord]


@dataclass(frozen=True)
class Tried:
    """One run: what a sweep would log of it, the labels it logs, and what fits it again."""

    run: RunRecord
    labels: np.ndarray
    model: SegmentationModel


def dataset_of(table: pd.DataFrame, name: str) -> Dataset:
    """The table with every column segmented on."""
    return make_dataset(name, table, stated=Stated(use=dict.fromkeys(table.columns, "segment_on")))


def labelled(path: Path, most_rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The features of a table NAME.csv.gz and its right answers, of so many customers at most."""
    table = pd.read_csv(path)
    table = table.sample(min(len(table), most_rows), random_state=0).reset_index(drop=True)
    answers = table[[name for name in table if name.startswith("label")]]
    return table.drop(columns=answers.columns), answers


def grid(dataset: Dataset, cache: Path, runs: Iterable[Sequence[str]]) -> Iterator[Tried]:
    """Every run, each given by its overrides, measured as a sweep measures it."""
    for overrides in runs:
        with suppress(ValueError):  # fewer rows than an algorithm needs: a sweep would list the run as failed
            yield tried(compose("run", list(overrides)), "-".join(overrides), dataset, cache)


def tried(config: Any, name: str, dataset: Dataset, cache: Path) -> Tried:
    """One run."""
    algorithm, reducer, preprocessing = (make(config, step) for step in ("algorithm", "reducer", "preprocessing"))
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    stages = SharedStages(cache, stage_keys(config, dataset))
    model = SegmentationModel(algorithm, reducer, preprocessing, columns, features, stages, fit_rows(config))
    model.fit(dataset.features)
    found = measured(dataset, model, config.silhouette_rows)
    metrics = {name: value for name, value in found.metrics.items() if np.isfinite(value)}
    return Tried(RunRecord(name, name, FINISHED, metrics=metrics), found.assigned, model)


def weigher(dataset: Dataset, tried: Sequence[Tried]) -> Weigh:
    """What adds the evidence on a run, gathered once, whichever rules ask for it."""
    models = {one.run.run_id: one.model for one in tried}
    known: dict[str, RunRecord] = {}

    def weighed(run: RunRecord) -> RunRecord:
        if run.run_id not in known:
            known[run.run_id] = run
            with suppress(ValueError):  # halves too small: a sweep would go on without
                known[run.run_id] = with_metrics(run, **gather(dataset, models[run.run_id]).metrics)
        return known[run.run_id]

    return weighed


def ranking(rule: Rule, brief: Brief, weighed: Weigh, tried: Sequence[Tried]) -> Ranking:
    """The runs as a rule ranks them once there is evidence on its finalists."""
    runs, labels = [one.run for one in tried], {one.run.run_id: one.labels for one in tried}
    finalists = rule.finalists(runs, brief)
    agreed = mean_agreement(agreement({run.run_id: labels[run.run_id] for run in finalists})) if finalists else {}
    known = {run.run_id: with_metrics(weighed(run), agreement=agreed[run.run_id]) for run in finalists}
    return rule.rank([known.get(run.run_id, run) for run in runs], brief)


def with_metrics(run: RunRecord, **further: float) -> RunRecord:
    """The run with more metrics."""
    return replace(run, metrics={**run.metrics, **further})
