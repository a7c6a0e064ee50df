"""Columns that say the same as another, and groups of columns that mostly say one thing."""

from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from segkit.data.findings.associations import associations, typed
from segkit.data.findings.cells import ROWS, named_once, sampled
from segkit.data.findings.finding import Finding, argument, as_list, listed
from segkit.data.findings.names import words
from segkit.data.findings.sums import totals
from segkit.data.findings.view import View

_SAME = 0.99
# On average two columns of a group tell half of what can be told of each other's order; two columns alone have to
# tell more, for half is soon had and counting them once would take out what only one of them says.
_TOGETHER = 0.5
_TOGETHER_OF_TWO = 0.7
_FEWEST_ROWS = 20
_SAYS_LITTLE = ("number", "total", "count", "amount", "value", "average", "last", "customer", "column")


def groups(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Groups of columns that mostly say one thing, the biggest first; each in the order of the table."""
    table = sampled(named_once(table), ROWS)
    return _grouped(associations(*typed(table)), list(table.columns))


def overlap_findings(view: View) -> list[Finding]:
    """Columns to take out because another says the same, and columns to count once; ids among them say nothing."""
    counted_once = view.counted_once | {column.name for column in view.columns if column.weight < 1}
    fitted = [name for name in view.fitted if name in view.numbers or name in view.levels]
    fitted = [name for name in fitted if name not in view.id_features]
    numbers, levels = (frame[[name for name in fitted if name in frame]] for frame in (view.numbers, view.levels))
    found = associations(numbers, levels)
    same = _repeats(found, sampled(pd.concat([numbers, levels], axis=1), ROWS), fitted)
    superfluous = {*same, *counted_once, *totals(numbers)}
    members = _grouped(found, [name for name in fitted if name not in superfluous])
    repeats = [_repeat_finding(name, other) for name, other in same.items()]
    # A block must not be called like a column, or nobody could tell which of the two is meant.
    return [*repeats, *_group_findings(members, found, len(fitted), {column.name for column in view.columns})]


def _repeats(found: pd.DataFrame, table: pd.DataFrame, names: Sequence[str]) -> dict[str, str]:
    """Column -> the earlier column that says the same."""
    same: dict[str, str] = {}
    for first, second in combinations(names, 2):
        alike = first not in same and second not in same and _told(found, first, second) >= _SAME
        if alike and _say_the_same(table[first], table[second]):
            same[second] = first
    return same


def _told(found: pd.DataFrame, first: str, second: str) -> float:
    return float(np.asarray(found.loc[first, second]))


def _say_the_same(first: pd.Series, second: pd.Series) -> bool:
    known = first.notna() & second.notna()
    # Where one column has a gap the other says something.
    if known.mean() < _SAME * max(first.notna().mean(), second.notna().mean()):
        return False
    first, second = first[known], second[known]
    if first.nunique() == second.nunique() == len(pd.concat([first, second], axis=1).drop_duplicates()):
        return True
    if not (pd.api.types.is_numeric_dtype(first) and pd.api.types.is_numeric_dtype(second)):
        return False
    # One value in most rows makes any order look the same: days since the last call and number of calls, where most
    # were never called. The others have to agree among themselves.
    others = ~((first == first.mode().iloc[0]) | (second == second.mode().iloc[0]))
    if others.sum() < _FEWEST_ROWS:
        return False
    return abs(float(first[others].rank().corr(second[others].rank()))) >= _SAME


def _grouped(found: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Average linkage: a column joins a group with which it goes on average, not one with which it shares a neighbour
    (single linkage chains) and not only one with whose every member it goes (complete linkage splits).
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    names = [name for name in names if name in found]
    if len(names) < 2:
        return []
    distance = 1 - found.loc[names, names].to_numpy()
    tree = linkage(squareform(distance, checks=False), "average")
    labels = fcluster(tree, 1 - _TOGETHER, "distance")
    members = [tuple(np.array(names, dtype=object)[labels == label]) for label in np.unique(labels)]
    told = [
        group for group in members if len(group) > 2 or (len(group) == 2 and _told(found, *group) >= _TOGETHER_OF_TWO)
    ]
    return sorted(told, key=lambda group: (-len(group), names.index(group[0])))


def _repeat_finding(name: str, other: str) -> Finding:
    text = f"{name} says the same as {other}: with both, one thing counts twice"
    return Finding("repeats", (other, name), text, argument(f"data.use.{name}", "leave_out"))


def _group_findings(
    members: Sequence[tuple[str, ...]], found: pd.DataFrame, of: int, names: Collection[str]
) -> list[Finding]:
    findings: dict[str, Finding] = {}
    for group in members:
        title = _title(group, found, taken=[*findings, *names])
        times = "twice" if len(group) == 2 else f"{len(group)} times"
        harm = f"it counts {times}; count it once"
        if len(group) > of / 3:
            harm = "counted singly they outvote the rest; count them once"
        text = f"{len(group)} columns mostly say one thing ({listed(group, most=12)}): {harm}"
        findings[title] = Finding("group", group, text, argument(f"data.blocks.{title}", as_list(group)))
    return list(findings.values())


def _title(group: Sequence[str], found: pd.DataFrame, taken: Sequence[str]) -> str:
    """A readable word of the column that tells most of the others; the word that most of the group share."""
    strongest = str(found.loc[list(group), list(group)].sum().idxmax())
    known = [word for word in words(strongest) if word.isascii() and word.isalpha()]
    telling = [word for word in known if word not in _SAYS_LITTLE and len(word) > 2] or known
    readable = [word for word in telling if len(word) > 3] or telling
    shared = {word: sum(word in words(name) for name in group) for word in readable}
    title = max(readable, key=lambda word: shared[word], default="block")
    if title not in taken:
        return title
    return next(f"{title}_{number}" for number in range(2, len(taken) + 3) if f"{title}_{number}" not in taken)
