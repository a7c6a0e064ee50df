"""Pictures of one segmentation for a report: each a function of plain values that returns a matplotlib figure.

They name segments, give each the colour that it has everywhere, and say on the picture what a reader must know of it.
A picture that has nothing to show is None.
"""

from segkit.plots.segments.between import two_numbers
from segkit.plots.segments.counts import level_bars
from segkit.plots.segments.dendrogram import dendrogram
from segkit.plots.segments.distributions import histograms
from segkit.plots.segments.heat import correlation_map, effect_map
from segkit.plots.segments.mosaic import mosaic
from segkit.plots.segments.profile import profile_plot
from segkit.plots.segments.rates import outcome_rates, rate_dots
from segkit.plots.segments.separation import separation
from segkit.plots.segments.solid import stability_bars
from segkit.plots.segments.turning import turning_picture
from segkit.plots.segments.worth import customers_and_revenue

__all__ = [
    "correlation_map",
    "customers_and_revenue",
    "dendrogram",
    "effect_map",
    "histograms",
    "level_bars",
    "mosaic",
    "outcome_rates",
    "profile_plot",
    "rate_dots",
    "separation",
    "stability_bars",
    "turning_picture",
    "two_numbers",
]
