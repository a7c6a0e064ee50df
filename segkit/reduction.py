"""What a reducer keeps of the matrix: how much variance, which neighbours, and what its components stand for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD
from sklearn.manifold import trustworthiness

from segkit.blocks import by_columns
from segkit.reducers import FAMD, CommonFactors

# Of so many customers the neighbours are looked at: 10 ms, once for each embedding.
_MOST_COMPARED = 400
_NEIGHBOURS = 5
_MOST_DIRECTIONS = 20


def reduction_measures(reducer: Any, matrix: np.ndarray, embedding: np.ndarray) -> dict[str, float]:
    """`explained_variance` and `trustworthiness`, where they are defined; nothing of what was not reduced.

    `reducer` is the fitted one, which may have forgotten what it learnt; `matrix` and `embedding` are the same rows.
    """
    if isinstance(reducer, str):
        return {}
    explained = explained_variance(reducer)
    measures = {} if explained is None else {"explained_variance": explained}
    rows = np.sort(np.random.default_rng(0).permutation(len(matrix))[:_MOST_COMPARED])
    kept = _trustworthiness(*_content(matrix[rows]), *_content(embedding[rows]))
    measures |= {} if kept is None else {"trustworthiness": kept}
    most = getattr(reducer, "fit_rows", None)
    return measures | ({"reducer_rows": float(most)} if most is not None and most < len(matrix) else {})


def explained_variance(reducer: Any) -> float | None:
    """The share of the matrix's variance that the components keep; of factor analysis, what its factors have in common.

    None for reducers that know no such share.
    """
    factors = factors_of(reducer)
    if factors is not None:
        common = float((factors.components_**2).sum())
        return common / (common + float(factors.noise_variance_.sum()))
    # Of a reducer that has forgotten what it learnt some properties can't be read.
    shares = getattr(reducer, "explained_variance_ratio_", None) if hasattr(reducer, "n_features_in_") else None
    return None if shares is None or not np.isfinite(shares).all() else float(np.sum(shares))


def factors_of(reducer: Any) -> FactorAnalysis | None:
    """The fitted factor analysis inside a reducer, if it is one."""
    inside = getattr(reducer, "factor_analysis_", reducer)
    return inside if isinstance(inside, FactorAnalysis) and hasattr(inside, "components_") else None


def directions(reducer: Any, matrix: np.ndarray) -> np.ndarray:
    """The share of the variance in each direction: of all that are kept, and of what else there is up to 20 in all."""
    most = max(_MOST_DIRECTIONS, reducer.transform(matrix[:1]).shape[1])
    if isinstance(reducer, TruncatedSVD):
        wide = clone(reducer).set_params(n_components=min(most, *matrix.shape), algorithm="randomized")
        return np.asarray(wide.fit(matrix).explained_variance_ratio_)
    columns = _reduced(reducer, matrix)
    return np.asarray(PCA().fit(columns).explained_variance_ratio_[:most])


def loadings(reducer: Any, matrix: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Component x column: the correlation of each column of the matrix with each component; of factors, their loadings.

    Both are between -1 and 1 (a factor's may lie a little beyond). Columns that do not vary are left out.
    """
    scores, columns, factors = reducer.transform(matrix), _reduced(reducer, matrix), factors_of(reducer)
    if isinstance(reducer, FAMD):
        names = reducer.weighted_names(names)
    if isinstance(reducer, CommonFactors):
        names = [names[place] for place in reducer.places_]
    spreads = by_columns(lambda part: part.std(axis=0), columns)
    varies = spreads > np.finfo(float).eps * by_columns(lambda part: np.abs(part).max(axis=0), columns)
    if factors is not None:
        found = factors.components_[:, varies] / spreads[varies]
    else:
        standard = _standardised(scores).T
        varied = columns if varies.all() else columns[:, varies]
        found = by_columns(lambda part: standard @ _standardised(part) / len(matrix), varied)
    kept = [name for name, known in zip(names, varies, strict=True) if known]
    return pd.DataFrame(found, index=range(1, len(found) + 1), columns=kept).rename_axis("component")


def _reduced(reducer: Any, matrix: np.ndarray) -> np.ndarray:
    """The columns that the reducer itself reduces: ours first make of the matrix what they want."""
    if isinstance(reducer, FAMD):
        return reducer.weighted(matrix)
    return matrix[:, reducer.places_] if isinstance(reducer, CommonFactors) else matrix


def _standardised(values: np.ndarray) -> np.ndarray:
    spreads = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spreads > 0, spreads, 1.0))


def _content(rows: np.ndarray) -> tuple[bytes, tuple[int, ...]]:
    return np.ascontiguousarray(rows, dtype=float).tobytes(), rows.shape


@lru_cache(maxsize=2)  # the same for every run that shares the embedding, which a worker does in a row
def _trustworthiness(matrix: bytes, wide: tuple[int, ...], embedding: bytes, flat: tuple[int, ...]) -> float | None:
    """How far neighbours in the embedding were neighbours before: 1 all of them, .5 by chance."""
    neighbours = min(_NEIGHBOURS, (wide[0] - 1) // 2)
    if neighbours < 1:
        return None
    before, after = (np.frombuffer(content).reshape(shape) for content, shape in ((matrix, wide), (embedding, flat)))
    return float(trustworthiness(before, after, n_neighbors=neighbours))
