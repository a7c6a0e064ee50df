"""Having a sweep's jobs done, whoever does them: here launched, waited for, or being done elsewhere already."""

import sys
import time
from collections.abc import Callable, Sequence

from hydra.core.utils import JobReturn, JobStatus
from hydra.plugins.launcher import Launcher

from hydra_plugins.segkit_sweeper._plan import Job, Plan
from segkit.config.arguments import hydra_arguments
from segkit.errors import WorkFailed
from segkit.records import FINISHED, RUNNING, RunRecord
from segkit.tracking import sweeps
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import fail_run, reason_of, record_failure
from segkit.tracking.store import Store

_LOOK_EVERY = 2.0


def work_off(
    store: Store, parent: str, plan: Plan, jobs: list[Job], launcher: Launcher, begin: Callable[[], object]
) -> None:
    """Launch the jobs, those last that a worker elsewhere may be at, of a sweep that was stopped say: they are waited
    for, and done here once their worker gives no sign of life. `begin` is called before anything is done.
    """
    told = False
    while jobs:
        begin()
        elsewhere = sweeps.at_work_elsewhere(store, sweep_runs(store, parent))
        free = [job for job in jobs if job.label.fingerprint not in elsewhere]
        if free:
            untried = launch(store, parent, plan, free, launcher)
        else:
            told = told or _tell_waiting(elsewhere)
            untried = []
            time.sleep(_LOOK_EVERY)
        busy = [job for job in jobs if job.label.fingerprint in elsewhere]
        children = sweep_runs(store, parent)
        sweeps.close_orphans(store, children)
        jobs = untried + undone(children, busy)


def _tell_waiting(elsewhere: dict[str, str]) -> bool:
    places = sorted({host.partition(":")[0] for host in elsewhere.values()})
    print(f"waiting for {len(elsewhere)} runs that were begun on {', '.join(places)}", file=sys.stderr)
    return True


def launch(store: Store, parent: str, plan: Plan, jobs: list[Job], launcher: Launcher) -> list[Job]:
    """Run the jobs; returns those that never started because a worker was killed (by memory limits, most often)."""
    try:
        returns = launcher.launch([arguments(job, parent, store, plan) for job in jobs], initial_job_idx=0)
    except RuntimeError as error:  # loky's BrokenProcessPool: the pool is gone, the other jobs are not to blame
        children = sweep_runs(store, parent)
        sweeps.close_orphans(store, children)
        tried = {run.fingerprint for run in children}
        untried = [job for job in jobs if job.label.fingerprint not in tried]
        if len(untried) == len(jobs):
            raise WorkFailed(f"the workers cannot be started: {error}") from error
        return untried
    _record_failures(store, parent, jobs, returns)
    return []


def undone(children: Sequence[RunRecord], jobs: Sequence[Job]) -> list[Job]:
    """The jobs of which there is no finished run."""
    done = {run.fingerprint for run in children if run.status == FINISHED}
    return [job for job in jobs if job.label.fingerprint not in done]


def arguments(job: Job, parent: str, store: Store, plan: Plan) -> list[str]:
    """A job's overrides, with its place in the plan and absolute paths: a worker's own directory may be another."""
    places = [f"tracking.folder={store.folder}", *([f"data.path={plan.path}"] if plan.path else [])]
    if not store.shared_cache and store.cache.parent != store.folder:
        places.append(f"tracking.cache={store.cache}")
    # Quoted, or Hydra reads 0123e456 as a number.
    mark = [f"plan.parent='{parent}'", f"plan.fingerprint='{job.label.fingerprint}'"]
    return [*job.overrides, *hydra_arguments(places), *mark]


def _record_failures(store: Store, parent: str, jobs: Sequence[Job], returns: Sequence[JobReturn]) -> None:
    """A job that failed before it could open its run still has to be seen, and one whose workers were killed closed."""
    failed = {
        job.label.fingerprint: (job, outcome._return_value)
        for job, outcome in zip(jobs, returns, strict=True)
        if outcome.status == JobStatus.FAILED
    }
    if not failed:
        return
    runs = [run for run in sweep_runs(store, parent) if run.fingerprint in failed]
    for run in runs:
        if run.status == RUNNING:
            fail_run(store, run.run_id, reason_of(failed[run.fingerprint][1]))
    for mark in failed.keys() - {run.fingerprint for run in runs}:
        job, error = failed[mark]
        record_failure(store, job.label, parent, error)
