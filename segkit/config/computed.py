"""From a composed configuration to the result of its run."""

from typing import Any

from segkit import runs
from segkit.config.pieces import build_model
from segkit.data import Dataset
from segkit.influence import with_influence
from segkit.runs import RunResult
from segkit.spaces import with_space
from segkit.tracking.store import Store
from segkit.tsne import with_tsne


def computed(config: Any, dataset: Dataset, store: Store, alone: bool) -> RunResult:
    """The run, with what is asked for beside it; nothing is logged. `alone`: it is no run of a sweep."""
    model = build_model(config, dataset, store)
    result = runs.run(dataset, model, config.silhouette_rows)
    if config.influence:
        result = with_influence(result, dataset, build_model(config, dataset, store))
    if config.tsne:
        result = with_tsne(result, dataset, model, config.seed)
    if alone:  # of a sweep's runs many share a space, which its parent shows once
        result = with_space(result, dataset, model)
    return result
