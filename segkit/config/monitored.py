"""From the page `monitor` to what is said of a registered model's customers on a day."""

from datetime import datetime
from typing import Any

import pandas as pd
from hydra.utils import get_object
from sklearn.base import BaseEstimator, clone

from segkit.config.kept import kept_config
from segkit.config.pieces import fit_rows, make
from segkit.config.schema import plain
from segkit.data.dates import check_date
from segkit.data.numbers import as_text
from segkit.data.read import read_table
from segkit.drift.deciding import decided
from segkit.drift.limits import Limits
from segkit.drift.told import Told, as_values, numbers, tables
from segkit.drift.watching import Before, Refit, known_baseline, watched
from segkit.drift.words import reason_lines, why
from segkit.errors import UserError, WorkFailed
from segkit.model import SegmentationModel
from segkit.plots.drift import psi_bars, shares_then_and_now
from segkit.records import FINISHED, RunRecord, latest_of_each
from segkit.scoring.readings import unread_cells
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer import Scorer
from segkit.tracking.monitoring import Entry
from segkit.tracking.past import labels_before
from segkit.tracking.read import find_run, sweep_of, sweep_runs
from segkit.tracking.registry.versions import Version, version_labels, version_scorer
from segkit.tracking.reporting import run_scorer
from segkit.tracking.store import Store

# The columns by which a file is known to be one that `segkit score` wrote.
_SCORED = {"segment", "segment_name", "confidence"}
# What a model without a reducer has in its place.
_PLAIN = "builtins.str"


def day_of(config: Any) -> str:
    """The day that the customers are of, as ISO date."""
    return (
        check_date(config.date or "", "date")
        or check_date(config.as_of, "as_of")
        or datetime.now().astimezone().date().isoformat()
    )


def monitored(config: Any, store: Store, version: Version) -> Told:
    """Measure the customers of the page's table against the version, and decide."""
    limits = _limits(config)
    scorer = version_scorer(store, version)
    known_baseline(scorer)  # first, since all else takes long
    table = read_table(config.input, config.query, scorer.text_columns)
    customers = scorer.customers_in(table, config.as_of)
    scorer.score(customers.head(0))  # says which columns are lacking, before their cells are looked at
    notes = [f"{count:,} cells of {name} could not be read" for name, count in unread_cells(scorer, table).items()]
    before = _before(config, store, version, scorer, customers)
    model, one_more, why_not = _refits(config, store, version, scorer)
    found = watched(scorer, customers, check_date(config.as_of, "as_of"), before, model, one_more)
    notes += [why_not] if why_not else []
    notes += [] if model is None or found.reform else ["these customers are too few to fit the model on halves of them"]
    decision = decided(found, limits, scorer.names)
    return Told(f"{version.model}/{version.version}", day_of(config), found, decision, scorer.names, tuple(notes))


def _limits(config: Any) -> Limits:
    stated = plain(config.limits)
    for name, limit in stated.items():
        if not limit >= 0:
            raise UserError(f"limits.{name}={limit:g} is no limit", "give a number of 0 or more")
    return Limits(**stated)


def _before(config: Any, store: Store, version: Version, scorer: Scorer, customers: pd.DataFrame) -> Before:
    """The period before: the one that is named, else the last one monitored, else the fit, if anyone is known there."""
    at_fitting = version_labels(store, version)
    if config.previous:
        return Before(_labels_in(config.previous, scorer, config.as_of), str(config.previous), at_fitting)
    if scorer.id_column not in customers:
        return Before(at_fitting=at_fitting)
    ids = set(as_text(customers[scorer.id_column]).dropna())
    known = [labels_before(store, version, day_of(config)), (at_fitting, "the fit") if at_fitting is not None else None]
    for labels, since in filter(None, known):
        if ids & set(labels.index):
            return Before(labels, since, at_fitting)
    return Before(at_fitting=at_fitting)


