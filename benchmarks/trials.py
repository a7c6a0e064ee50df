"""Sweeps without a store: the pipelines that segkit builds, measured and weighed as a sweep does it."""

from collections.abc import Iterable, Iterator, Sequence
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


def ranking(rule: Rule, brief: Brief, dataset: Dataset, tried: Sequence[Tried]) -> Ranking:
    """The runs as a rule ranks them once there is evidence on its finalists."""
    by_id = {one.run.run_id: one for one in tried}
    finalists = [by_id[run.run_id] for run in rule.finalists([one.run for one in tried], brief)]
    agreed = mean_agreement(agreement({one.run.run_id: one.labels for one in finalists})) if finalists else {}
    weighed = {one.run.run_id: _weighed(one, dataset, agreed[one.run.run_id]) for one in finalists}
    return rule.rank([weighed.get(one.run.run_id, one.run) for one in tried], brief)


def _weighed(one: Tried, dataset: Dataset, agreed: float) -> RunRecord:
    found = gather(dataset, one.model).metrics
    return replace(one.run, metrics={**one.run.metrics, **found, "agreement": agreed})
