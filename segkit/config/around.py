"""The segmentation that another one lies within: found by id, name or registered model, and read from the store."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from segkit.config.kept import kept_config
from segkit.errors import UserError, did_you_mean
from segkit.records import FINISHED, RunRecord, latest_of_each
from segkit.scoring.scorer import Scorer
from segkit.segments import segment_named
from segkit.tracking.read import find_run, latest_of_everyone, sweep_runs
from segkit.tracking.registry.versions import find_version, model_names, version_scorer
from segkit.tracking.reporting import fitted_hash, run_scorer
from segkit.tracking.store import Store

# What names the same segmentation for ever: a whole run id, or a version of a registered model.
_SETTLED = re.compile(r"[0-9a-f]{32}|.+/\d+")


@dataclass(frozen=True, eq=False)
class Around:
    """An outer run, what scores as it segments, what it was computed with, its data set's name and content hash.

    `reference` names it for ever.
    """

    reference: str
    run: RunRecord
    scorer: Scorer
    config: Any
    data: str
    hash: str


def reference_of(store: Store, text: str) -> str:
    """What names for ever the run that is meant: by id or its beginning, by its name in the latest sweep of all
    customers, or by NAME, NAME@alias or NAME/version of a registered model.
    """
    if _SETTLED.fullmatch(text):
        return text
    models = model_names(store)
    if text.partition("@")[0] in models:
        version = find_version(store, text)
        return f"{version.model}/{version.version}"
    named = _latest_runs(store)
    if text in named:
        return named[text]
    if not re.fullmatch("[0-9a-f]+", text):
        mend = did_you_mean(text, [*named, *models], "`segkit compare` lists the runs, `segkit models` the models")
        raise UserError(f"within={text} is no run id, run of the latest sweep or registered model", mend)
    return find_run(store, text)[0].model_run


def _latest_runs(store: Store) -> dict[str, str]:
    """The runs of the latest sweep of all customers by name, so that the same command twice means the same run."""
    sweep = latest_of_everyone(store)
    runs = latest_of_each(sweep_runs(store, sweep.parent)) if sweep is not None else []
    return {run.name: run.model_run for run in runs}


@lru_cache(maxsize=4)
def around_of(store: Store, reference: str) -> Around:
    """The segmentation that such a reference names."""
    version = find_version(store, reference) if "/" in reference else None
    run, data = find_run(store, version.run_id if version else reference)
    if run.status != FINISHED:
        raise UserError(f"{run.name} did not finish, so it has no segments", "`segkit compare` lists those that did")
    scorer = version_scorer(store, version) if version else run_scorer(store, run)
    settled = reference if version else run.model_run
    return Around(settled, run, scorer, kept_config(store, run), data, fitted_hash(store, run))


def segment_of(around: Around, text: str) -> int:
    """The number of the segment that is named by number or name."""
    return segment_named(around.scorer.names, text, around.reference if "/" in around.reference else around.run.name)
