"""A Hydra launcher over dask.distributed: workers of this machine, or those of a scheduler that runs already."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hydra.core.config_store import ConfigStore
from hydra.core.utils import JobReturn
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from segkit.errors import UserError

if TYPE_CHECKING:
    from hydra_plugins.segkit_dask._cluster import Cluster
    from hydra_plugins.segkit_dask._jobs import Jobs


@dataclass
class DaskConfig:
    """conf of `hydra/launcher=segkit_dask`.

    `address` is a scheduler's; without it `n_workers` workers are started here (null: one a core), each with
    `memory_limit`, and a job is given up once it has been there when more than `allowed_failures` workers died.
    `patience` is how many seconds are waited for the scheduler, and for a worker where there is none.
    """

    _target_: str = "hydra_plugins.segkit_dask.launcher.DaskLauncher"
    address: str | None = None
    n_workers: int | None = None
    memory_limit: str = "auto"
    allowed_failures: int = 2
    patience: float = 20.0


ConfigStore.instance().store(group="hydra/launcher", name="segkit_dask", node=DaskConfig, provider="segkit")


class DaskLauncher(Launcher):
    """Keeps its workers from one launch to the next, until it is closed: a sweep launches several times."""

    def __init__(
        self,
        address: str | None = None,
        n_workers: int | None = None,
        memory_limit: str = "auto",
        allowed_failures: int = 2,
        patience: float = 20.0,
    ) -> None:
        if n_workers is not None and n_workers < 1:
            raise UserError(f"hydra.launcher.n_workers={n_workers} does not do", "give a whole number from 1 on")
        self.address = address
        self.n_workers = n_workers
        self.memory_limit = memory_limit
        self.allowed_failures = allowed_failures
        self.patience = patience

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Called by Hydra before `launch`."""
        self.hydra_context, self.task_function, self.config = hydra_context, task_function, config

    def get_ready(self) -> None:
        """Have workers ready soon, or find out that there will be none; raises UserError with the mend."""
        from hydra_plugins.segkit_dask._cluster import check_installed, check_memory, fork_ready_workers

        check_installed()
        if self.address is not None:
            _ = self._cluster
        else:
            fork_ready_workers()
            check_memory(self.memory_limit)

    def at_once(self) -> int:
        """How many jobs are done at once."""
        if self.n_workers is not None:
            return self.n_workers
        if self.address is not None:
            return self._cluster.workers()
        import joblib

        return int(joblib.effective_n_jobs(-1))

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[JobReturn]:
        """Do the jobs; one that fails, or kills its workers, is told by what it returns."""
        return self._jobs.do(job_overrides, initial_job_idx)

    def close(self) -> None:
        """Let go of the workers; those that were started here end, whatever they do."""
        for held in (self.__dict__.pop("_jobs", None), self.__dict__.pop("_cluster", None)):
            if held is not None:
                held.close()

    @cached_property
    def _cluster(self) -> "Cluster":
        from hydra_plugins.segkit_dask._cluster import check_installed, local_cluster, remote_cluster

        check_installed()
        if self.address is not None:
            return remote_cluster(self.address, self.patience)
        folder = str(self.config.tracking.folder)
        return local_cluster(folder, self.at_once(), self.memory_limit, self.allowed_failures, self.patience)

    @cached_property
    def _jobs(self) -> "Jobs":
        from hydra_plugins.segkit_dask._jobs import Jobs

        return Jobs(self._cluster, self.hydra_context, self.config, self.task_function)
