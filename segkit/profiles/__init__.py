"""Who the segments are: their size, their typical values, what marks them, what they are worth, and a short name."""

from segkit.profiles.describe import UNASSIGNED, describe_segments
from segkit.profiles.names import name_segments
from segkit.profiles.traits import effects, trait_table

__all__ = ["UNASSIGNED", "describe_segments", "effects", "name_segments", "trait_table"]
