"""What is only worth finding out of runs that may be chosen: the whole pipeline again on other customers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from segkit.data import Dataset
from segkit.evidence.halves import splits
from segkit.evidence.lookalikes import NullTest, null_test
from segkit.evidence.next_period import next_period
from segkit.evidence.stability import segment_stability, stability, stability_table
from segkit.evidence.usefulness import usefulness
from segkit.model import SegmentationModel
from segkit.records import useful_metric
from segkit.stages import FittedHere

Before = tuple[Dataset, SegmentationModel]


@dataclass(frozen=True)
class Evidence:
    """Measures of one run, and the tables behind them."""

    metrics: Mapping[str, float]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def gather(dataset: Dataset, model: SegmentationModel, before: Before | None = None) -> Evidence:
    """The evidence on one pipeline: fits it on the data set, on halves of it, and on lookalikes of it.

    Halves and lookalikes are the same whatever a run's seed, so that runs are measured alike. With `before`, the data
    set and the same pipeline as of an earlier day, also what came after that day.
    """
    with threadpool_limits(1):
        model.fit(dataset.features, customer_weights=dataset.weights)
        labels = model.predict(dataset.features)
        halves = splits(model, dataset.features, dataset.weights)
        by_segment = segment_stability(labels, [half for split in halves for half in (split.first, split.second)])
        measures = stability(labels, halves) | _against_lookalikes(dataset, model)
        measures |= _ahead(*before, dataset) if before else {}
    return Evidence(measures, {"stability": stability_table(by_segment)})


def _ahead(before: Dataset, model: SegmentationModel, after: Dataset) -> dict[str, float]:
    """How far segments of an earlier day separate what its customers did afterwards."""
    labels = model.fit(before.features, customer_weights=before.weights).predict(before.features)
    found = usefulness(labels, next_period(before, after))
    return {useful_metric(target): far for target, far in found.items()}


def _against_lookalikes(dataset: Dataset, model: SegmentationModel) -> dict[str, float]:
    """How the best segments of the table compare with the best of its lookalikes; once for each preprocessing."""
    preparation = model.pipeline_["preprocessing"]

    def tested() -> np.ndarray:
        typed = preparation[:-1].transform(dataset.features[model.kept_])
        found = null_test(typed, preparation[-1])
        return np.array([found.real, *found.lookalikes])

    real, *others = (model.stages or FittedHere()).get("lookalikes", tested).tolist()
    found = NullTest(real, tuple(others))
    return {"lookalike_p": found.p, "lookalike_best": found.real, "lookalike_usual": found.usual}
