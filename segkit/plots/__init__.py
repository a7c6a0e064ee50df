"""Pictures of one segmentation and of a sweep; every function returns a matplotlib figure and shows nothing."""

from segkit.plots.influence import influence_bars
from segkit.plots.run import projection, projection_3d, segment_profile, segment_sizes, silhouette_profile
from segkit.plots.sweep import score_against_k

__all__ = [
    "influence_bars",
    "projection",
    "projection_3d",
    "score_against_k",
    "segment_profile",
    "segment_sizes",
    "silhouette_profile",
]
