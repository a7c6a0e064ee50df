"""Which columns a report shows one by one: those that tell segments apart, and those that people ask for."""

from collections import Counter

import pandas as pd

from segkit.profiles.words import spoken
from segkit.report.portrait import Portrait

# More would be a catalogue; the others stand in the profile, the heat map and the spreadsheet.
_MOST = 8
# A number with so few values is counted, not measured: children, say.
_COUNTED = 7


def numbers_shown(portrait: Portrait) -> list[str]:
    """The numbers in which some segment differs most, the most telling first."""
    return _telling(portrait, [name for name in _numbers(portrait) if portrait.typed[name].nunique() > _COUNTED])


def answers_shown(portrait: Portrait) -> list[str]:
    """Categories, and numbers of few values, in which some segment differs most."""
    numbers = _numbers(portrait)
    counted = [name for name in numbers if 2 < portrait.typed[name].nunique() <= _COUNTED]
    words = [str(name) for name in portrait.typed if str(name) not in numbers and portrait.typed[name].nunique() > 1]
    return _telling(portrait, [*words, *counted])


def column_titles(portrait: Portrait) -> dict[str, str]:
    """Columns under the words for them; those that would share a title keep their own names."""
    said = {str(name): spoken(str(name)) for name in portrait.typed}
    shared = {title for title, count in Counter(said.values()).items() if count > 1}
    return {name: name if title in shared else title for name, title in said.items()}


def in_words(portrait: Portrait, name: str) -> pd.Series:
    """A column as it is drawn: under its title, and ranks as the levels that they stand for."""
    values = portrait.typed[name].rename(spoken(name))
    levels = next((column.levels for column in portrait.dataset.columns if column.name == name and column.levels), ())
    if not levels:
        return values
    known = values.where(values.isin(range(len(levels))))
    codes = known.fillna(-1).astype(int).to_numpy()
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(levels), ordered=True), values.index, name=values.name)


def yes_or_no(portrait: Portrait) -> pd.DataFrame:
    """Columns of 0 and 1: outcomes first, then answers to campaigns and the like."""
    found = [str(name) for name in portrait.targets if _is_flag(portrait.targets[name])]
    others = [name for name in _numbers(portrait) if _is_flag(portrait.typed[name]) and name not in found]
    parts = [portrait.targets[found], portrait.typed[_telling(portrait, others)]]
    return pd.concat(parts, axis=1)


def _numbers(portrait: Portrait) -> list[str]:
    return [str(name) for name in portrait.typed.select_dtypes("number")]


def _is_flag(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and set(values.dropna().unique()) == {0.0, 1.0}


def _telling(portrait: Portrait, names: list[str]) -> list[str]:
    """The columns with the largest effects, largest first."""
    effects = portrait.profiles["effect"].abs().groupby(portrait.profiles["column"]).max()
    known = [name for name in names if effects.get(name, 0.0) > 0]
    return sorted(known, key=lambda name: -float(effects[name]))[:_MOST]
