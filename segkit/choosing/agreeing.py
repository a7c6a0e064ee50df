"""How far the ways of choosing k agree, in a sentence."""

import pandas as pd

from segkit.records import RunRecord

_NO_SEGMENTS = 1
# Names that need an article in a sentence.
_WITH_THE = ("elbow", "gap", "dendrogram", "silhouette")


def agreed_k(suggestions: pd.DataFrame) -> int | None:
    """The k that half of the ways name, of those that name any; None where there is none, or another has as many."""
    counts = suggestions["k"].dropna().value_counts()
    if counts.empty or 2 * counts.iloc[0] < counts.sum() or (counts == counts.iloc[0]).sum() > 1:
        return None
    return int(counts.index[0])


def sentence(suggestions: pd.DataFrame) -> str:
    """How many of the ways that name a k name which; "" if none does.

    >>> ways = ["elbow", "silhouette", "gap", "BIC", "stability"]
    >>> sentence(pd.DataFrame({"criterion": ways, "k": [3, 4, 4, 6, 4]}))
    '3 of 5 ways say 4; the elbow says 3, BIC 6'
    """
    named = suggestions.dropna(subset=["k"])
    by_k = {int(k): named["criterion"][named["k"] == k].tolist() for k in sorted(named["k"].unique())}
    if not by_k:
        return ""
    most, all_ways = max(map(len, by_k.values())), len(named)
    leading = [k for k, ways in by_k.items() if len(ways) == most]
    if most == all_ways:
        return f"all {all_ways} ways say {_k(leading[0])}" if all_ways > 1 else f"only {_listed(by_k)}"
    if most == 1:
        return f"the ways do not agree: {_listed(by_k)}"
    rest = {k: ways for k, ways in by_k.items() if k not in leading}
    told = _leaders(leading, most, all_ways) + (f"; {_listed(rest)}" if rest else "")
    return f"the ways do not agree: {told}" if agreed_k(suggestions) is None else told


def on_k(suggestions: pd.DataFrame | None, best: RunRecord | None) -> str:
    """One line on the pipeline of the best run, "" where nothing is known of it.

    `suggestions` is the table of a whole sweep, with the column pipeline.
    """
    if suggestions is None or best is None:
        return ""
    said = sentence(suggestions[suggestions["pipeline"] == best.pipeline])
    return f"k: {said} ({best.pipeline})." if said else ""


def _leaders(leading: list[int], most: int, all_ways: int) -> str:
    first, *others = leading
    return ", ".join([f"{most} of {all_ways} ways say {_k(first)}", *(f"{most} say {_k(k)}" for k in others)])


def _listed(by_k: dict[int, list[str]]) -> str:
    """Who says what; the verb stands with the first alone."""
    told = [(_names(ways), len(ways) > 1, _k(k)) for k, ways in by_k.items()]
    (names, several, k), *rest = told
    return ", ".join([f"{names} {'say' if several else 'says'} {k}", *(f"{names} {k}" for names, _, k in rest)])


def _names(ways: list[str]) -> str:
    *first, last = [f"the {way}" if way in _WITH_THE else way for way in ways]
    return f"{', '.join(first)} and {last}" if first else last


def _k(k: int) -> str:
    return "1 (no segments)" if k == _NO_SEGMENTS else str(k)
