"""Segmentations that need no algorithm. One that does should tell more than they do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.evidence.reading import made_of, made_of_log, read_columns
from segkit.evidence.recognised import age_column, spending
from segkit.evidence.usefulness import usefulness
from segkit.segments import NOISE

Labels = npt.NDArray[np.int64]
_QUARTERS = (0.25, 0.5, 0.75)
_YEARS = 5


@dataclass(frozen=True, eq=False)
class Rival:
    """A segmentation by rule: each customer's segment (-1 where the rule knows nothing of him) and what it is about.

    `segments` names the segments, in the order of their numbers; `columns` are those that the rule asks, and that
    these are made of.
    """

    name: str
    labels: Labels
    about: str
    segments: tuple[str, ...]
    columns: frozenset[str]


def rivals(dataset: Dataset) -> list[Rival]:
    """What the data set allows of: segmentations in use today, age bands, spending quarters, RFM cells of a log.

    A column of a protected attribute, or one that is left out, makes no rival.
    """
    found = (*_existing(dataset), *_age_bands(dataset), *_spending_quarters(dataset), *_rfm_cells(dataset))
    return [rival for rival in found if len(rival.segments) > 1]


def measured(rivals: Sequence[Rival], targets: pd.DataFrame) -> pd.DataFrame:
    """One row per rival: name, about, segments, and how far it separates each target.

    A rival that is made of a target knows it beforehand, so that its number is missing.
    """
    return pd.DataFrame([_row(rival, targets) for rival in rivals], columns=["name", "about", "segments", *targets])


def _row(rival: Rival, targets: pd.DataFrame) -> dict[str, object]:
    said = {"name": rival.name, "about": rival.about, "segments": len(rival.segments)}
    fair = targets.drop(columns=[name for name in targets if name in rival.columns])
    return {**said, **usefulness(rival.labels, fair)}


def _existing(dataset: Dataset) -> Iterator[Rival]:
    for name in dataset.used_as("existing"):
        codes, levels = pd.factorize(read_columns(dataset, [name])[name], sort=True)
        told = tuple(f"{level:g}" if isinstance(level, float) else str(level) for level in levels)
        columns = frozenset(made_of(dataset, [name]))
        yield Rival(name, codes.astype(np.int64), f"{name}, in use today", told, columns)


def _age_bands(dataset: Dataset) -> Iterator[Rival]:
    """Bands of years, about a quarter of the customers in each."""
    if column := age_column(dataset):
        years = read_columns(dataset, [column.name])[column.name]
        limits = (years.quantile(_QUARTERS) / _YEARS).round() * _YEARS
        columns = frozenset(made_of(dataset, [column.name]))
        yield _banded("age bands", column.name, years, limits, columns)


def _spending_quarters(dataset: Dataset) -> Iterator[Rival]:
    if found := spending(dataset):
        money, columns = found
        limits = money.quantile(_QUARTERS)
        yield _banded("spending quarters", str(money.name), money, limits, frozenset(columns))


def _banded(name: str, what: str, values: pd.Series, limits: pd.Series, columns: frozenset[str]) -> Rival:
    """Bands between those limits that part some customers from others; a limit belongs to the band above it."""
    cuts = [limit for limit in limits.unique().tolist() if values.min() < limit <= values.max()]
    labels = np.where(values.isna(), NOISE, np.searchsorted(cuts, values, side="right")).astype(np.int64)
    bands = _band_names(cuts)
    return Rival(name, labels, f"{what}: {', '.join(bands)}", bands, columns)


def _band_names(limits: Sequence[float]) -> tuple[str, ...]:
    """Bands in words.

    >>> _band_names([35.0, 45.0])
    ('below 35', '35 to 45', 'from 45')
    """
    said = [f"{limit:.0f}" if abs(limit) >= 1000 else f"{limit:.4g}" for limit in limits]
    between = [f"{low} to {high}" for low, high in pairwise(said)]
    return (f"below {said[0]}", *between, f"from {said[-1]}") if said else ("all",)


def _rfm_cells(dataset: Dataset) -> Iterator[Rival]:
    """Recency, frequency and money, each above or below its median."""
    names = [made_of_log(dataset, name) for name in ("last_order", "orders", "amount")]
    asked = [name for name in names if name]
    if not asked:
        return
    measures = read_columns(dataset, asked)
    if measures.select_dtypes("number").shape[1] < len(asked):  # of a single day, say: all were there last on that day
        return
    recent = measures[asked[0]] <= measures[asked[0]].median()
    above = [measures[name] > measures[name].median() for name in asked[1:]]
    places = sum(part.astype(int) * 2**place for place, part in enumerate(reversed([recent, *above])))
    words = (("lapsed", "recent"), ("seldom", "often"), ("little", "much"))[: len(asked)]
    cells = [", ".join(cell) for cell in product(*words)]
    codes, held = pd.factorize(np.asarray(places), sort=True)
    about = f"{', '.join(asked)}, each above or below its median"
    told = tuple(cells[place] for place in held)
    yield Rival("RFM cells", codes.astype(np.int64), about, told, frozenset(asked))
