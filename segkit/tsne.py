"""A t-SNE picture of a run's customers: to look at, never to cluster."""

from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from segkit.data import Dataset
from segkit.model import SegmentationModel
from segkit.plots.reduction import neighbourhoods
from segkit.runs import RunResult

_MOST = 2000
_PERPLEXITY = 30.0


def with_tsne(result: RunResult, dataset: Dataset, model: SegmentationModel, seed: int) -> RunResult:
    """The result of a run with the picture `tsne` of a sample of its customers; `model` is the run's, fitted."""
    from sklearn.manifold import TSNE  # late: hardly any run draws one

    rows = np.sort(np.random.default_rng(seed).permutation(len(dataset.features))[:_MOST])
    matrix = np.asarray(model.pipeline_["preprocessing"].transform(dataset.features.iloc[rows]), dtype=float)
    with threadpool_limits(1):
        perplexity = min(_PERPLEXITY, (len(rows) - 1) / 3)
        points = TSNE(perplexity=perplexity, init="pca", random_state=seed, n_jobs=1).fit_transform(matrix)
    return replace(result, figures={**result.figures, "tsne": neighbourhoods(points, model.labels_[rows])})
