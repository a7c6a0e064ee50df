"""Tables that look like the customers but hold no segments: what a search finds in them too is no finding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.decomposition import PCA

from segkit.evidence.search import best_score

# With fewer, one lookalike that does well by chance decides.
DRAWS = 49
# The test compares like with like, so few rows do: finding segments in them is a little harder, for both.
MOST_ROWS = 500


@dataclass(frozen=True)
class NullTest:
    """The best score of a search in the real table, and of the same search in each lookalike.

    `p` is the share of tables that do as well as the real one, which counts itself.
    """

    real: float
    lookalikes: tuple[float, ...]

    @property
    def p(self) -> float:
        """1 / (draws + 1) if no lookalike comes near."""
        as_good = sum(score >= self.real for score in self.lookalikes)
        return (1 + as_good) / (1 + len(self.lookalikes))

    @property
    def usual(self) -> float:
        """What a lookalike scores on average."""
        return float(np.mean(self.lookalikes))


def null_test(typed: pd.DataFrame, preprocessing: Any, draws: int = DRAWS, seed: int = 0) -> NullTest:
    """Search the customers and their lookalikes for segments in the same way, and compare the best that is found.

    `typed` holds numbers as floats and categories as objects; `preprocessing` is what makes a matrix of that, fitted
    anew on every table. The search is part of the test: Ward, and k-means from there, on all dimensions and on three
    main directions, for 2 to 7 segments, by silhouette, segments under 2 % not counting. (Mixtures as well would take
    five times as long and find less: in a lookalike now and then a freak of theirs scores high.)
    """
    rng = np.random.default_rng(seed)
    sample = typed.sample(min(len(typed), MOST_ROWS), random_state=seed)
    matrices = (np.asarray(clone(preprocessing).fit_transform(table)) for table in _tables(sample, draws, rng))
    real, *others = (best_score(np.asarray(matrix, dtype=float)) for matrix in matrices)
    return NullTest(real, tuple(others))


def _tables(sample: pd.DataFrame, draws: int, rng: np.random.Generator) -> Iterator[pd.DataFrame]:
    yield sample
    draw = lookalikes(sample, rng)
    yield from (draw() for _ in range(draws))


def lookalikes(typed: pd.DataFrame, rng: np.random.Generator) -> Callable[[], pd.DataFrame]:
    """What draws tables with the values of each column and the rank correlations between columns, and nothing else.

    A Gaussian copula. Levels stand in the order in which they go with the numbers; gaps are where they were.
    """
    numbers = pd.DataFrame({name: _as_numbers(typed, name) for name in typed.columns}, index=typed.index)
    correlations = _latent(numbers, rng)
    ordered = {name: typed[name].dropna().iloc[numbers[name].dropna().argsort()].to_numpy() for name in typed.columns}

    def draw() -> pd.DataFrame:
        ranked = pd.DataFrame(_normals(correlations, len(typed), rng), typed.index, typed.columns)
        ranks = ranked.where(numbers.notna()).rank(method="first")
        return pd.DataFrame({name: _valued(ranks[name], values) for name, values in ordered.items()}).astype(
            typed.dtypes
        )

    return draw


def _valued(ranks: pd.Series, values: np.ndarray) -> pd.Series:
    column = pd.Series(np.nan, ranks.index, dtype=values.dtype if values.dtype.kind == "f" else object)
    drawn = ranks.dropna().astype(int)
    column.loc[drawn.index] = values[drawn.to_numpy() - 1]
    return column


def _latent(numbers: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Correlations of normals that give these columns the rank correlations that they have.

    Many equal values (zeros, levels) weaken what comes out, so it is measured once on a draw and made up for.
    """
    wanted = _rank_correlations(numbers)
    drawn = pd.DataFrame(_normals(wanted, 4 * len(numbers), rng), columns=numbers.columns)
    values = {name: np.nanquantile(numbers[name], drawn[name].rank(pct=True), method="nearest") for name in numbers}
    found = _rank_correlations(pd.DataFrame(values))
    stronger = np.clip(np.divide(wanted, found, out=np.ones_like(wanted), where=np.abs(found) > 0.05), 1, 2)
    latent = np.clip(wanted * stronger, -0.99, 0.99)
    np.fill_diagonal(latent, 1.0)
    return latent


def _rank_correlations(numbers: pd.DataFrame) -> np.ndarray:
    correlations = numbers.corr("spearman", min_periods=20).fillna(0.0).to_numpy(copy=True)
    np.fill_diagonal(correlations, 1.0)
    return correlations


def _normals(correlations: np.ndarray, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Draws of normals; of correlations that no table can have the nearest that one can."""
    values, vectors = np.linalg.eigh(correlations)
    return np.asarray(rng.standard_normal((rows, len(values))) @ (vectors * np.sqrt(np.maximum(values, 0))).T)


def _as_numbers(typed: pd.DataFrame, name: str) -> pd.Series:
    """A column as numbers to rank by: a level's is where its customers mostly stand."""
    column = typed[name]
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    return _first_direction(typed).groupby(column).transform("mean").where(column.notna())


def _first_direction(typed: pd.DataFrame) -> pd.Series:
    """Where customers stand on what most numbers say together; in the order of the table where there are no numbers."""
    numbers = typed.select_dtypes("number").dropna(axis=1, how="all")
    if numbers.empty:
        return pd.Series(np.arange(len(typed), dtype=float), typed.index)
    ranks = numbers.fillna(numbers.median()).rank()
    return pd.Series(PCA(1, random_state=0).fit_transform(ranks)[:, 0], typed.index)
