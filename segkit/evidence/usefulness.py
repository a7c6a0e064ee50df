"""How far segments tell what became of customers, or what they are worth: something that was not fitted."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from segkit.data import Dataset
from segkit.evidence.reading import made_of, read_columns

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

BINARY, NUMERIC, CATEGORICAL = "binary", "numeric", "categorical"
_FOLDS = 5
# Of an answer that fewer gave, or gave otherwise, nothing can be told.
_FEWEST = 20
# So many customers at the overall mean join each segment, lest a few withheld ones be judged by a few others.
_SHRUNK_BY = 10.0


def targets_of(dataset: Dataset) -> pd.DataFrame:
    """Outcomes, and columns of value that were not fitted nor made of what was, of all customers."""
    fitted = made_of(dataset, [column.name for column in dataset.feature_columns])
    values = [name for name in dataset.used_as("value") if not made_of(dataset, [name]) & fitted]
    return read_columns(dataset, [*dataset.used_as("outcome"), *values])


def usefulness(labels: np.ndarray, targets: pd.DataFrame) -> dict[str, float]:
    """How far the segments separate each target; see `separation`."""
    return {str(name): separation(labels, targets[name]) for name in targets.columns}


def kind_of(target: pd.Series) -> str:
    """What `separation` makes of a target, which says what its number means; "" where it cannot be measured.

    >>> kind_of(pd.Series(["yes", "no"] * 20)), kind_of(pd.Series(range(50))), kind_of(pd.Series([1.0] * 50))
    ('binary', 'numeric', '')
    """
    counts, is_number = _counts(target), pd.api.types.is_numeric_dtype(target)
    if len(counts) > 2 and is_number:
        return NUMERIC if counts.sum() - counts.iloc[0] >= _FEWEST else ""
    if (counts >= _FEWEST).sum() < 2:
        return ""
    return BINARY if len(counts) == 2 else CATEGORICAL


def separation_words(kind: str, measured: float) -> str:
    """The measure for a reader.

    >>> [separation_words(kind, 0.316) for kind in ("binary", "numeric", "categorical", "")]
    ['AUC .32', 'explains 32 %', 'mean AUC .32', 'not measurable']
    """
    if not kind or np.isnan(measured):
        return "not measurable"
    if kind == NUMERIC:
        return f"explains {100 * measured:.0f} %"
    auc = f"AUC {measured:.2f}".replace("0.", ".")
    return auc if kind == BINARY else f"mean {auc}"


def separation(labels: np.ndarray, target: pd.Series) -> float:
    """How far the segments separate a target, judged on customers whose answers the segments were not told.

    Each fifth of the customers is told from the means of its segments among the others; small segments lean on the
    mean of all. Of two answers: the area under the ROC curve, .5 is chance. Of a number: the share of its variance that
    the segments explain, 0 is nothing. Of more answers: the mean area of each against the others. Customers without an
    answer are left out, unassigned ones are a segment. NaN where nothing can be told: a single answer, say.

    >>> bought = pd.Series([0.0, 1.0] * 100)
    >>> separation(bought.to_numpy(), bought), separation(np.zeros(200), bought)
    (1.0, 0.5)
    """
    kind, known = kind_of(target), target.notna().to_numpy()
    segments, answers = pd.factorize(labels[known])[0].astype(np.int64), target[known]
    if not kind:
        return float("nan")
    if kind == NUMERIC:
        return _explained(segments, answers.to_numpy(dtype=float))
    levels = [level for level, count in _counts(answers).items() if count >= _FEWEST]
    told = levels[:1] if kind == BINARY else levels  # the other of two is told just as well
    return float(np.mean([_area(segments, (answers == level).to_numpy()) for level in told]))


def _counts(target: pd.Series) -> pd.Series:
    """How many gave each answer, the most frequent first."""
    counts = target.value_counts()
    return counts[counts > 0]


def _explained(segments: Codes, values: Floats) -> float:
    told, by_all = np.empty(len(values)), np.empty(len(values))
    for withheld in _folds(values):
        told[withheld], by_all[withheld] = _told(segments, values, withheld)
    return max(0.0, 1 - float(((values - told) ** 2).sum() / ((values - by_all) ** 2).sum()))


def _area(segments: Codes, answered: npt.NDArray[np.bool_]) -> float:
    """Mean area over the folds: scores of different folds, each with its own mean, would not compare."""
    values = answered.astype(float)
    return float(np.mean([_auc(_told(segments, values, fold)[0], answered[fold]) for fold in _folds(values)]))


def _auc(scores: Floats, answered: npt.NDArray[np.bool_]) -> float:
    """The share of pairs, one who answered so and one who did not, in which the first has the higher score."""
    yes, no = int(answered.sum()), int((~answered).sum())
    return float((rankdata(scores)[answered].sum() - yes * (yes + 1) / 2) / (yes * no))


def _told(segments: Codes, values: Floats, withheld: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """What the others say of those withheld: the mean of the segment of each, and the mean of all."""
    others, size = ~withheld, int(segments.max()) + 1
    mean = float(values[others].mean())
    sums = np.bincount(segments[others], values[others] - mean, minlength=size)
    counts = np.bincount(segments[others], minlength=size)
    return mean + (sums / (counts + _SHRUNK_BY))[segments[withheld]], mean


def _folds(values: Floats) -> list[npt.NDArray[np.bool_]]:
    """Which customers each fold withholds: of neighbouring values, by chance, as many in each."""
    order = np.lexsort((np.random.default_rng(0).random(len(values)), values))
    fold = np.empty(len(values), dtype=np.int64)
    fold[order] = np.arange(len(values)) % _FOLDS
    return [fold == part for part in range(_FOLDS)]
