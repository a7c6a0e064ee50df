"""The pictures of the sweep that a report's run belongs to."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.comparison import sweep_figures
from segkit.report.content import Content, Told


def sweep_pictures(content: Content) -> Mapping[str, Figure]:
    """By name; empty for a run on its own."""
    told = content.told
    if told.ranking is None:
        return {}
    best = told.ranking.champion
    is_best = best is not None and best.run.fingerprint == told.run.fingerprint
    if not is_best or best is None or told.altered:
        return sweep_figures(told.ranking, told.evidence)
    splits = {"splits": numbered_splits(told.evidence["splits"], best.run.k, told)} if "splits" in told.evidence else {}
    return sweep_figures(told.ranking, {**told.evidence, **splits}, content.portrait.names)


def numbered_splits(splits: pd.DataFrame, k: int | None, told: Told) -> pd.DataFrame:
    """The table with the champion's segments under the numbers that the report gives them."""
    table = splits.copy()
    for end in ("from", "to"):
        numbers = table[f"segment_{end}"]
        table[f"segment_{end}"] = numbers.replace(dict(told.numbers)).where(table[f"k_{end}"] == k, numbers)
    return table
