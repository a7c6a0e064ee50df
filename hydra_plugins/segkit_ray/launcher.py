"""A Hydra launcher over Ray: workers of this machine, or of a Ray cluster that this machine belongs to."""

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from hydra.core.utils import JobReturn
from hydra.plugins.launcher import Launcher
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from segkit.errors import UserError

if TYPE_CHECKING:
    from hydra_plugins.segkit_ray._tasks import Tasks


class RayLauncher(Launcher):
    """Its settings are those of conf/hydra/launcher/segkit_ray.yaml."""

    def __init__(self, address: str | None, n_workers: int | None, memory_gb: float | None, retries: int) -> None:
        if n_workers is not None and n_workers < 1:
            raise UserError(f"hydra.launcher.n_workers={n_workers} does not do", "give a whole number from 1 on")
        self.address = address
        self.n_workers = n_workers
        self.memory_gb = memory_gb
        self.retries = retries

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Called by Hydra before `launch`."""
        self.hydra_context, self.task_function, self.config = hydra_context, task_function, config

    def get_ready(self) -> None:
        """Find out early if there will be no workers; raises UserError with the mend."""
        if find_spec("ray") is None:
            raise UserError("hydra/launcher=segkit_ray needs the package ray", "pip install 'segkit[ray]'")
        if self.address is not None:
            _ = self._tasks

    def at_once(self) -> int:
        """How many jobs are done at once."""
        return self.n_workers or self._tasks.at_once()

    def launch(self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int) -> Sequence[JobReturn]:
        """Do the jobs; one that fails, or kills its workers, is told by what it returns."""
        return self._tasks.do(job_overrides, initial_job_idx)

    def close(self) -> None:
        """Let go of the workers; those that were started here end, whatever they do."""
        tasks = self.__dict__.pop("_tasks", None)
        if tasks is not None:
            tasks.close()

    @cached_property
    def _tasks(self) -> "Tasks":
        from hydra_plugins.segkit_ray._tasks import Tasks, begin
        from hydra_plugins.segkit_sweeper._elsewhere import demands, shared

        begin(self.address, self.n_workers)
        known = shared(self.hydra_context, self.config, self.task_function)
        return Tasks(known, demands(self.config), self.memory_gb, self.retries)
