"""The launcher that does a sweep's jobs in jobs of Slurm: `hydra/launcher=segkit_slurm`."""

from hydra_plugins.segkit_slurm.launcher import SlurmLauncher

__all__ = ["SlurmLauncher"]
