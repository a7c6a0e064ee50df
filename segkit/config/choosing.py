"""What speaks for which k of one pipeline, from a configuration of it."""

from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from segkit.choosing import curve_of, suggestions
from segkit.choosing.partitions import partitions_like
from segkit.choosing.sampled import gap_curve, sample_of, strength_curve
from segkit.choosing.tree import jumps
from segkit.config.pieces import build_model
from segkit.data import Dataset
from segkit.model import SegmentationModel
from segkit.plots.choosing import choosing_k
from segkit.stages import FittedHere, part_of
from segkit.tracking.choosing import Chosen, choosing_mark, log_chosen
from segkit.tracking.read import runs_of
from segkit.tracking.store import Store


def choose_k(config: Any, dataset: Dataset, store: Store) -> None:
    """Measure what the pipeline's runs do not, draw all of it against k, and log it on the sweep's parent."""
    runs = sorted(runs_of(store, list(config.plan.choosing)), key=lambda run: (run.k or 0, run.fingerprint))
    curve = curve_of(runs)
    with threadpool_limits(1):
        fitted, tree = fitted_again(build_model(config, dataset, store), dataset, list(curve.index), config.seed)
    curve = curve.join(fitted, how="outer")
    pipeline = runs[0].pipeline
    figure = choosing_k(pipeline, curve, suggestions(curve), tree)
    log_chosen(store, config.plan.parent, Chosen(pipeline, curve, figure), choosing_mark(runs))


def fitted_again(
    model: SegmentationModel, dataset: Dataset, ks: list[int], seed: int
) -> tuple[pd.DataFrame, np.ndarray | None]:
    """The measures that take further fits, by k, and the tree of an algorithm that grows one.

    Algorithms that k-means stands in for share what was measured of their space.
    """
    (_, _, space), algorithm = model.space_of(dataset.features), model.fresh_algorithm()
    stages = model.stages or FittedHere()
    if not hasattr(algorithm, "grow"):
        shared = part_of(model.stages, "-".join(map(str, [len(space), *ks])))
        return _table(shared.get("gap", lambda: _sampled(space, algorithm, ks, seed).reset_index().to_numpy())), None
    tree = stages.get("tree", lambda: algorithm.grow(space))
    return _sampled(space, algorithm, ks, seed).join(jumps(tree, ks), how="outer"), tree


def _sampled(space: np.ndarray, algorithm: Any, ks: list[int], seed: int) -> pd.DataFrame:
    sample, partitions = sample_of(space, seed), partitions_like(algorithm)
    return gap_curve(sample, ks, partitions, seed).join(strength_curve(sample, ks, partitions, seed), how="outer")


def _table(values: np.ndarray) -> pd.DataFrame:
    """The measures as they were before they went through the cache."""
    table = pd.DataFrame(values, columns=["k", "gap", "gap_error", "prediction_strength"])
    return table.astype({"k": int}).set_index("k")
