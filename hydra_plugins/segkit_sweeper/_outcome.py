"""What a sweep keeps of its jobs."""

from typing import Any

from hydra.core.utils import JobReturn
from hydra.experimental.callback import Callback
from hydra.types import HydraContext
from omegaconf import DictConfig


class OnlyOutcome(Callback):
    """Has a job say what came of it, without the two copies of its configuration: a sweep keeps thousands of jobs."""

    def on_job_end(self, config: DictConfig, job_return: JobReturn, **kwargs: Any) -> None:
        job_return.cfg = job_return.hydra_cfg = None


def keep_only_outcomes(context: HydraContext) -> None:
    """From now on, in the jobs of this sweep, wherever they are done."""
    # Hydra goes through them from the last to the first: those of the page still see the configuration.
    context.callbacks.callbacks.insert(0, OnlyOutcome())
