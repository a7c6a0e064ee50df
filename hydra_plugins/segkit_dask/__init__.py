"""The launcher that does a sweep's jobs on Dask workers: `hydra/launcher=segkit_dask`.

Hydra imports every module here whose name has no leading underscore, on every command: the heavy ones have one.
"""

from hydra_plugins.segkit_dask.launcher import DaskLauncher

__all__ = ["DaskLauncher"]
