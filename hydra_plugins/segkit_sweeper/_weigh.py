"""The evidence stage of a sweep: what is dear to find out, on the runs that may be chosen, once."""

import sys
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from hydra.core.utils import JobStatus
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
from segkit.tracking.weighing import knows_rivals

# A run's fingerprint to the arguments of the job that computed it.
Arguments = Callable[[str], list[str]]


def weigh(
    store: Store, parent: str, runs: list[RunRecord], config: DictConfig, launcher: Launcher, arguments: Arguments
) -> list[RunRecord]:
    """Gather evidence on the finalists that lack it, and measure the rivals; returns the runs with it.

    `arguments` gives those of the job that computed a run.
    """
    finalists = rule_of(config.selection).finalists(latest_of_each(runs), brief_of(config.brief))
    missing = [run for run in finalists if not _is_known(run)]
    jobs = [[*arguments(run.fingerprint), f"plan.weigh='{run.run_id}'"] for run in missing]
    if runs and not knows_rivals(store, parent):
        jobs.append([*arguments(runs[0].fingerprint), "plan.rivals=true"])
    if not jobs:
        return runs
    _gather(store, parent, missing, launcher, jobs)
    return sweep_runs(store, parent)


def _gather(store: Store, parent: str, missing: list[RunRecord], launcher: Launcher, jobs: list[list[str]]) -> None:
    """Launch the jobs: first those of the runs that miss evidence, in their order, then that of the rivals."""
    wanted = {run.run_id for run in missing}

    def known() -> list[RunRecord]:
        return [run for run in sweep_runs(store, parent) if run.run_id in wanted and _is_known(run)]

    with Progress(known, len(missing), lambda _: "", what="finalists weighed"):
        try:
            returns = launcher.launch(jobs, initial_job_idx=0)
        except RuntimeError as error:  # the workers are gone; what they found is kept, another start goes on
            print(f"no evidence on some of the best runs: {reason_of(error)}", file=sys.stderr)
            return
    for name, outcome in zip_longest((run.name for run in missing), returns, fillvalue="the rivals"):
        _tell_failure(str(name), outcome)


def _tell_failure(name: str, outcome: Any) -> None:
    if outcome.status == JobStatus.FAILED:
        print(f"no evidence on {name}: {reason_of(outcome._return_value)}", file=sys.stderr)


def _is_known(run: RunRecord) -> bool:
    return is_weighed(run) and run.evidence == evidence_hash()
