"""How much any two columns tell of each other, numbers or categories, on one scale from 0 to 1."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.findings.cells import ROWS, as_days, as_numbers, filled_text, sampled

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]

_MOST_LEVELS = 50
# Independent columns of n rows show about 1 / sqrt(n), and among the pairs of 60 columns some show 4 times that.
_NOISE = 4.0


def associations(numbers: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """|Spearman| between numbers, correlation ratio of the ranks between number and category, Cramér's V between
    categories; for flags the three are the same. What chance alone would show is 0. Big tables are sampled.
    """
    numbers, levels = sampled(numbers, ROWS), sampled(levels, ROWS)
    ranks = {name: _ranks(values) for name, values in numbers.items()}
    codes = {name: pd.factorize(values)[0].astype(np.intp) for name, values in levels.items()}
    names = [*map(str, ranks), *map(str, codes)]
    found = np.eye(len(names))
    found[: len(ranks), : len(ranks)] = _rank_correlations(pd.DataFrame(ranks, index=numbers.index))
    for (row, first), (column, second) in combinations(enumerate(names), 2):
        if second in codes:
            told = _cramer(codes[first], codes[second]) if first in codes else _ratio(ranks[first], codes[second])
            found[row, column] = found[column, row] = told
    return pd.DataFrame(found, index=names, columns=names)


def typed(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The numbers and the categories of a table of which nothing is known; texts of many kinds are in neither."""
    numbers, levels = {}, {}
    for name in map(str, table.columns):
        values = table[name]
        as_read = _numbers_of(values)
        if as_read is not None:
            numbers[name] = as_read
        elif (text := filled_text(values)).nunique() <= _MOST_LEVELS:
            levels[name] = text
    return pd.DataFrame(numbers, index=table.index), pd.DataFrame(levels, index=table.index)


def _numbers_of(values: pd.Series) -> pd.Series | None:
    if pd.api.types.is_datetime64_any_dtype(values):
        return as_days(values.dt.tz_localize(None) if values.dt.tz is not None else values)
    numbers = as_numbers(values)
    is_number = pd.api.types.is_numeric_dtype(values) or numbers.notna().sum() >= 0.95 * max(values.notna().sum(), 1)
    return numbers if is_number else None


def _ranks(values: pd.Series) -> Floats:
    return np.asarray(values.rank(), dtype=np.float64)


def _rank_correlations(ranks: pd.DataFrame) -> Floats:
    """Of the rows that both columns fill."""
    matrix = ranks.to_numpy()
    if not np.isnan(matrix).any():
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.atleast_2d(np.corrcoef(matrix, rowvar=False)) if len(ranks) > 1 else np.eye(ranks.shape[1])
        rows: Floats | float = float(len(ranks))
    else:
        found, known = ranks.corr(min_periods=3).to_numpy(), (~np.isnan(matrix)).astype(float)
        rows = known.T @ known
    found = _above_chance(np.abs(np.nan_to_num(found)), rows)
    np.fill_diagonal(found, 1.0)
    return found


def _ratio(ranks: Floats, codes: Codes) -> float:
    """How much of the spread of the ranks lies between the levels, without what chance alone puts there."""
    known = ~np.isnan(ranks) & (codes >= 0)
    values, groups = ranks[known], codes[known]
    sizes = np.bincount(groups)
    rows, levels = len(values), int((sizes > 0).sum())
    if levels < 2 or rows <= levels or not values.std():
        return 0.0
    means = np.bincount(groups, weights=values)[sizes > 0] / sizes[sizes > 0]
    between = float(sizes[sizes > 0] @ (means - values.mean()) ** 2 / (rows * values.var()))
    return float(_above_chance(_root(1 - (1 - between) * (rows - 1) / (rows - levels)), rows))


def _cramer(first: Codes, second: Codes) -> float:
    """Cramér's V without the part that chance alone adds (Bergsma 2013)."""
    known = (first >= 0) & (second >= 0)
    width = int(second.max(initial=0)) + 1
    counts = np.bincount(first[known] * width + second[known], minlength=(int(first.max(initial=0)) + 1) * width)
    table = counts.reshape(-1, width).astype(float)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    rows, shape = table.sum(), np.array(table.shape)
    if shape.min() < 2 or rows < 3:
        return 0.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / rows
    square = float(((table - expected) ** 2 / expected).sum() / rows) - float(np.prod(shape - 1)) / (rows - 1)
    most = (shape - (shape - 1) ** 2 / (rows - 1)).min() - 1
    return float(_above_chance(_root(square / most), rows)) if most > 0 else 0.0


def _root(square: float) -> float:
    return float(np.sqrt(min(max(square, 0.0), 1.0)))


def _above_chance(found: Floats | float, rows: Floats | float) -> Floats:
    return np.where(found >= _NOISE / np.sqrt(np.maximum(rows, 1)), found, 0.0)
