"""The pictures of the sweep that a report's run belongs to."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from segkit.plots.comparison import sweep_figures
from segkit.report.content import Content


def sweep_pictures(content: Content) -> Mapping[str, Figure]:
    """By name; empty for a run on its own."""
    told = content.told
    if told.ranking is None:
        return {}
    best = told.ranking.champion
    is_best = best is not None and best.run.fingerprint == told.run.fingerprint
    return sweep_figures(told.ranking, told.evidence, content.portrait.names if is_best else None)
