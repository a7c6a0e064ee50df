"""The ways of choosing k: each reads one curve over k and says a k, or none, with the reason in a few words.

A curve is a series or frame indexed by the k that were tried, in rising order, with no gaps.
"""

import numpy as np
import pandas as pd

# What a way says: a k, or None where it has nothing to say, and why.
Said = tuple[int | None, str]

# A knee less far from the chord, on axes that run from 0 to 1, is taken for none.
_LEAST_BEND = 0.1
# At least so often segments have to come out again: the usual line for both measures.
STABLE = 0.8


def knee(inertia: pd.Series) -> Said:
    """Where the curve lies furthest below the line from its first to its last point, both axes from 0 to 1."""
    across = (inertia.index - inertia.index[0]) / (inertia.index[-1] - inertia.index[0])
    fallen = inertia.iloc[0] - inertia.iloc[-1]
    if fallen <= 0:
        return None, "no bend: more segments do not lower the inertia"
    bend = (inertia.iloc[0] - inertia.to_numpy()) / fallen - across.to_numpy()
    place = int(np.argmax(bend))
    if bend[place] < _LEAST_BEND:
        return None, "no bend: the inertia falls in a straight line"
    return int(inertia.index[place]), f"the bend, {bend[place]:.2f} below a straight line"


def highest(values: pd.Series) -> Said:
    """The k with the highest value."""
    return _at(values, int(np.argmax(values.to_numpy())), "highest")


def lowest(values: pd.Series) -> Said:
    """The k with the lowest value."""
    return _at(values, int(np.argmin(values.to_numpy())), "lowest")


def first_gap(gaps: pd.DataFrame) -> Said:
    """The smallest k whose gap is no less than that of the next k less its error (Tibshirani, Walther and Hastie).

    `gaps` has the columns gap and gap_error. k = 1, no segments, is said only where no k at all beats it: where many
    segments lie evenly around, two of them are no better than one, and the rule alone would stop there.
    """
    gap, reach = gaps["gap"].to_numpy(), (gaps["gap"] - gaps["gap_error"]).to_numpy()
    if gaps.index[0] == 1 and (gap[0] >= reach[1:]).all():
        return 1, "no more compact than evenly spread customers: no segments"
    ks = gaps.index.tolist()
    place = next((one for one in range(len(ks) - 1) if ks[one] > 1 and gap[one] >= reach[one + 1]), None)
    if place is None:
        return None, f"the gap still grows at k = {ks[-1]}, the largest tried"
    return ks[place], f"gap {gap[place]:.2f}, and {ks[place + 1]} segments gain no more than chance"


def largest_stable(stability: pd.Series) -> Said:
    """The largest k whose segments come out again; where none do, the k whose segments do so best."""
    stable = stability[stability >= STABLE]
    if len(stable):
        return int(stable.index[-1]), f"the largest k of at least {STABLE:g} ({stable.iloc[-1]:.2f})"
    best = int(np.argmax(stability.to_numpy()))
    return int(stability.index[best]), f"most stable ({stability.iloc[best]:.2f}), though below {STABLE:g}"


def largest_predicted(strength: pd.Series) -> Said:
    """The largest k of which one half of the customers predicts the other's segments; 1 where no k does.

    Tibshirani and Walther: all customers in one segment are predicted perfectly.
    """
    strong = strength[strength >= STABLE]
    if len(strong):
        return int(strong.index[-1]), f"the largest k of at least {STABLE:g} ({strong.iloc[-1]:.2f})"
    return 1, f"no k reaches {STABLE:g} (best {strength.max():.2f}): no segments that halves agree on"


def highest_jump(jumps: pd.Series) -> Said:
    """The k whose branches stay apart longest: the next merge is the highest as a multiple of the one before."""
    place = int(np.argmax(jumps.to_numpy()))
    k, times = int(jumps.index[place]), jumps.iloc[place]
    return k, f"the merge to {k - 1} is {times:.2f} times as high as the one before{_edge(jumps, place)}"


def _at(values: pd.Series, place: int, word: str) -> Said:
    return int(values.index[place]), f"{word} ({values.iloc[place]:.4g}){_edge(values, place)}"


def _edge(values: pd.Series, place: int) -> str:
    """That beyond what was tried it might be better still."""
    if place == len(values) - 1:
        return ", at the largest k tried"
    return ", at the smallest k tried" if place == 0 and values.index[0] > 2 else ""
