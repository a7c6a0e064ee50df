"""All pictures that tell whether a sweep's winner can be trusted, of whatever evidence there is."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.agreement import agreement_map
from segkit.plots.rivals import rival_bars
from segkit.plots.splits import split_diagram
from segkit.plots.sweep import score_against_k
from segkit.plots.trust import score_against_stability
from segkit.selection import Ranking
from segkit.tables import k_table


def sweep_figures(
    ranking: Ranking, evidence: Mapping[str, pd.DataFrame], names: Mapping[int, str] | None = None
) -> dict[str, Figure]:
    """The pictures of a sweep by name; those whose evidence is missing are left out.

    `evidence` may hold the tables agreement, splits and rivals; `names` are those of the champion's segments.
    """
    winner = ranking.champion.run.name if ranking.champion else ""
    drawn = {
        "against_stability": score_against_stability(ranking),
        "against_k": score_against_k(k_table(ranking)),
        "agreement": agreement_map(evidence.get("agreement", pd.DataFrame())),
        "splits": _splits(ranking, evidence.get("splits", pd.DataFrame()), names),
        "rivals": rival_bars(evidence.get("rivals", pd.DataFrame()), winner),
    }
    return {name: figure for name, figure in drawn.items() if figure is not None}


def _splits(ranking: Ranking, splits: pd.DataFrame, names: Mapping[int, str] | None) -> Figure | None:
    """The champion's k is marked and its segments named where the table is of its pipeline."""
    best = ranking.best_run
    if best is None or best.k is None or splits.empty or set(splits["pipeline"]) != {best.pipeline}:
        return split_diagram(splits)
    return split_diagram(splits, names, best.k)
