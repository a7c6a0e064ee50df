"""A Hydra launcher over submitit: a sweep's jobs are dealt to a few jobs of Slurm, each of which does many."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hydra.core.utils import JobReturn
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from segkit.errors import UserError

if TYPE_CHECKING:
    from hydra_plugins.segkit_slurm._pieces import Pieces


class SlurmLauncher(Launcher):
    """Its settings are those of conf/hydra/launcher/segkit_slurm.yaml."""

    def __init__(
        self, cluster: str, jobs: int, patience: float, sbatch: Mapping[str, Any], **settings: int | str | None
    ) -> None:
        if jobs < 1:
            raise UserError(f"hydra.launcher.jobs={jobs} does not do", "give a whole number from 1 on")
        if cluster not in ("slurm", "local"):
            raise UserError(f"hydra.launcher.cluster={cluster} is not known", "slurm, or local to try it without")
        self.cluster = cluster
        self.jobs = jobs
        self.patience = patience
        self.settings = {**settings, **{f"slurm_{name}": value for name, value in sbatch.items()}}

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Called by Hydra before `launch`."""
        self.hydra_context, self.task_function, self.config = hydra_context, task_function, config

    def get_ready(self) -> None:
        """Find out early if there will be no workers; raises UserError with the mend."""
        if find_spec("submitit") is None:
            mend = "pip install 'segkit[slurm]'"
            raise UserError("hydra/launcher=segkit_slurm needs the package submitit", mend)
        if self.cluster == "slurm" and not shutil.which("sbatch"):
            mend = "start the sweep where jobs are submitted, or try it without Slurm: hydra.launcher.cluster=local"
            raise UserError("hydra/launcher=segkit_slurm needs Slurm's sbatch on this machine", mend)

    def at_once(self) -> int:
        """How many jobs are done at once."""
        return self.jobs

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[JobReturn]:
        """Do the jobs; one that fails, or whose Slurm job ends before, is told by what it returns."""
        return self._pieces.do(job_overrides, initial_job_idx)

    def close(self) -> None:
        """Remove what Slurm's jobs left on the way, unless one went wrong."""
        pieces = self.__dict__.pop("_pieces", None)
        if pieces is not None:
            pieces.close()

    @cached_property
    def _pieces(self) -> "Pieces":
        from hydra_plugins.segkit_slurm._pieces import Pieces
        from hydra_plugins.segkit_slurm._queue import queue_of
        from hydra_plugins.segkit_sweeper._elsewhere import demands, shared
        from segkit.worker import ONE_THREAD

        self.get_ready()
        queue = queue_of(self.cluster, str(self.config.tracking.folder), self.settings, self.patience)
        known = shared(self.hydra_context, self.config, self.task_function)
        # Slurm hands the environment on; what pieces hold lies in files, where passwords must not be.
        demanded = replace(demands(self.config), environment=ONE_THREAD)
        return Pieces(queue, self.jobs, known, demanded)
