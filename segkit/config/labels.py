"""What a composed configuration computes, in names: of its stages, of the run, and for people to read."""

import json
from typing import Any

from hydra.core.hydra_config import HydraConfig
from omegaconf import OmegaConf

from segkit.config.sampled import fits_a_sample
from segkit.config.schema import plain
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.fingerprint import choosing_hash, code_hash, evidence_hash, fingerprint
from segkit.records import STEPS, RunLabel
from segkit.secrets import masked
from segkit.tracking.names import DATA, inside_tags


def evens_tails(preprocessing: Any) -> bool:
    """Whether the page of a preprocessing says that long tails are shortened."""
    said = plain(preprocessing) or {}
    return said.get("logs", "none") != "none" or said.get("scaler") in ("power", "quantile")


def stage_keys(config: Any, dataset: Dataset) -> dict[str, str]:
    """What each shared stage depends on, as a name."""
    base = {"data": dataset.key, "code": code_hash(), "preprocessing": plain(config.preprocessing)}
    prepared = fingerprint(base)
    reduced = base | {"reducer": plain(config.reducer)}
    # k stays a reference, so that the tree is the same whatever k is.
    tree = OmegaConf.to_container(config.algorithm, resolve=False)
    return {
        "rows": prepared,
        "preprocessing": prepared,
        "reducer": fingerprint(reduced),
        "gap": fingerprint(reduced | {"seed": config.seed, "choosing": choosing_hash()}),
        "lookalikes": fingerprint(base | {"evidence": evidence_hash()}),
        "tree": fingerprint(reduced | {"tree": tree, "seed": config.seed}),
    }


def run_fingerprint(config: Any, dataset: Dataset) -> str:
    """The name of one computation: data, code, and the three steps with every value filled in.

    k and seed count only where a step uses them, so an algorithm without k is one run whatever k is, and one that draws
    nothing one run whatever the seed is, unless what it fits is drawn.
    """
    drawn = {"sample": config.seed} if fits_a_sample(config, len(dataset.table)) else {}
    steps = {step: plain(config[step]) for step in (*STEPS, "silhouette_rows", "influence", "tsne", "intel")}
    return fingerprint({"data": dataset.key, "code": code_hash(), **steps, **drawn})


def run_label(config: Any, choices: Any, overrides: list[str], dataset: Dataset) -> RunLabel:
    """Name, parameters and tags of a run, from its configuration and what was chosen on the command line."""
    params = {step: str(choices[step]) for step in STEPS}
    if takes_k(config):
        params["k"] = str(config.k)
    details = _details(overrides)
    if "features" in details:  # as it was meant, without the quotes that it may have needed
        details["features"] = features_text(config)
    name = "-".join([*params.values(), *(f"{key.rpartition('.')[2]}={value}" for key, value in details.items())])
    mark = config.plan.fingerprint or run_fingerprint(config, dataset)
    tags = {DATA: dataset.name, **inside_tags(dataset.inside)}
    return RunLabel(name, params | details | {"seed": str(config.seed)}, mark, config.plan.parent, tags)


def current_label(config: Any, dataset: Dataset) -> RunLabel:
    """The label of the job that Hydra is running now."""
    hydra = HydraConfig.get()
    if config.plan.fingerprint not in (None, run_fingerprint(config, dataset)):
        raise UserError(f"{dataset.source}, or the code, changed while the sweep ran", "start the sweep again")
    return run_label(config, hydra.runtime.choices, list(hydra.overrides.task), dataset)


def takes_k(config: Any) -> bool:
    """Whether the algorithm's page asks for k."""
    return "${k}" in json.dumps(OmegaConf.to_container(config.algorithm, resolve=False))


def resolved_text(config: Any) -> str:
    """The configuration with every value filled in, as it is kept with a run or a sweep."""
    shown = OmegaConf.masked_copy(
        config, [key for key in config if key not in ("plan", "hydra", "debug", "rerun", "format")]
    )
    return masked(OmegaConf.to_yaml(shown, resolve=True))


def _details(overrides: list[str]) -> dict[str, str]:
    """What tells runs apart beside the steps: features, seed, hyper-parameters set by hand (algorithm.eps=0.5)."""
    pairs = (override.lstrip("+").partition("=")[::2] for override in overrides)
    steps = tuple(f"{step}." for step in STEPS)
    return {key: value for key, value in pairs if key in ("seed", "features") or key.startswith(steps)}


def features_text(config: Any) -> str:
    """The choice of features as it is written: all, a name, or [Column, Column]."""
    features = plain(config.features)
    return f"[{','.join(map(str, features))}]" if isinstance(features, list) else str(features)
