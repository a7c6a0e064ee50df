"""The sweeper that plans: `hydra/sweeper=segkit`. Hydra scans this package on every command, so it imports little."""

from hydra_plugins.segkit_sweeper.sweeper import SegkitSweeper

__all__ = ["SegkitSweeper"]
