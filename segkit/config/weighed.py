"""What the sweep's best runs are held against: themselves on other customers, rivals by rule, the days to come."""

from typing import Any

import pandas as pd
from omegaconf import OmegaConf

from segkit.config.choosing import choose_k
from segkit.config.datasets import load_dataset
from segkit.config.labels import current_label
from segkit.config.pieces import build_model
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.evidence.gathering import Evidence, gather
from segkit.evidence.next_period import cut_day, next_period
from segkit.evidence.rivals import Rival, measured, rivals
from segkit.evidence.usefulness import kind_of, targets_of
from segkit.records import space_name
from segkit.spaces import space_in
from segkit.tracking.spaces import log_space
from segkit.tracking.store import Store
from segkit.tracking.weighing import log_evidence, log_rivals

_MEASURES = {"binary": "AUC", "categorical": "AUC", "numeric": "explained"}


def weighed_as_asked(config: Any, dataset: Dataset, store: Store) -> bool:
    """Gather and log what the sweep asks for in place of a run, if it does.

    That is evidence on one run, the rivals of all, what a space is made of, or what speaks for which k of one pipeline.
    """
    if config.plan.weigh:
        log_evidence(store, config.plan.weigh, evidence_on(config, dataset, store))
    elif config.plan.rivals:
        log_rivals(store, config.plan.parent, rivals_of(dataset, config))
    elif config.plan.space:
        name = space_name(current_label(config, dataset).params)
        log_space(store, config.plan.parent, name, space_in(dataset, build_model(config, dataset, store)))
    elif config.plan.choosing:
        choose_k(config, dataset, store)
    return bool(config.plan.weigh or config.plan.rivals or config.plan.space or config.plan.choosing)


def evidence_on(config: Any, dataset: Dataset, store: Store) -> Evidence:
    """The evidence on one run's pipeline."""
    before = dataset_before(dataset, config)
    model = build_model(config, dataset, store)
    if before is None:
        return gather(dataset, model)
    return gather(dataset, model, (before, build_model(earlier(config, before.as_of), before, store)))


def rivals_of(dataset: Dataset, config: Any) -> pd.DataFrame:
    """The rivals that a data set allows of, with how far each separates outcomes, value and the next period."""
    table = _standing(rivals(dataset), targets_of(dataset))
    before = dataset_before(dataset, config)
    if before is None:
        return table
    ahead = _standing(rivals(before), next_period(before, dataset))
    return table.merge(ahead.drop(columns=["about", "segments"]), on="name", how="outer")


def _standing(found: list[Rival], targets: pd.DataFrame) -> pd.DataFrame:
    """The rivals with each target under a name that says its measure; what cannot be measured is left out."""
    kinds = {str(target): kind_of(targets[target]) for target in targets}
    known = {target: f"{target} {_MEASURES[kind]}" for target, kind in kinds.items() if kind}
    return measured(found, targets[list(known)]).rename(columns=known)


def dataset_before(dataset: Dataset, config: Any) -> Dataset | None:
    """A log's customers as of the day before its last period; None for other tables, for short logs, and within a
    segment: who has left it since would pass for one who bought no more.
    """
    if dataset.log is None or dataset.inside is not None:
        return None
    try:
        return load_dataset(earlier(config, cut_day(dataset)))
    except UserError:
        return None


def earlier(config: Any, day: str) -> Any:
    """The same configuration with its data as of another day."""
    return OmegaConf.merge(config, {"data": {"as_of": day}})
