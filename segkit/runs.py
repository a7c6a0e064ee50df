"""One run: a data set and a model in, everything worth keeping out. Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from segkit import plots
from segkit.data import Dataset
from segkit.evaluation import (
    MOST_MEASURED,
    confidence,
    customer_silhouettes,
    evaluate,
    fit_measures,
    lone,
    shape,
    smallest,
    truth_measures,
)
from segkit.evidence.quick import quick_stability
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.privacy import check_keeps_no_rows
from segkit.profiles import describe_segments, effects, trait_table
from segkit.scoring import Scorer, make_scorer
from segkit.segments import NOISE


@dataclass(frozen=True)
class RunResult:
    """What one run found: measures, the segment table, labels, pictures, further tables, what scores new customers."""

    metrics: Mapping[str, float]
    segments: pd.DataFrame
    labels: pd.DataFrame
    scorer: Scorer
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def run(dataset: Dataset, model: SegmentationModel, silhouette_rows: int = MOST_MEASURED) -> RunResult:
    """Fit the model on the data set's feature columns and describe what came out.

    Measures and pictures speak of the fitted labels; the segment table and the logged labels are the assigned ones,
    which are what scoring would give the same customers. Above `silhouette_rows` silhouettes are sampled.
    """
    with threadpool_limits(1):  # a worker a core: more threads than cores cost three times the work
        return _run(dataset, model, silhouette_rows)


def _run(dataset: Dataset, model: SegmentationModel, silhouette_rows: int) -> RunResult:
    model.fit(dataset.features, customer_weights=dataset.weights)
    fitted = model.labels_[model.kept_]
    silhouettes = customer_silhouettes(model.embedding_, fitted, silhouette_rows)
    preprocessing = model.pipeline_["preprocessing"]
    check_keeps_no_rows(preprocessing, dataset.features[model.kept_])
    typed, matrix = _prepared(dataset, preprocessing)
    odds = model.assigner_.predict_proba(matrix)
    assigned = model.assigner_.segments_[odds.argmax(axis=1)]
    described = described_columns(dataset, preprocessing["columns"].as_of_)
    segments = describe_segments(typed, assigned, described, dataset.weights, fitted)
    measures = _measures(dataset, model, silhouettes) | _in_use(dataset, model, assigned, described)
    measures |= confidence(odds) | quick_stability(model, dataset.features, dataset.weights)
    return RunResult(
        metrics=measures,
        segments=segments,
        labels=pd.DataFrame({dataset.ids.name: dataset.ids.to_numpy(), "segment": assigned}),
        scorer=make_scorer(model, _names(segments), next(iter(dataset.used_as("id")), ""), dataset.log),
        figures=_figures(model, typed, segments) | _silhouette_figure(model, silhouettes, measures),
    )


@lru_cache(maxsize=2)  # the same for every run that shares the fitted preprocessing
def _prepared(dataset: Dataset, preprocessing: Pipeline) -> tuple[pd.DataFrame, np.ndarray]:
    """All customers, fitted or not, as typed columns and as the matrix that they become."""
    features = preprocessing[:-1].transform(dataset.features)
    return _readable(dataset, features), np.asarray(preprocessing[-1].transform(features), dtype=float)


@lru_cache(maxsize=4)  # the same for every run of a data set
def described_columns(dataset: Dataset, as_of: str = "") -> pd.DataFrame:
    """Columns that were not fitted but say who the segments are: outcomes, values, descriptions.

    Dates count to `as_of`, the day to which the fitted ones count.
    """
    described = ("describe_with", "outcome", "value", "sensitive", "existing")
    wanted = [column.name for column in dataset.columns if column.use in described]
    if not wanted:
        return pd.DataFrame(index=dataset.table.index)
    typed, features = reading_steps(dataset.columns, wanted, dataset.as_of or as_of)
    frame = features.fit_transform(typed.fit_transform(dataset.table[list(typed.kinds or {})]))
    return _readable(dataset, frame)


def _readable(dataset: Dataset, typed: pd.DataFrame) -> pd.DataFrame:
    """Typed columns under names that say what their values are: a date has become a number of days."""
    dates = {c.name: f"days_since_{c.name}" for c in dataset.columns if c.kind == "date"}
    return typed.rename(columns=dates)


def _measures(dataset: Dataset, model: SegmentationModel, silhouettes: np.ndarray | None) -> dict[str, float]:
    """What speaks of the fit, and in how many dimensions: a reducer may find fewer than it was asked for."""
    weights = None if dataset.weights is None else dataset.weights.to_numpy()
    kept = None if weights is None else weights[model.kept_]
    measures = evaluate(model.embedding_, model.labels_[model.kept_], silhouettes, kept)
    measures |= fit_measures(model.pipeline_["algorithm"], model.embedding_)
    measures |= truth_measures(dataset.truth, model.labels_) | lone(model.labels_[model.kept_])
    measures["dimensions"] = float(model.embedding_.shape[1])
    if not model.kept_.all():
        measures["fitted_share"] = float(model.kept_.mean())
    if dataset.weights is not None:
        measures["weights_used"] = float(model.weights_used_)
    return measures


def _in_use(
    dataset: Dataset, model: SegmentationModel, assigned: np.ndarray, described: pd.DataFrame
) -> dict[str, float]:
    """What speaks of the segments as scoring gives them."""
    in_use = shape(assigned, None if dataset.weights is None else dataset.weights.to_numpy())
    measures = {f"assigned_{name}": in_use[name] for name in ("segments", "smallest_share", "noise_share")}
    value = next((described[name] for name in dataset.used_as("value")), None)
    measures |= smallest(assigned, dataset.weights, value)
    return measures | {"assign_agreement": model.assigner_.agreement_}


def _figures(model: SegmentationModel, typed: pd.DataFrame, segments: pd.DataFrame) -> dict[str, Figure]:
    space, labels = model.embedding_, model.labels_[model.kept_]
    names = _names(segments)
    figures = {"projection": plots.projection(space, labels), "sizes": plots.segment_sizes(labels, names)}
    if space.shape[1] == 3:
        figures["projection_3d"] = plots.projection_3d(space, labels)
    if len(np.unique(labels[labels != NOISE])) > 1:
        figures["profile"] = plots.segment_profile(effects(trait_table(typed), model.labels_))
    return figures


def _silhouette_figure(
    model: SegmentationModel, silhouettes: np.ndarray | None, measures: Mapping[str, float]
) -> dict[str, Figure]:
    if silhouettes is None:
        return {}
    return {"silhouette": plots.silhouette_profile(silhouettes, model.labels_[model.kept_], measures["silhouette"])}


def _names(segments: pd.DataFrame) -> dict[int, str]:
    return dict(zip(segments["segment"], segments["name"], strict=True))
