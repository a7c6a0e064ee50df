"""The end of a sweep: its runs ranked, what was found out written to the parent and told."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from hydra_plugins.segkit_sweeper._plan import Plan
from segkit.answer import sweep_report
from segkit.beside import Beside
from segkit.config.beside import beside, with_standing
from segkit.config.datasets import brief_of
from segkit.config.schema import plain
from segkit.config.stored import rule_of
from segkit.data.boxes import columns_table
from segkit.fingerprint import fingerprint, whole_code_hash
from segkit.output import as_json, emit, in_the_ui
from segkit.records import RunRecord, latest_of_each
from segkit.selection import Ranking
from segkit.tables import ranking_table, sweep_json
from segkit.tracking import sweeps, views
from segkit.tracking.choosing import k_suggestions, unknown_choosing
from segkit.tracking.evidence import names_in, segments_table, sweep_evidence
from segkit.tracking.overview import describe_experiment
from segkit.tracking.read import find_sweep, sweep_runs
from segkit.tracking.store import Store
from segkit.tracking.weighing import knows_rivals, log_agreement, splits_of
from segkit.verdict import verdict

# What the end of a sweep imports and its beginning does not.
AT_THE_END = ("segkit.plots.comparison", "segkit.tracking.sweep_results")


def conclude(store: Store, parent: str, plan: Plan, config: DictConfig, runs: list[RunRecord]) -> Ranking:
    """Rank the runs of a sweep, write tables, pictures and the answer to its parent, and print them.

    What was concluded before from the same runs is only told again.
    """
    mark = _mark(store, parent, config, runs)
    if sweeps.is_concluded(store, parent, mark):
        ranking = rule_of(config.selection).rank(latest_of_each(runs), brief_of(config.brief))
        told = beside(store, find_sweep(store, parent), ranking, sweep_evidence(store, parent))
    else:
        ranking, told = _concluded(store, parent, plan, config, latest_of_each(runs))
        sweeps.mark_concluded(store, parent, mark)
    _tell(store, parent, plan, config, ranking, told)
    return ranking


def _mark(store: Store, parent: str, config: DictConfig, runs: list[RunRecord]) -> str:
    """A name for all that a conclusion rests on."""
    asked = {"brief": plain(config.brief), "selection": plain(config.selection), "evidence": config.evidence}
    known = sorted((run.run_id, run.status, run.evidence) for run in runs)
    rivals = config.evidence and knows_rivals(store, parent)
    unknown = sorted(unknown_choosing(store, parent, runs))
    rests_on = {"asked": asked, "runs": known, "rivals": rivals, "unknown": unknown, "code": whole_code_hash()}
    return fingerprint(rests_on)


def _concluded(
    store: Store, parent: str, plan: Plan, config: DictConfig, runs: list[RunRecord]
) -> tuple[Ranking, Beside]:
    """The ranking and what stands beside it, written to the parent with tables, pictures and the answer."""
    # These draw, which a sweep that is only told again does not.
    from segkit.plots.comparison import sweep_figures
    from segkit.tracking.sweep_results import log_places, log_sweep, pipelines_against_k, sweep_tags

    rule, brief = rule_of(config.selection), brief_of(config.brief)
    evidence = _evidence(store, parent, rule.finalists(runs, brief)) if config.evidence else {}
    runs = latest_of_each(sweep_runs(store, parent))  # agreement has been added
    ranking = rule.rank(runs, brief)
    best = ranking.best_run
    if best is not None and config.evidence:
        evidence["splits"] = splits_of(store, runs, best.pipeline)
    if len(chosen := k_suggestions(store, parent, runs)):
        evidence["k_suggestions"] = chosen
    told = beside(store, find_sweep(store, parent), ranking, evidence)
    report = sweep_report(ranking, plan.dataset.name, told)
    segments = segments_table(store, best.model_run) if best else None
    figures = sweep_figures(ranking, with_standing(evidence, told), names_in(segments))
    tags = sweep_tags(store, parent, ranking, report, segments, figures)
    log_sweep(store, parent, runs, {**_tables(plan, ranking), **evidence}, tags, figures)
    log_places(store, ranking)
    views.save_views(store, parent, find_sweep(store, parent).name, ranking.metric, pipelines_against_k(ranking))
    describe_experiment(store)
    return ranking, told


def _evidence(store: Store, parent: str, finalists: list[RunRecord]) -> dict[str, pd.DataFrame]:
    """What was found out between runs, and what needs no run at all."""
    found = {name: table for name, table in sweep_evidence(store, parent).items() if name == "rivals"}
    if finalists:
        found["agreement"] = log_agreement(store, finalists)
    return found


def _tables(plan: Plan, ranking: Ranking) -> dict[str, pd.DataFrame]:
    tables = {"ranking": ranking_table(ranking), "columns": columns_table(plan.dataset)}
    if plan.dataset.without_purchase:
        tables["without_purchase"] = pd.DataFrame({"customer": plan.dataset.without_purchase})
    return tables


def _tell(store: Store, parent: str, plan: Plan, config: DictConfig, ranking: Ranking, told: Beside) -> None:
    links = views.sweep_links(store, parent)
    listed = "".join(f"\n  {title:<13} {link}" for title, link in links.items())
    said = sweep_report(ranking, plan.dataset.name, told).text
    formats: Mapping[str, Any] = {
        "table": lambda: f"{said}\n{in_the_ui(next(iter(links.values())))}{listed}",
        "json": lambda: as_json(sweep_json(plan.sweep, verdict(ranking), ranking, told)),
    }
    emit(config.format, formats)
