"""From a sweep in the store to the page that compares its runs."""

from collections.abc import Mapping, Sequence

import pandas as pd

from segkit.answer import answer
from segkit.compared import compare_page
from segkit.compared.choosing import on_k_section
from segkit.over_seeds import SeedGroup
from segkit.plots.comparison import sweep_figures
from segkit.records import SweepRecord
from segkit.selection import Ranking
from segkit.tracking.choosing import choosing_picture
from segkit.tracking.evidence import segment_names
from segkit.tracking.store import Store
from segkit.tree import Split
from segkit.verdict import verdict


def compared_page(
    store: Store,
    sweep: SweepRecord,
    ranking: Ranking,
    evidence: Mapping[str, pd.DataFrame],
    groups: Sequence[SeedGroup],
    trees: Sequence[Split],
) -> str:
    """The page; `evidence` is that of the sweep, with the rivals as they stand beside the winner."""
    rivals, best = evidence.get("rivals"), ranking.champion.run if ranking.champion else None
    names = segment_names(store, best.model_run) if best else {}
    figures = sweep_figures(ranking, evidence, names)
    on_k = None
    if best is not None and "k_suggestions" in evidence:
        picture = choosing_picture(store, sweep.parent, best.pipeline)
        on_k = on_k_section(evidence["k_suggestions"], best.pipeline, picture)
    said = (answer(ranking, rivals), verdict(ranking))
    return compare_page(sweep.data, *said, ranking, figures, rivals, on_k, groups, trees, sweep.inside)
