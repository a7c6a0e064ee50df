"""The evidence stage of a sweep: what is dear to find out, on the runs that may be chosen, once."""

import sys
from collections.abc import Callable

from hydra.core.utils import JobReturn, JobStatus
from hydra.plugins.launcher import Launcher
from omegaconf import DictConfig

from segkit.config.datasets import brief_of
from segkit.config.stored import rule_of
from segkit.fingerprint import evidence_hash
from segkit.progress import Progress
from segkit.records import RunRecord, latest_of_each
from segkit.selection import is_weighed
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import reason_of
from segkit.tracking.store import Store

# A run's fingerprint to the arguments of the job that computed it.
Arguments = Callable[[str], list[str]]


def weigh(
    store: Store, parent: str, runs: list[RunRecord], config: DictConfig, launcher: Launcher, arguments: Arguments
) -> list[RunRecord]:
    """Gather evidence on the finalists that lack it, and return the runs with it.

    `arguments` gives those of the job that computed a run.
    """
    finalists = rule_of(config.selection).finalists(latest_of_each(runs), brief_of(config.brief))
    missing = [run for run in finalists if not _is_known(run)]
    if not missing:
        return runs
    _gather(store, parent, missing, launcher, arguments)
    return sweep_runs(store, parent)


def _gather(store: Store, parent: str, missing: list[RunRecord], launcher: Launcher, arguments: Arguments) -> None:
    wanted = {run.run_id for run in missing}

    def known() -> list[RunRecord]:
        return [run for run in sweep_runs(store, parent) if run.run_id in wanted and _is_known(run)]

    jobs = [[*arguments(run.fingerprint), f"plan.weigh='{run.run_id}'"] for run in missing]
    with Progress(known, len(missing), lambda _: "", what="finalists weighed"):
        try:
            returns = launcher.launch(jobs, initial_job_idx=0)
        except RuntimeError as error:  # the workers are gone; what they found is kept, another start goes on
            print(f"no evidence on some of the best runs: {reason_of(error)}", file=sys.stderr)
            return
    for run, outcome in zip(missing, returns, strict=True):
        _tell_failure(run, outcome)


def _tell_failure(run: RunRecord, outcome: JobReturn) -> None:
    if outcome.status == JobStatus.FAILED:
        print(f"no evidence on {run.name}: {reason_of(outcome._return_value)}", file=sys.stderr)


def _is_known(run: RunRecord) -> bool:
    return is_weighed(run) and run.evidence == evidence_hash()
