"""The launcher that does a sweep's jobs on Ray's workers: `hydra/launcher=segkit_ray`."""

from hydra_plugins.segkit_ray.launcher import RayLauncher

__all__ = ["RayLauncher"]
