"""The page: what a sweep found put into its template."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from segkit.beside import NOTHING, Beside
from segkit.compared.choosing import OnK
from segkit.compared.pictures import pictures
from segkit.compared.rows import all_measures, deciding_measures, reasons, rival_rows, rival_targets, run_rows
from segkit.pages.template import templates
from segkit.profiles.figures import percent
from segkit.records import Inside
from segkit.seed_tables import seeds_table
from segkit.selection import Ranking
from segkit.tree import tree_rows

_MOST_RUNS = 20
_MOST_IN_ALL = 500

VERDICTS = {
    "natural": "Natural segments: they come back, and stand further apart than chance would have it.",
    "continuum": "Useful slices of a continuum: they come back, but customers shade into each other.",
    "none": "Nothing to recommend.",
    "untested": "Not tested: whether these are natural segments is not known.",
}


def compare_page(
    title: str,
    answer: str,
    verdict: str,
    ranking: Ranking,
    figures: Mapping[str, Figure],
    beside: Beside = NOTHING,
    on_k: OnK | None = None,
    inside: Inside | None = None,
) -> str:
    """A sweep as one HTML page that can be mailed and printed: the answer first, then what it rests on.

    `figures` are those of `segkit.plots.comparison.sweep_figures`, `on_k` is what speaks for which k of the champion's
    pipeline, `inside` the segment that the sweep is about, if any.
    """
    deciding, every = deciding_measures(ranking), all_measures(ranking)
    told = pd.DataFrame() if beside.rivals is None else beside.rivals
    page = templates(Path(__file__).parent).get_template("page.html.jinja")
    return page.render(
        title=title,
        answer=answer,
        verdict=verdict,
        verdict_words=VERDICTS.get(verdict, verdict),
        ranking=ranking,
        deciding=deciding,
        best=run_rows(ranking, deciding, _MOST_RUNS),
        reasons=reasons(ranking),
        every=every,
        rows=run_rows(ranking, every, _MOST_IN_ALL),
        pictures=pictures(figures),
        rivals=rival_rows(told, ranking.champion.run.name if ranking.champion else ""),
        targets=rival_targets(told),
        on_k=on_k,
        seeds=seeds_table(beside.groups[:_MOST_RUNS]),
        inside=inside,
        trees=[(tree, list(tree_rows(tree))) for tree in beside.trees],
        percent=percent,
    )
