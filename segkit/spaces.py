"""What a reduced space is made of, in pictures and a table: the same for all runs that share it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.pipeline import Pipeline

from segkit.data import Dataset
from segkit.fitted_rows import rows_of
from segkit.measuring import matrix_of
from segkit.model import SegmentationModel
from segkit.plots.reduction import loadings_picture, scree
from segkit.reduction import directions, explained_variance, factors_of, loadings
from segkit.runs import RunResult


@dataclass(frozen=True)
class SpaceShown:
    """Pictures and tables by name; empty for spaces whose components can't be told in columns."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def with_space(result: RunResult, dataset: Dataset, model: SegmentationModel) -> RunResult:
    """The result of a run with its space's pictures and tables; `model` is the run's, fitted."""
    if explained_variance(model.pipeline_["reducer"]) is None:
        return result
    matrix = rows_of(matrix_of(dataset, model), model.kept_)
    shown = shown_space(model.pipeline_, matrix)
    figures, tables = {**result.figures, **shown.figures}, {**result.tables, **shown.tables}
    return replace(result, figures=figures, tables=tables)


def space_in(dataset: Dataset, model: SegmentationModel) -> SpaceShown:
    """The space in which a model would segment a data set's customers."""
    steps, matrix, _ = model.space_of(dataset.features)
    return shown_space(steps, matrix)


def shown_space(steps: Pipeline, matrix: np.ndarray) -> SpaceShown:
    """The space of a fitted preprocessing and reducer; `matrix` is what the preprocessing made of the fitted rows."""
    reducer = steps["reducer"]
    if explained_variance(reducer) is None:
        return SpaceShown()
    table = loadings(reducer, matrix, matrix_names(steps["preprocessing"]["matrix"], matrix.shape[1]))
    common = None if factors_of(reducer) is None else explained_variance(reducer)
    figures = {"scree": scree(directions(reducer, matrix), len(table), common)}
    if not table.empty:
        figures["loadings"] = loadings_picture(table)
    return SpaceShown(figures, {"loadings": table.reset_index()})


def matrix_names(preprocessing: Any, width: int) -> list[str]:
    """The matrix's columns as people would call them: `column=level` for a level of a category."""
    try:
        names = [str(name) for name in preprocessing.get_feature_names_out()]
    except (AttributeError, ValueError):  # a preprocessing of the user's that does not name what it makes
        return [f"column {place}" for place in range(1, width + 1)]
    origins = getattr(preprocessing, "origins_", names)
    return [_level(name, origin) for name, origin in zip(names, origins, strict=True)]


def _level(name: str, origin: str) -> str:
    level = name.removeprefix(f"{origin}_")
    return name if level in (name, "missing") else f"{origin}={level}"
