"""The evidence stage of a sweep: what is dear to find out, on the runs that may be chosen, once."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from hydra.core.utils import JobStatus
from hydra.plugins.launcher import Launcher
from omegaconf import DictConfig

from segkit.config.datasets import brief_of
from segkit.config.stored import rule_of
from segkit.fingerprint import evidence_hash
from segkit.progress import Progress
from segkit.records import FINISHED, RunRecord, latest_of_each
from segkit.selection import is_weighed
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import reason_of
from segkit.tracking.spaces import unshown_spaces
from segkit.tracking.store import Store
from segkit.tracking.weighing import knows_rivals

# Of more spaces than this nobody looks at the pictures.
_MOST_SPACES = 8

# A run's fingerprint to the arguments of the job that computed it.
Arguments = Callable[[str], list[str]]


def weigh(
    store: Store, parent: str, runs: list[RunRecord], config: DictConfig, launcher: Launcher, arguments: Arguments
) -> list[RunRecord]:
    """Gather evidence on the finalists that lack it, measure the rivals, show the spaces; returns the runs with it.

    `arguments` gives those of the job that computed a run.
    """
    finalists = rule_of(config.selection).finalists(latest_of_each(runs), brief_of(config.brief))
    missing = [run for run in finalists if not _is_known(run)]
    jobs = {f"no evidence on {run.name}": _job(arguments, run, f"weigh='{run.run_id}'") for run in missing}
    if runs and not knows_rivals(store, parent):
        jobs["no evidence on the rivals"] = _job(arguments, runs[0], "rivals=true")
    for name, run in _unshown(store, parent, runs).items():
        jobs[f"no picture of the space {name}"] = _job(arguments, run, "space=true")
    if not jobs:
        return runs
    _gather(store, parent, missing, launcher, jobs)
    return sweep_runs(store, parent)


def _job(arguments: Arguments, run: RunRecord, asked: str) -> list[str]:
    return [*arguments(run.fingerprint), f"plan.{asked}"]


def _unshown(store: Store, parent: str, runs: list[RunRecord]) -> dict[str, RunRecord]:
    """A run of each of the first few reduced spaces of which the parent has no pictures yet, by the space's name."""
    straight = [run for run in runs if run.status == FINISHED and "explained_variance" in run.metrics]
    spaces = {run.space: run for run in reversed(straight)}
    shown = list(dict.fromkeys(run.space for run in straight))[:_MOST_SPACES]
    return {name: spaces[name] for name in unshown_spaces(store, parent, shown)}


def _gather(
    store: Store, parent: str, missing: list[RunRecord], launcher: Launcher, jobs: Mapping[str, list[str]]
) -> None:
    """Launch the jobs, which are named by what is missing if they fail."""
    wanted = {run.run_id for run in missing}

    def known() -> list[RunRecord]:
        return [run for run in sweep_runs(store, parent) if run.run_id in wanted and _is_known(run)]

    with Progress(known, len(missing), lambda _: "", what="finalists weighed"):
        try:
            returns = launcher.launch(list(jobs.values()), initial_job_idx=0)
        except RuntimeError as error:  # the workers are gone; what they found is kept, another start goes on
            print(f"no evidence on some of the best runs: {reason_of(error)}", file=sys.stderr)
            return
    for lacking, outcome in zip(jobs, returns, strict=True):
        _tell_failure(lacking, outcome)


def _tell_failure(lacking: str, outcome: Any) -> None:
    if outcome.status == JobStatus.FAILED:
        print(f"{lacking}: {reason_of(outcome._return_value)}", file=sys.stderr)


def _is_known(run: RunRecord) -> bool:
    return is_weighed(run) and run.evidence == evidence_hash()
