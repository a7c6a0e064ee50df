"""Pictures of one segmentation and of a sweep; every function returns a matplotlib figure and shows nothing."""

from segkit.plots.agreement import agreement_map
from segkit.plots.influence import influence_bars
from segkit.plots.migration import migration_flow
from segkit.plots.rivals import rival_bars
from segkit.plots.run import projection, projection_3d, segment_profile, silhouette_profile
from segkit.plots.splits import split_diagram
from segkit.plots.sweep import score_against_k
from segkit.plots.trust import score_against_stability

__all__ = [
    "agreement_map",
    "influence_bars",
    "migration_flow",
    "projection",
    "projection_3d",
    "rival_bars",
    "score_against_k",
    "score_against_stability",
    "segment_profile",
    "silhouette_profile",
    "split_diagram",
]
