"""How much the segments depend on each column: the whole pipeline fitted again without it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from segkit.data import Dataset
from segkit.errors import UserError
from segkit.identity.people import compare_labels
from segkit.model import SegmentationModel
from segkit.plots import influence_bars
from segkit.preprocessing import Features
from segkit.preprocessing.rows import Within
from segkit.runs import RunResult


def with_influence(result: RunResult, dataset: Dataset, model: SegmentationModel) -> RunResult:
    """The result of a run with the influence of each column or block, as a table and a picture."""
    with threadpool_limits(1):
        table = drop_one(dataset, model)
    tables = {**result.tables, "influence": table}
    return replace(result, tables=tables, figures={**result.figures, "influence": influence_bars(table.dropna())})


def drop_one(dataset: Dataset, model: SegmentationModel) -> pd.DataFrame:
    """Per column or block, the most influential first: what changes when the model is fitted without it.

    `agreement` is the adjusted Rand index to the segments with all columns (1 the same, 0 chance), `moved_share` the
    share of customers who land in another segment; both are missing where the model cannot do without.
    """
    columns = [column.name for column in dataset.feature_columns]
    everything = _labels(dataset, model, columns)
    rows = []
    for name, dropped in _units(dataset, columns).items():
        try:
            without = _labels(dataset, model, [column for column in columns if column not in dropped])
        except (ValueError, UserError):  # too few columns are left for the model, say
            rows.append((name, ", ".join(dropped), float("nan"), float("nan")))
            continue
        moved = compare_labels(everything, without).moved_share
        rows.append((name, ", ".join(dropped), float(adjusted_rand_score(everything, without)), moved))
    table = pd.DataFrame(rows, columns=["without", "columns", "agreement", "moved_share"])
    return table.sort_values("agreement", kind="stable", ignore_index=True)


def _units(dataset: Dataset, columns: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Blocks and the columns outside of any, as long as something is left without them."""
    blocks = {name: [c for c in members if c in columns] for name, members in dataset.blocks.items()}
    inside = {name for members in blocks.values() for name in members}
    units = {name: members for name, members in blocks.items() if members}
    units |= {name: [name] for name in columns if name not in inside}
    return {name: members for name, members in units.items() if len(members) < len(columns)}


def _labels(dataset: Dataset, model: SegmentationModel, columns: Iterable[str]) -> pd.Series:
    kept = list(columns)
    without = clone(model).set_params(stages=None)  # shared stages are named after all columns
    if without.features is None:
        without.set_params(features=Features())
    without.set_params(features__keep=kept)
    known = without.get_params()
    if known.get("preprocessing__weights"):
        weights = {name: weight for name, weight in known["preprocessing__weights"].items() if name in kept}
        without.set_params(preprocessing__weights=weights)
    if known.get("preprocessing__drop"):
        without.set_params(preprocessing__drop=_rules_on(kept, known["preprocessing__drop"]))
    return pd.Series(without.fit(dataset.features, customer_weights=dataset.weights).labels_)


def _rules_on(kept: Sequence[str], drop: Any) -> list[Any]:
    """Rules for rows that ask only for columns that are left."""
    rules = list(drop) if isinstance(drop, list | tuple) else [drop]
    return [
        Within({name: limits for name, limits in rule.limits.items() if name in kept}) if type(rule) is Within else rule
        for rule in rules
    ]