def _labels_in(path: str, scorer: Scorer, as_of: str) -> pd.Series:
    """The segments by customer of a file that `segkit score` wrote, or those that the customers of a table get."""
    table = read_table(path, "", scorer.text_columns)
    scored = table if set(table) >= _SCORED else scored_table(scorer, scorer.customers_in(table, as_of), as_of)
    ids = next((name for name in (scorer.id_column, "customer") if name and name in scored), None)
    if ids is None:
        raise UserError(f"previous={path} has no column of ids ({scorer.id_column or 'the model knows none'})")
    return scored.set_index(ids)["segment"]


def _refits(
    config: Any, store: Store, version: Version, scorer: Scorer
) -> tuple[SegmentationModel | None, Refit | None, str]:
    """The pipeline to fit anew, that with one segment more if it was tried, or why there is neither."""
    if not config.reform:
        return None, None, ""
    try:
        run = find_run(store, version.run_id)[0]
        model = _pipeline(store, run, scorer, config.as_of)
    except (UserError, WorkFailed) as error:
        return None, None, f"whether the segments re-form is not looked into: {str(error).splitlines()[0]}"
    try:
        return model, _one_more(store, run, config.as_of), ""
    except (UserError, WorkFailed):
        return model, None, ""


def _pipeline(store: Store, run: RunRecord, scorer: Scorer, as_of: str) -> SegmentationModel:
    """The pipeline that a run was computed with, not fitted, reading the columns as its scorer does."""
    config = kept_config(store, run, table="customers")
    for step in ("algorithm", "reducer"):
        _check_builds_estimators(plain(config[step]))
    steps = {name: clone(step) for name, step in scorer.preprocessing.steps}
    columns = steps["columns"].set_params(kinds=dict(scorer.preprocessing["columns"].kinds_), as_of=as_of)
    made = (make(config, "algorithm"), make(config, "reducer"), steps["matrix"], columns, steps["features"])
    return SegmentationModel(*made, fit_rows=fit_rows(config), seed=config.seed)


def _one_more(store: Store, run: RunRecord, as_of: str) -> Refit | None:
    """The run of the same sweep that differs in one segment more, if there is one that knows its baseline."""
    sweep = sweep_of(store, run.run_id)
    tried = latest_of_each(sweep_runs(store, sweep.parent)) if sweep and run.k else []
    alike = [one for one in tried if one.pipeline == run.pipeline and one.params.get("seed") == run.params.get("seed")]
    found = next((one for one in alike if one.k == (run.k or 0) + 1 and one.status == FINISHED), None)
    if found is None:
        return None
    scorer = run_scorer(store, found)
    known_baseline(scorer)
    return Refit(scorer, _pipeline(store, found, scorer, as_of))


def _check_builds_estimators(page: Any) -> None:
    """A store may be someone else's: of the classes that it names only scikit-learn's kind are made."""
    if isinstance(page, dict) and "_target_" in page and page["_target_"] != _PLAIN:
        found = get_object(str(page["_target_"]))
        if not (isinstance(found, type) and issubclass(found, BaseEstimator)):
            raise UserError(f"the run was made of {page['_target_']}, which is no estimator of scikit-learn's kind")
    for part in page.values() if isinstance(page, dict) else page if isinstance(page, list) else ():
        _check_builds_estimators(part)


def entry_of(told: Told, version: Version, config: Any) -> Entry:
    """What is kept of a day in the store."""
    lines = reason_lines(told)
    found, limits = told.found, (config.limits.psi_watch, config.limits.psi_refit)
    figures = {"shares": shares_then_and_now(found.segments, told.names), "psi": psi_bars(found.columns, limits)}
    return Entry(
        version,
        told.date,
        told.decision.decision,
        why(told),
        "\n".join([f"**{told.decision.decision}**", "", *(f"-{line}" for line in lines)]),
        numbers(told),
        found.labels,
        as_values(told),
        tables(told),
        figures,
    )
