"""From a composed configuration to the library's own objects, and to the names that make a run findable."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.utils import instantiate
from omegaconf import DictConfig, OmegaConf

from segkit.config.arguments import columns_said
from segkit.data import Dataset, make_dataset
from segkit.data.delimited import Reading
from segkit.data.expected import differences
from segkit.data.read import read
from segkit.errors import UserError
from segkit.fingerprint import code_hash, fingerprint
from segkit.model import SegmentationModel
from segkit.preprocessing.typed_columns import typed_columns
from segkit.records import STEPS, SweepRecord, latest_of_each
from segkit.selection import Brief, MetricRule, Ranking
from segkit.stages import SharedStages
from segkit.tracking.read import sweep_runs
from segkit.tracking.runs import DATA, RunLabel
from segkit.tracking.store import Store, existing_store, open_store

# A data set's name becomes that of a registered model, and MLflow refuses these there.
_NOT_IN_NAMES = re.compile(r"[/:'\"\\]")


def load_dataset(config: Any) -> Dataset:
    """The data set that the `data` page describes; read once per process while the file stays the same."""
    described: Any = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    changed = 0
    path = absolute(config.path)
    if path:
        described["path"], changed = path, Path(path).stat().st_mtime_ns if Path(path).is_file() else 0
    return _load(json.dumps(described, sort_keys=True), changed)


def absolute(path: str | None) -> str:
    """A path that means the same in every process; addresses stay as they are."""
    if not path or "://" in path:
        return path or ""
    return str(Path(path).expanduser().absolute())


def check_k(config: Any, dataset: Dataset) -> None:
    """k must be a number of segments that the customers can fill."""
    if not 1 <= config.k <= len(dataset.table):
        raise UserError(
            f"k={config.k} does not fit {len(dataset.table)} customers", f"choose k between 1 and {len(dataset.table)}"
        )


def build_model(config: Any, dataset: Dataset, store: Store) -> SegmentationModel:
    """The model of one run, its shared stages kept in the store's cache."""
    algorithm, reducer, preprocessing = (make(config, step) for step in ("algorithm", "reducer", "preprocessing"))
    columns = typed_columns(dataset.feature_columns, dataset.as_of)
    stages = SharedStages(store.cache, stage_keys(config, dataset))
    return SegmentationModel(algorithm, reducer, preprocessing, columns, stages)


def make(config: Any, step: str) -> Any:
    """The estimator of one step; plain lists and dicts reach it, since estimators know no OmegaConf."""
    return instantiate(config[step], _convert_="all")


def stage_keys(config: Any, dataset: Dataset) -> dict[str, str]:
    """What each shared stage depends on, as a name."""
    base = {"data": dataset.key, "code": code_hash(), "preprocessing": plain(config.preprocessing)}
    return {"preprocessing": fingerprint(base), "reducer": fingerprint(base | {"reducer": plain(config.reducer)})}


def run_fingerprint(config: Any, dataset: Dataset) -> str:
    """The name of one computation: data, code, and the three steps with every value filled in.

    k and seed count only where a step uses them, so an algorithm without k is one run whatever k is.
    """
    steps = {step: plain(config[step]) for step in STEPS}
    return fingerprint({"data": dataset.key, "code": code_hash(), **steps})


def plain(config: Any) -> Any:
    """A configuration as dicts and lists with every reference filled in."""
    return OmegaConf.to_container(config, resolve=True) if OmegaConf.is_config(config) else config


def run_label(config: Any, choices: Any, overrides: list[str], dataset: Dataset) -> RunLabel:
    """Name, parameters and tags of a run, from its configuration and what was chosen on the command line."""
    params = {step: str(choices[step]) for step in STEPS}
    if takes_k(config):
        params["k"] = str(config.k)
    details = _details(overrides)
    name = "-".join([*params.values(), *(f"{key.rpartition('.')[2]}={value}" for key, value in details.items())])
    mark = config.plan.fingerprint or run_fingerprint(config, dataset)
    return RunLabel(name, params | details | {"seed": str(config.seed)}, mark, config.plan.parent, {DATA: dataset.name})


def current_label(config: Any, dataset: Dataset) -> RunLabel:
    """The label of the job that Hydra is running now."""
    hydra = HydraConfig.get()
    if config.plan.fingerprint not in (None, run_fingerprint(config, dataset)):
        raise UserError(f"{dataset.source} changed while the sweep ran", "start the sweep again")
    return run_label(config, hydra.runtime.choices, list(hydra.overrides.task), dataset)


def takes_k(config: Any) -> bool:
    """Whether the algorithm's page asks for k."""
    return "${k}" in json.dumps(OmegaConf.to_container(config.algorithm, resolve=False))


def resolved_text(config: Any) -> str:
    """The configuration with every value filled in, as it is kept with a run or a sweep."""
    shown = OmegaConf.masked_copy(
        config, [key for key in config if key not in ("plan", "hydra", "debug", "rerun", "format")]
    )
    return OmegaConf.to_yaml(shown, resolve=True)


def brief_of(config: Any) -> Brief:
    """The brief as the library knows it."""
    return Brief(**plain(config))


def rule_of(config: Any) -> MetricRule:
    """The selection rule."""
    return instantiate(config, _convert_="all")


def ranking_of(store: Store, sweep: SweepRecord, brief: Any = None, selection: Any = None) -> Ranking:
    """A sweep's runs ranked by the brief and rule that it was started with, or by others where they are given."""
    rule = rule_of(selection) if selection is not None else _stored_rule(sweep.settings.get("selection", {}))
    demands = brief_of(brief if brief is not None else sweep.settings.get("brief", {}))
    return rule.rank(latest_of_each(sweep_runs(store, sweep.parent)), demands)


def _stored_rule(settings: Any) -> MetricRule:
    """The rule that the store names; a store may be someone else's, so it cannot name other code than ours."""
    if not str(settings.get("_target_", "")).startswith("segkit.selection."):
        raise UserError("the sweep does not say how it was ranked", "name a rule: selection=macro_silhouette")
    return rule_of(settings)


def store_of(config: Any, must_exist: bool = False) -> Store:
    """The store that the `tracking` page names."""
    opener = existing_store if must_exist else open_store
    return opener(config.folder, config.uri, config.experiment)


def _details(overrides: list[str]) -> dict[str, str]:
    """Hyper-parameters set on the command line, such as algorithm.eps=0.5, and the seed: they tell runs apart."""
    pairs = (override.lstrip("+").partition("=")[::2] for override in overrides)
    return {key: value for key, value in pairs if key == "seed" or ("." in key and key.partition(".")[0] in STEPS)}


@lru_cache(maxsize=2)
def _load(description: str, changed: int) -> Dataset:
    described: DictConfig = OmegaConf.create(json.loads(description))
    if described.path is None and described.generate is None:
        raise UserError("data.path is needed", "say which table: data.path=customers.csv")
    reading = read(described.path, described.query) if described.path else Reading(instantiate(described.generate))
    name = _NOT_IN_NAMES.sub("_", described.name or Path(described.path).stem)
    notes = reading.notes + differences(reading.table, plain(described.expects), name)
    said = columns_said(described.said)
    stated = {f"{what}s": plain(described[what]) | said.get(what, {}) for what in ("kind", "use")}
    stated["levels"] = plain(described.levels) | said.get("levels", {})
    source = described.path or f"generated: {name}"
    return make_dataset(name, reading.table, source, described.as_of, stated, notes)
