"""From a sweep in the store to the page that compares its runs."""

from collections.abc import Mapping

import pandas as pd

from segkit.answer import answer
from segkit.beside import Beside
from segkit.compared import compare_page
from segkit.compared.choosing import on_k_section
from segkit.config.beside import with_standing
from segkit.plots.comparison import sweep_figures
from segkit.records import SweepRecord
from segkit.selection import Ranking
from segkit.tracking.choosing import choosing_picture
from segkit.tracking.evidence import segment_names
from segkit.tracking.store import Store
from segkit.verdict import verdict


def compared_page(
    store: Store,
    sweep: SweepRecord,
    ranking: Ranking,
    evidence: Mapping[str, pd.DataFrame],
    beside: Beside,
) -> str:
    """The page; `evidence` is that of the sweep."""
    best = ranking.best_run
    names = segment_names(store, best.model_run) if best else {}
    figures = sweep_figures(ranking, with_standing(evidence, beside), names)
    on_k = None
    if best is not None and "k_suggestions" in evidence:
        picture = choosing_picture(store, sweep.parent, best.pipeline)
        on_k = on_k_section(evidence["k_suggestions"], best.pipeline, picture)
    said = (answer(ranking, beside.rivals), verdict(ranking))
    return compare_page(sweep.data, *said, ranking, figures, beside, on_k, sweep.inside)
