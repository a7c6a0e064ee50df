"""Everything that is measured of a fitted model: its fit, its use, its stability, what it repeats and separates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from segkit.data import Dataset
from segkit.distances import metric_of
from segkit.evaluation import (
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
from segkit.evidence.repeats import Repeat, repeated
from segkit.evidence.usefulness import targets_of, usefulness
from segkit.fitted_rows import rows_of
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.profiles import describe_segments
from segkit.records import useful_metric
from segkit.reduction import reduction_measures
from segkit.scoring.outliers import UsualRange, usual_range, usual_values


@dataclass(frozen=True)
class Measured:
    """Measures of a run, and what pictures and tables of it need: customers as typed columns, their segments as scoring
    gives them, the table of the segments, the silhouettes of those who were measured, where the
    fitted ones usually are, and what is usual in each column that was fitted.

    `repeats` names the column or pair of columns that the segments repeat most.
    """

    metrics: Mapping[str, float]
    typed: pd.DataFrame
    assigned: np.ndarray
    segments: pd.DataFrame
    silhouettes: np.ndarray | None
    repeats: str
    usual_range: UsualRange | None = None
    usual: Mapping[str, float | str] = field(default_factory=dict)


def measured(dataset: Dataset, model: SegmentationModel, silhouette_rows: int) -> Measured:
    """Measure a model that was fitted on this data set."""
    preprocessing = model.pipeline_["preprocessing"]
    typed, _, usual = _typed(dataset, preprocessing)
    matrix = matrix_of(dataset, model)
    of_fitted = rows_of(matrix, model.kept_)
    odds = model.assigner_.predict_proba(matrix)
    assigned = model.assigner_.segments_[odds.argmax(axis=1)]
    described = described_columns(dataset, preprocessing["columns"].as_of_)
    fitted = model.labels_[model.kept_]
    silhouettes = customer_silhouettes(
        model.embedding_, fitted, silhouette_rows, metric_of(model.pipeline_["algorithm"])
    )
    repeat = repeated(typed, assigned)
    metrics = _of_the_fit(dataset, model, silhouettes) | _in_use(dataset, model, assigned, described)
    metrics |= reduction_measures(model.pipeline_["reducer"], of_fitted, model.embedding_)
    metrics |= confidence(odds) | quick_stability(model, dataset.features, dataset.weights)
    metrics |= {"repeats": repeat.agreement} | _useful(assigned, dataset)
    segments = describe_segments(typed, assigned, described, dataset.weights, fitted)
    inside = usual_range(of_fitted, assigned[model.kept_])
    return Measured(metrics, typed, assigned, segments, silhouettes, _words(repeat), inside, usual)


def _useful(assigned: np.ndarray, dataset: Dataset) -> dict[str, float]:
    return {useful_metric(target): far for target, far in usefulness(assigned, targets_of(dataset)).items()}


def _words(repeat: Repeat) -> str:
    return " x ".join(repeat.columns)


def matrix_of(dataset: Dataset, model: SegmentationModel) -> np.ndarray:
    """The matrix of all customers, fitted or not; `model` is fitted on this data set."""
    known = model.matrix_of_fitted()
    return known if known is not None else _matrix(dataset, model.pipeline_["preprocessing"])


@lru_cache(maxsize=2)  # the same for every run that shares the fitted preprocessing
def _matrix(dataset: Dataset, preprocessing: Pipeline) -> np.ndarray:
    return np.asarray(preprocessing[-1].transform(_typed(dataset, preprocessing)[1]), dtype=float)


@lru_cache(maxsize=2)  # as above
def _typed(dataset: Dataset, preprocessing: Pipeline) -> tuple[pd.DataFrame, pd.DataFrame, Mapping[str, float | str]]:
    """All customers, fitted or not, as typed columns, for people and for the matrix; what is usual among them."""
    typed = preprocessing["columns"].transform(dataset.features)
    features = preprocessing[1:-1].transform(typed)
    return _readable(dataset, features), features, usual_values(typed)


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


def _of_the_fit(dataset: Dataset, model: SegmentationModel, silhouettes: np.ndarray | None) -> dict[str, float]:
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
