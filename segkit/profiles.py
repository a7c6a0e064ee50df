"""Who the segments are: their size, their typical values, what marks them, and a short name."""

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from segkit.segments import NOISE

UNASSIGNED = "unassigned"
# Deviations below this are rounding, not traits: with one segment everyone is average.
_ROUNDING = 1e-9


def describe_segments(
    typed: pd.DataFrame,
    labels: np.ndarray,
    beside: pd.DataFrame | None = None,
    weights: pd.Series | None = None,
    fitted: np.ndarray | None = None,
) -> pd.DataFrame:
    """One row per segment: customers, share, name, then the mean of each number and the share of each level.

    `typed` is what TypedColumns makes of the raw feature columns, so values are in the units that the reader knows;
    names come from these. `beside` holds columns that were not fitted and are described too. `weights` say how many
    customers each row stands for. `fitted` are the labels that the algorithm gave, counted beside the assigned ones.
    """
    traits = trait_table(typed)
    weights = pd.Series(1, index=range(len(labels))) if weights is None else weights.reset_index(drop=True)
    sizes = weights.groupby(labels).sum()
    names = name_segments(effects(traits, labels))
    table = pd.DataFrame(
        {"segment": sizes.index, "customers": sizes.to_numpy(), "share": sizes.to_numpy() / weights.sum()}
    )
    table.insert(1, "name", [names.get(int(segment), UNASSIGNED) for segment in sizes.index])
    if fitted is not None:
        table["fitted"] = [int((fitted == segment).sum()) for segment in sizes.index]
    described = traits if beside is None else pd.concat([traits, trait_table(beside)], axis=1)
    means = _weighted_means(described.reset_index(drop=True), labels, weights).reset_index(drop=True)
    means.columns = [f"{name} (mean)" if name in table else str(name) for name in means.columns]
    return pd.concat([table, means], axis=1)


def trait_table(typed: pd.DataFrame) -> pd.DataFrame:
    """Every column as numbers: numeric ones as they are, one share column per category level (rare ones left out)."""
    numbers = typed.select_dtypes("number")
    levels = [_level_shares(typed[name]) for name in typed.columns.difference(numbers.columns, sort=False)]
    return pd.concat([numbers, *levels], axis=1)


def effects(traits: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """Per segment and trait, how far its mean lies from everyone's, in standard deviations."""
    spread = traits.std(ddof=0).replace(0, np.nan)
    deviation = (traits - traits.mean()) / spread
    return deviation.groupby(labels).mean().drop(index=NOISE, errors="ignore").dropna(axis=1)


def name_segments(deviations: pd.DataFrame) -> dict[int, str]:
    """A short, distinct name for each segment from its strongest traits ("high spend wine, low kids at home").

    Where the two strongest are those of a segment before, whatever their order, the second gives way to one that tells
    the two apart.
    """
    names: dict[int, str] = {}
    taken: dict[frozenset[str], Mapping[Hashable, float]] = {}
    for segment, row in zip(deviations.index.astype(int), deviations.to_dict(orient="records"), strict=True):
        traits = next(_combinations(row, taken), ())
        names[segment] = ", ".join(traits) if traits else f"segment {len(names)}"
        taken[frozenset(traits)] = row
    return names


def _weighted_means(traits: pd.DataFrame, labels: np.ndarray, weights: pd.Series) -> pd.DataFrame:
    sums = traits.mul(weights, axis=0).groupby(labels).sum()
    return sums / traits.notna().mul(weights, axis=0).groupby(labels).sum().replace(0, np.nan)


def _combinations(
    row: Mapping[Hashable, float], taken: Mapping[frozenset[str], Mapping[Hashable, float]]
) -> Iterator[tuple[str, ...]]:
    """Up to two traits in words, the best first, that no segment before is called by."""
    phrases = _phrases(row, row)
    usual = tuple(phrases[:2])
    rival = taken.get(frozenset(usual))
    telling = _phrases(row, {trait: value - rival[trait] for trait, value in row.items()}) if rival else []
    others = [(phrases[0], phrase) for phrase in telling if phrase != phrases[0]]
    known = [usual, *others, *combinations(phrases, 2)]
    yield from (traits for traits in known if traits and frozenset(traits) not in taken)


def _phrases(row: Mapping[Hashable, float], strength: Mapping[Hashable, float]) -> list[str]:
    """Traits in words, the strongest first; none that is average, or weaker than what it is compared with."""
    marked = [trait for trait, value in row.items() if abs(value) > _ROUNDING and value * strength[trait] > _ROUNDING]
    return [_phrase(str(trait), row[trait]) for trait in sorted(marked, key=lambda trait: -abs(strength[trait]))]


def _level_shares(values: pd.Series, least: float = 0.02) -> pd.DataFrame:
    """One 0/1 column per level that at least `least` of the customers have, and two of them: names are no one's own."""
    counts = values.value_counts()
    common = counts[(counts >= 2) & (counts / counts.sum() >= least)]
    return pd.DataFrame({f"{values.name}={level}": values.eq(level).astype(float) for level in common.index})


def _phrase(trait: str, value: float) -> str:
    column, _, level = trait.partition("=")
    readable = column.replace("_", " ")
    if level:
        return f"{'more' if value > 0 else 'fewer'} {readable} {level}"
    return f"{'high' if value > 0 else 'low'} {readable}"
