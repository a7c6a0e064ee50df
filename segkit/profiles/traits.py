"""Columns of any kind as numbers, and how far each segment lies from everyone in them."""

import warnings

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.blocks import by_columns
from segkit.segments import NOISE

Floats = npt.NDArray[np.float64]

# Levels that fewer have are no traits of anybody.
_LEAST_SHARE = 0.02
_ENOUGH_ROWS = 20_000
_FIRST = 1_000
# What varies by less, as a share of its mean, is one value and rounding.
_ROUNDING = 1e-9


def trait_table(typed: pd.DataFrame) -> pd.DataFrame:
    """Every column as numbers: numeric ones as they are, one share column per category level (rare ones left out)."""
    numbers = typed.select_dtypes("number")
    levels: dict[str, Floats] = {}
    for name in typed.columns.difference(numbers.columns, sort=False):
        levels |= {f"{name}={level}": has for level, has in common_levels(typed[name]).items()}
    return pd.concat([numbers, pd.DataFrame(levels, index=typed.index)], axis=1)


def effects(traits: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """Per segment and trait, how far its mean lies from everyone's, in standard deviations.

    Traits that do not vary, or that nobody of some segment has a value of, are left out.
    """
    mean, spread = by_columns(_mean_and_spread, traits)
    means = segment_means(traits, labels).drop(index=NOISE, errors="ignore")
    with np.errstate(invalid="ignore", divide="ignore"):  # of empty columns
        found = (means.to_numpy() - mean) / np.where(spread > _ROUNDING * np.abs(mean), spread, np.nan)
    told = ~np.isnan(found).any(axis=0)
    return pd.DataFrame(found[:, told], index=means.index, columns=traits.columns[told])


def _mean_and_spread(traits: pd.DataFrame) -> Floats:
    values = traits.to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):  # of empty columns
        mean = np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0)
        spread = np.sqrt(np.where(known, (values - mean) ** 2, 0.0).sum(axis=0) / known.sum(axis=0))
    return np.stack([mean, spread])


def segment_means(traits: pd.DataFrame, labels: np.ndarray, weights: Floats | None = None) -> pd.DataFrame:
    """Per segment, -1 included, the mean of each trait; gaps do not count, and nobody known is a gap."""
    segments = np.unique(labels)
    member = (labels == segments[:, None]) * (1.0 if weights is None else weights)
    means = by_columns(lambda some: _member_means(some, member), traits)
    return pd.DataFrame(means, index=segments, columns=traits.columns)


def _member_means(traits: pd.DataFrame, member: Floats) -> Floats:
    values = traits.to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (member @ np.where(known, values, 0.0)) / (member @ known)


def likeness(traits: pd.DataFrame) -> pd.DataFrame:
    """How far any two traits say the same: the size of their correlation, 0 to 1, gaps taken for average.

    Of many customers every so manieth answers.
    """
    values = traits.iloc[:: max(len(traits) // _ENOUGH_ROWS, 1)].to_numpy(dtype=float, na_value=np.nan)
    with warnings.catch_warnings(action="ignore"), np.errstate(invalid="ignore", divide="ignore"):  # of empty columns
        standard = np.nan_to_num((values - np.nanmean(values, axis=0)) / np.nanstd(values, axis=0))
        length = np.sqrt((standard**2).sum(axis=0))
        found = np.nan_to_num(np.abs(standard.T @ standard) / np.outer(length, length))
    np.fill_diagonal(found, 1.0)
    return pd.DataFrame(found.clip(max=1.0), index=traits.columns, columns=traits.columns)


def is_flag(values: pd.Series) -> bool:
    """Whether a column of numbers says yes (1) or no (0) and nothing else."""
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    return _says_yes_or_no(numbers[:_FIRST]) and _says_yes_or_no(numbers) and not bool(np.isnan(numbers).all())


def _says_yes_or_no(numbers: Floats) -> bool:
    return bool(((numbers == 0) | (numbers == 1) | np.isnan(numbers)).all())


def common_levels(values: pd.Series) -> dict[str, Floats]:
    """The levels that enough customers have, and two of them (names are no one's own), each as 0 and 1, the most
    frequent first."""
    codes, levels = pd.factorize(values)
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    common = np.flatnonzero((counts >= 2) & (counts >= _LEAST_SHARE * counts.sum()))
    ordered = common[np.argsort(-counts[common], kind="stable")]
    return {str(levels[level]): (codes == level).astype(float) for level in ordered}
