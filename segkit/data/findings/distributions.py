"""How the values of single columns are spread: very unevenly, over very rare levels."""

import numpy as np
import pandas as pd

from segkit.data.findings.finding import Finding, counted, listed
from segkit.data.findings.placeholders import means_unknown
from segkit.data.findings.view import View

SKEW = "skew"
_SKEWED = 2.0
_MOSTLY = 0.5
_RARE = 0.01
# In a count of up to three children no value is large.
_FEWEST_VALUES = 10


def skew_findings(view: View) -> list[Finding]:
    """One finding that names the columns in which a few large values would decide, if there are several."""
    names = [
        name for name in view.fitted_of("numeric") if name not in view.id_features and _is_uneven(view.numbers[name])
    ]
    if len(names) < 2:
        return []
    text = f"{len(names)} columns are very skewed or mostly 0 ({listed(names)}): a few large values would decide"
    return [Finding(SKEW, tuple(names), text, "preprocessing=log_skewed")]


def rare_level_findings(view: View) -> list[Finding]:
    """One finding that names the levels that are too rare to be told apart."""
    categories = [name for name in view.fitted_of("categorical") if name in view.levels]
    rare = {name: levels for name in categories if len(levels := _rare_levels(view.levels[name]))}
    if not rare:
        return []
    told = listed(f"{name} ({_named(levels)}: {counted(int(levels.sum()), 'row')})" for name, levels in rare.items())
    text = f"levels with under 1% of the rows each: {told}; those of a column are pooled into one by default"
    return [Finding("rare_levels", tuple(rare), text)]


def _named(levels: pd.Series) -> str:
    """The levels by name, but for those that one customer has: they may be a name or an address."""
    several, single = levels[levels > 1], int((levels == 1).sum())
    names = [listed(several.index, most=4)] if len(several) else []
    return ", ".join([*names, *([f"{counted(single, 'level')} of one row"] if single else [])])


def _is_uneven(numbers: pd.Series) -> bool:
    known = numbers.dropna()
    if known.nunique() < _FEWEST_VALUES:
        return False
    # Only a tail to the right: a logarithm does not help against one to the left.
    with np.errstate(over="ignore", invalid="ignore"):
        return _skewness(known) > _SKEWED or bool((known == 0).mean() > _MOSTLY)


def _skewness(known: pd.Series) -> float:
    centred = (known - known.mean()) / known.std()
    return float((centred**3).mean())


def _rare_levels(text: pd.Series) -> pd.Series:
    """Levels with fewer rows than are told apart, the most frequent first; what means unknown is another finding."""
    counts = text.value_counts()
    told_apart = (counts >= _RARE * len(text)).to_numpy()
    unknown = np.array([means_unknown(str(level)) for level in counts.index], dtype=bool)
    return counts.loc[~told_apart & ~unknown]
