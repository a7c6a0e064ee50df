"""One run: a data set and a model in, everything worth keeping out. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from threadpoolctl import threadpool_limits

from segkit import plots
from segkit.assigning import NOISE
from segkit.data import Dataset
from segkit.evaluation import customer_silhouettes, evaluate, fit_measures, shape, truth_measures
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import typed_columns
from segkit.profiles import describe_segments, effects, trait_table
from segkit.scoring import Scorer, make_scorer


@dataclass(frozen=True)
class RunResult:
    """What one run found: measures, the segment table, labels, pictures, and what scores new customers."""

    metrics: Mapping[str, float]
    segments: pd.DataFrame
    labels: pd.DataFrame
    scorer: Scorer
    figures: Mapping[str, Figure] = field(default_factory=dict)


def run(dataset: Dataset, model: SegmentationModel) -> RunResult:
    """Fit the model on the data set's feature columns and describe what came out.

    Measures and pictures speak of the fitted labels; the segment table and the logged labels are the assigned ones,
    which are what scoring would give the same customers.
    """
    with threadpool_limits(1):  # a worker a core: more threads than cores cost three times the work
        return _run(dataset, model)


def _run(dataset: Dataset, model: SegmentationModel) -> RunResult:
    model.fit(dataset.features)
    silhouettes = customer_silhouettes(model.embedding_, model.labels_)
    assigned = model.predict(dataset.features)
    typed = _readable(dataset, model.pipeline_["preprocessing"]["columns"].transform(dataset.features))
    segments = describe_segments(typed, assigned, described_columns(dataset))
    measures = _measures(dataset, model, silhouettes, assigned)
    return RunResult(
        metrics=measures,
        segments=segments,
        labels=pd.DataFrame({dataset.ids.name: dataset.ids.to_numpy(), "segment": assigned}),
        scorer=make_scorer(model, dict(zip(segments["segment"], segments["name"], strict=True)), _id_column(dataset)),
        figures=_figures(model, typed, segments) | _silhouette_figure(model, silhouettes, measures),
    )


def described_columns(dataset: Dataset) -> pd.DataFrame:
    """Columns that were not fitted but say who the segments are: outcomes, values, descriptions."""
    columns = [c for c in dataset.columns if c.use in ("describe_with", "outcome", "value", "sensitive", "existing")]
    if not columns:
        return pd.DataFrame(index=dataset.table.index)
    return typed_columns(columns, dataset.as_of).fit_transform(dataset.table[[c.name for c in columns]])


def _readable(dataset: Dataset, typed: pd.DataFrame) -> pd.DataFrame:
    """Typed columns under names that say what their values are: a date has become a number of days."""
    dates = {c.name: f"days_since_{c.name}" for c in dataset.feature_columns if c.kind == "date"}
    return typed.rename(columns=dates)


def _measures(
    dataset: Dataset, model: SegmentationModel, silhouettes: np.ndarray | None, assigned: np.ndarray
) -> dict[str, float]:
    measures = evaluate(model.embedding_, model.labels_, silhouettes)
    in_use = shape(assigned)
    measures |= {f"assigned_{name}": in_use[name] for name in ("segments", "smallest_share", "noise_share")}
    measures |= fit_measures(model.pipeline_["algorithm"], model.embedding_)
    measures |= truth_measures(dataset.truth, model.labels_)
    return measures | {"assign_agreement": model.assigner_.agreement_}


def _figures(model: SegmentationModel, typed: pd.DataFrame, segments: pd.DataFrame) -> dict[str, Figure]:
    space, labels = model.embedding_, model.labels_
    names = dict(zip(segments["segment"], segments["name"], strict=True))
    figures = {"projection": plots.projection(space, labels), "sizes": plots.segment_sizes(labels, names)}
    if space.shape[1] == 3:
        figures["projection_3d"] = plots.projection_3d(space, labels)
    if len(np.unique(labels[labels != NOISE])) > 1:
        figures["profile"] = plots.segment_profile(effects(trait_table(typed), labels))
    return figures


def _silhouette_figure(
    model: SegmentationModel, silhouettes: np.ndarray | None, measures: Mapping[str, float]
) -> dict[str, Figure]:
    if silhouettes is None:
        return {}
    return {"silhouette": plots.silhouette_profile(silhouettes, model.labels_, measures["silhouette"])}


def _id_column(dataset: Dataset) -> str:
    names = dataset.used_as("id")
    return names[0] if names else ""
