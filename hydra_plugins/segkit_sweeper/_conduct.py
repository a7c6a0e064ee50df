"""Carrying out a planned sweep: what is done already is shown, the rest launched, the whole ranked and closed."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache

from hydra.plugins.launcher import Launcher
from omegaconf import DictConfig

from hydra_plugins.segkit_sweeper._conclude import AT_THE_END, conclude
from hydra_plugins.segkit_sweeper._launching import arguments, undone, work_off
from hydra_plugins.segkit_sweeper._plan import Job, Plan
from hydra_plugins.segkit_sweeper._weigh import weigh
from hydra_plugins.segkit_sweeper._workers import import_meanwhile
from segkit.algorithms.extras import installing
from segkit.answer import best_so_far
from segkit.cache import trim
from segkit.config.datasets import brief_of
from segkit.config.labels import resolved_text
from segkit.config.schema import plain
from segkit.config.stored import rule_of, store_of
from segkit.data.boxes import choices_text
from segkit.data.findings.finding import findings_table, findings_text
from segkit.data.worth_knowing import worth_knowing
from segkit.errors import WorkFailed
from segkit.outcome import understood
from segkit.output import check_format
from segkit.progress import Progress
from segkit.records import FINISHED
from segkit.selection import Ranking
from segkit.tracking import sweeps
from segkit.tracking.killed import close_killed
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import log_dataset
from segkit.tracking.store import Store
from segkit.tracking.together import for_each


def conduct(config: DictConfig, plan: Plan, launcher: Launcher) -> Ranking:
    """Do what the plan asks for and print the answer; raises WorkFailed at the end if runs failed."""
    check_format(config.format, ("table", "json"))
    store = store_of(config.tracking)
    print(_understood(plan, config), file=sys.stderr)
    with sweeps.sweep_lock(store, plan.sweep):
        close_killed(store)
        parent = _open(store, config, plan)
        finished = False
        try:
            done = _work(store, parent, plan, config, launcher)
            sweeps.close_doubles(store, sweep_runs(store, parent))
            runs = sweep_runs(store, parent)
            if config.evidence:
                jobs = {job.label.fingerprint: arguments(job, parent, store, plan) for job in done}
                known = [run for run in runs if run.fingerprint in jobs]
                runs = weigh(store, parent, known, config, launcher, jobs.__getitem__)
            ranking = conclude(store, parent, plan, config, runs)
            finished = True
        except KeyboardInterrupt:
            print(f"\n{_kept(store, parent, plan)}", file=sys.stderr)
            raise
        finally:
            sweeps.close_orphans(store, runs if finished else sweep_runs(store, parent))
            sweeps.close_sweep(store, parent, failed=not finished)
            trim(store.cache, config.tracking.cache_gb * 1e9)
    if ranking.failed:
        raise WorkFailed(f"{len(ranking.failed)} of {len(done)} runs failed; the table above says why")
    return ranking


def _understood(plan: Plan, config: DictConfig) -> str:
    """How the table was understood, and where features are an axis, what each choice of them segments on."""
    told = [understood(plan.dataset, brief_of(config.brief))]
    told += [choices_text(plan.choices)] if len(plan.choices) > 1 else []
    told += [f"  not tried     what {installing(name)} would bring" for name in plan.left_out]
    return "\n".join(told)


def _open(store: Store, config: DictConfig, plan: Plan) -> str:
    settings = {"brief": plain(config.brief), "selection": plain(config.selection)}
    text, inside = resolved_text(config), plan.dataset.inside
    parent = sweeps.open_sweep(store, plan.sweep, plan.dataset.name, settings, text, config.rerun, inside)
    log_dataset(store, parent, plan.dataset)
    return parent


def _work(store: Store, parent: str, plan: Plan, config: DictConfig, launcher: Launcher) -> list[Job]:
    """Do what is missing, batch after batch; returns all jobs of the plan."""
    done: list[Job] = []
    with ExitStack() as telling:
        begin = cache(lambda: telling.enter_context(_begun(store, parent, plan, config)))
        for jobs in plan.batches(lambda: sweep_runs(store, parent)):
            work_off(store, parent, plan, _missing(store, parent, plan, config, jobs), launcher, begin)
            done += jobs
    if len(done) < plan.total:
        print(f"{len(done)} runs, not {plan.total}: all else would compute the same", file=sys.stderr)
    return done


def _missing(store: Store, parent: str, plan: Plan, config: DictConfig, jobs: Sequence[Job]) -> list[Job]:
    """The jobs that have to be done: neither this sweep nor, unless all is computed again, another one has."""
    children = sweep_runs(store, parent)
    sweeps.close_orphans(store, children)
    missing = undone(children, jobs)
    return missing if config.rerun else _not_adopted(store, parent, missing, plan.dataset.name)


def _begun(store: Store, parent: str, plan: Plan, config: DictConfig) -> Progress:
    """What is told before and while there is something to compute."""
    _tell_findings(store, parent, plan)
    import_meanwhile(AT_THE_END)
    rule, brief = rule_of(config.selection), brief_of(config.brief)
    return Progress(lambda: sweep_runs(store, parent), plan.total, lambda runs: best_so_far(rule.rank(runs, brief)))


def _tell_findings(store: Store, parent: str, plan: Plan) -> None:
    """What is worth knowing about the table, before time is spent on it."""
    findings = worth_knowing(plan.dataset, plan.evens_tails)
    sweeps.log_table(store, parent, "findings", findings_table(findings))
    if findings:
        print(findings_text(findings), file=sys.stderr)


def _kept(store: Store, parent: str, plan: Plan) -> str:
    done = {run.fingerprint for run in sweep_runs(store, parent) if run.status == FINISHED}
    return f"{len(done)} of {plan.total} runs are done and kept"


def _not_adopted(store: Store, parent: str, jobs: list[Job], data: str) -> list[Job]:
    """The jobs that nobody has done; those done by an earlier sweep appear here as light children."""
    adopted = for_each(store, lambda job: sweeps.adopt_finished(store, parent, job.label.fingerprint, data), jobs)
    return [job for job, done in zip(jobs, adopted, strict=True) if not done]
