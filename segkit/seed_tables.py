"""Runs over their seeds as tables: for pages, and narrow for the terminal."""

from collections.abc import Sequence

import pandas as pd

from segkit.measures import known_measures
from segkit.over_seeds import SAME_LABELS, SeedGroup, Spread
from segkit.tables import left_aligned

_MOST_SHOWN = 10


def seeds_table(groups: Sequence[SeedGroup]) -> pd.DataFrame:
    """The groups for people: a row each, every measure as mean ± spread."""
    names = list(dict.fromkeys(name for group in groups for name in group.metrics))
    titles = {measure.name: measure.title for measure in known_measures(names)} | {SAME_LABELS: "same labels"}
    rows = [
        {"run": group.name, "seeds": len(group.runs)}
        | {titles.get(name, name): _words(name, group.metrics.get(name)) for name in names}
        for group in groups
    ]
    return pd.DataFrame(rows)


def seeds_text(groups: Sequence[SeedGroup]) -> list[str]:
    """Lines for a terminal; none where each run has but one seed."""
    if not groups:
        return []
    rest = len(groups) - _MOST_SHOWN
    more = [f"  ... and {rest} more (`segkit compare format=json` lists all)"] if rest > 0 else []
    told = left_aligned(seeds_table(groups[:_MOST_SHOWN]), ("run",))
    return ["", "over seeds, mean ± standard deviation:", told, *more]


def _words(name: str, one: Spread | None) -> str:
    if one is None:
        return ""
    digits = 1 if name == "segments" else 3
    return f"{one.mean:.{digits}f} ± {one.spread:.{digits}f}"
