"""The evidence stage of a sweep: what is dear to find out, on the runs that may be chosen, once."""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from hydra.core.utils import JobStatus
from hydra.plugins.launcher import Launcher
from omegaconf import DictConfig

from segkit.config.datasets import brief_of
from segkit.config.stored import rule_of
from segkit.fingerprint import evidence_hash
from segkit.progress import Progress
from segkit.records import FINISHED, RunRecord, latest_of_each
from segkit.selection import is_weighed
from segkit.tracking.choosing import unknown_choosing
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import reason_of
from segkit.tracking.spaces import unshown_spaces
from segkit.tracking.store import Store
from segkit.tracking.weighing import knows_rivals

# Of more spaces than this nobody looks at the pictures.
_MOST_SPACES = 8

# A run's fingerprint to the arguments of the job that computed it.
Arguments = Callable[[str], list[str]]


class Wanted(NamedTuple):
    """A job: what it is to find, a run whose pipeline it takes, and the override that asks for it."""

    name: str
    fingerprint: str
    override: str


def weigh(
    store: Store, parent: str, runs: list[RunRecord], config: DictConfig, launcher: Launcher, arguments: Arguments
) -> list[RunRecord]:
    """Gather what is missing: evidence on the finalists, the rivals, what the spaces are made of, what speaks for
    which k; returns the runs with it.

    `arguments` gives those of the job that computed a run.
    """
    finalists = rule_of(config.selection).finalists(latest_of_each(runs), brief_of(config.brief))
    missing = [run for run in finalists if not _is_known(run)]
    # The longest first, so that the short ones fill what is left of the workers' time.
    jobs = [Wanted(f"evidence on {run.name}", run.fingerprint, f"plan.weigh='{run.run_id}'") for run in missing]
    if runs and not knows_rivals(store, parent):
        jobs.append(Wanted("evidence on the rivals", runs[0].fingerprint, "plan.rivals=true"))
    jobs += [_choosing(pipeline, alike) for pipeline, alike in unknown_choosing(store, parent, runs).items()]
    jobs += [
        Wanted(f"picture of the space {name}", run.fingerprint, "plan.space=true")
        for name, run in _unshown(store, parent, runs).items()
    ]
    if not jobs:
        return runs
    _gather(store, parent, missing, launcher, jobs, arguments)
    return sweep_runs(store, parent)


def _choosing(pipeline: str, runs: list[RunRecord]) -> Wanted:
    ids = ",".join(f"'{run.run_id}'" for run in runs)
    return Wanted(f"suggestions of k for {pipeline}", runs[0].fingerprint, f"plan.choosing=[{ids}]")


def _unshown(store: Store, parent: str, runs: list[RunRecord]) -> dict[str, RunRecord]:
    """A run of each of the first few reduced spaces of which the parent has no pictures yet, by the space's name."""
    straight = [run for run in runs if run.status == FINISHED and "explained_variance" in run.metrics]
    spaces = {run.space: run for run in reversed(straight)}
    shown = list(dict.fromkeys(run.space for run in straight))[:_MOST_SPACES]
    return {name: spaces[name] for name in unshown_spaces(store, parent, shown)}


def _gather(
    store: Store,
    parent: str,
    missing: list[RunRecord],
    launcher: Launcher,
    jobs: list[Wanted],
    arguments: Arguments,
) -> None:
    """Launch the jobs; one that fails is told."""
    wanted = {run.run_id for run in missing}

    def known() -> list[RunRecord]:
        return [run for run in sweep_runs(store, parent) if run.run_id in wanted and _is_known(run)]

    with Progress(known, len(missing), lambda _: "", what="finalists weighed"):
        try:
            launched = [[*arguments(job.fingerprint), job.override] for job in jobs]
            returns = launcher.launch(launched, initial_job_idx=0)
        except RuntimeError as error:  # the workers are gone; what they found is kept, another start goes on
            print(f"no evidence on some of the best runs: {reason_of(error)}", file=sys.stderr)
            return
    for job, outcome in zip(jobs, returns, strict=True):
        _tell_failure(job, outcome)


def _tell_failure(job: Wanted, outcome: Any) -> None:
    if outcome.status == JobStatus.FAILED:
        print(f"no {job.name}: {reason_of(outcome._return_value)}", file=sys.stderr)


def _is_known(run: RunRecord) -> bool:
    return is_weighed(run) and run.evidence == evidence_hash()
