"""Which levels a category has, and how many customers are in each."""

from dataclasses import dataclass

import pandas as pd

from segkit.explore.values import Values
from segkit.explore.words import short_share

_MOST_SHOWN = 8
_YES = ("1", "yes", "y", "true", "t", "ja", "oui")


@dataclass(frozen=True)
class Level:
    """One level: its name, its share from 0 to 1, and that share in words."""

    name: str
    part: float
    words: str


@dataclass(frozen=True)
class LevelSummary:
    """One category: its most frequent levels (all of an ordered one, in order), and what is not shown."""

    name: str
    levels: tuple[Level, ...]
    rest: str


@dataclass(frozen=True)
class FlagSummary:
    """One column of two values: the one that says yes, or else the rarer one, and the other."""

    name: str
    yes: Level
    no: Level


def level_summaries(values: Values) -> list[LevelSummary]:
    """One summary per category or ordered column with more or fewer than two levels."""
    orders = {column.name: column.levels for column in values.columns}
    shares = {name: _shares(column) for name, column in _known(values).items()}
    return [_summary(name, found, orders[name]) for name, found in shares.items() if len(found) != 2]


def flag_summaries(values: Values) -> list[FlagSummary]:
    """One summary per column of two values."""
    shares = {name: _shares(column) for name, column in _known(values).items()}
    return [_flag(name, found) for name, found in shares.items() if len(found) == 2]


def _known(values: Values) -> dict[str, pd.Series]:
    columns = {str(name): column.dropna() for name, column in values.levels.items()}
    return {name: column for name, column in columns.items() if len(column)}


def _shares(known: pd.Series) -> pd.Series:
    return known.astype("object").map(str).value_counts(normalize=True)


def _summary(name: str, shares: pd.Series, order: tuple[str, ...]) -> LevelSummary:
    if order:
        shares = shares.reindex([level for level in order if level in shares.index])
    shown, others = shares.iloc[:_MOST_SHOWN], shares.iloc[_MOST_SHOWN:]
    if len(others) == 1:  # a line that says "1 more" is no shorter than the level
        shown, others = shares, others.iloc[:0]
    rest = f"{len(others)} more: {short_share(float(others.sum()))}" if len(others) else ""
    return LevelSummary(name, tuple(_level(level, part) for level, part in shown.items()), rest)


def _flag(name: str, shares: pd.Series) -> FlagSummary:
    yes = next((level for level in shares.index if str(level).lower() in _YES), shares.index[-1])
    no = next(level for level in shares.index if level != yes)
    return FlagSummary(name, _level(yes, shares[yes]), _level(no, shares[no]))


def _level(name: object, part: float) -> Level:
    return Level(str(name), float(part), short_share(float(part)))
