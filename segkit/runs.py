"""One run: a data set and a model in, everything worth keeping out. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import nan

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from threadpoolctl import threadpool_limits

from segkit import plots
from segkit.data import Dataset
from segkit.evaluation import MOST_MEASURED
from segkit.evidence.usefulness import targets_of
from segkit.measuring import Measured, measured
from segkit.model import SegmentationModel
from segkit.privacy import check_keeps_no_rows
from segkit.profiles import effects, trait_table
from segkit.scoring.baseline import Baseline, baseline_of
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.segments import NOISE


@dataclass(frozen=True)
class RunResult:
    """What one run found: measures, the segment table, labels, pictures, further tables, what scores new customers.

    `repeats` names the column or pair of columns that the segments repeat most.
    """

    metrics: Mapping[str, float]
    segments: pd.DataFrame
    labels: pd.DataFrame
    scorer: Scorer
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    repeats: str = ""


def run(dataset: Dataset, model: SegmentationModel, silhouette_rows: int = MOST_MEASURED) -> RunResult:
    """Fit the model on the data set's feature columns and describe what came out.

    Measures and pictures speak of the fitted labels; the segment table and the logged labels are the assigned ones,
    which are what scoring would give the same customers. Above `silhouette_rows` silhouettes are sampled.
    """
    with threadpool_limits(1):  # a worker a core: more threads than cores cost three times the work
        model.fit(dataset.features, customer_weights=dataset.weights)
        check_keeps_no_rows(model.pipeline_["preprocessing"], dataset.features[model.kept_])
        return _result(dataset, model, measured(dataset, model, silhouette_rows))


def _result(dataset: Dataset, model: SegmentationModel, found: Measured) -> RunResult:
    names = _names(found.segments)
    return RunResult(
        metrics=found.metrics,
        segments=found.segments,
        labels=pd.DataFrame({dataset.ids.name: dataset.ids.to_numpy(), "segment": found.assigned}),
        scorer=replace(_scorer(dataset, model, names, found), baseline=_baseline(dataset, found)),
        figures=_figures(model, found.typed) | _silhouette_figure(model, found, names),
        repeats=found.repeats,
    )


def _scorer(dataset: Dataset, model: SegmentationModel, names: Mapping[int, str], found: Measured) -> Scorer:
    outer, segment = (dataset.outer, dataset.inside.segment) if dataset.inside is not None else (None, NOISE)
    id_column = next(iter(dataset.used_as("id")), "")
    return make_scorer(model, names, id_column, dataset.log, outer, segment, found.usual_range, found.usual)


def _baseline(dataset: Dataset, found: Measured) -> Baseline:
    unsure, stability = (found.metrics.get(name, nan) for name in ("unsure_share", "stability_quick"))
    return baseline_of(found.typed, found.assigned, _targets(dataset), unsure, stability)


@lru_cache(maxsize=2)  # the same for every run of a data set
def _targets(dataset: Dataset) -> pd.DataFrame:
    return targets_of(dataset)


def _figures(model: SegmentationModel, typed: pd.DataFrame) -> dict[str, Figure]:
    space, labels = model.embedding_, model.labels_[model.kept_]
    figures = {"projection": plots.projection(space, labels)}
    if space.shape[1] == 3:
        figures["projection_3d"] = plots.projection_3d(space, labels)
    if len(np.unique(labels[labels != NOISE])) > 1:
        figures["profile"] = plots.segment_profile(effects(trait_table(typed), model.labels_))
    return figures


def _silhouette_figure(model: SegmentationModel, found: Measured, names: Mapping[int, str]) -> dict[str, Figure]:
    if found.silhouettes is None:
        return {}
    labels = model.labels_[model.kept_]
    return {"silhouette": plots.silhouette_profile(found.silhouettes, labels, found.metrics["silhouette"], names)}


def _names(segments: pd.DataFrame) -> dict[int, str]:
    return dict(zip(segments["segment"], segments["name"], strict=True))
