"""The sweeper that plans: `hydra/sweeper=segkit`.

Hydra imports every module here whose name has no leading underscore, on every command: the heavy ones have one.
"""

from hydra_plugins.segkit_sweeper.sweeper import SegkitSweeper

__all__ = ["SegkitSweeper"]
