"""Configurations composed within a process that does more than one command: the app's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import prod
from pathlib import Path
from threading import Lock
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from segkit.app.settings import Settings
from segkit.brief import Brief
from segkit.config import commands
from segkit.config.arguments import hydra_arguments
from segkit.config.datasets import absolute, brief_of, load_dataset
from segkit.config.explain import explain
from segkit.config.labels import evens_tails
from segkit.config.quick import spare_hydra
from segkit.config.schema import plain
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.places import conf_folder
from segkit.tracking.contact import without_account

# Hydra keeps what it composes with in one place of the process, and requests come side by side.
_ONE_AT_A_TIME = Lock()


def composed(page: str, arguments: Sequence[str], whole: bool = False) -> Any:
    """The page `conf/<page>.yaml` with the arguments of a command line; Hydra's own part too where it is the `whole`.

    Raises UserError in the command line's words.
    """
    try:
        with _ONE_AT_A_TIME, _hydra_alone():
            commands.register()
            spare_hydra()
            with initialize_config_dir(str(conf_folder()), version_base="1.3"):
                return compose(page, overrides=hydra_arguments(arguments), return_hydra_config=whole)
    except Exception as error:
        mistake = explain(error)
        if mistake is None or mistake is error:
            raise
        raise mistake from error


@contextmanager
def _hydra_alone() -> Iterator[None]:
    """Take the place in which Hydra composes from the command that the process was started with, and give it back."""
    place = GlobalHydra.instance()
    before = place.hydra
    place.clear()
    try:
        yield
    finally:
        place.clear()
        if before is not None:
            place.initialize(before)


def understood(arguments: Sequence[str]) -> tuple[Dataset, Brief, bool]:
    """The data set and brief of a run with these arguments, and whether its preprocessing evens long tails."""
    config = composed("run", arguments)
    return load_dataset(config), brief_of(config.brief), evens_tails(config.preprocessing)


def runs_of(experiment: str, arguments: Sequence[str] = ()) -> int:
    """How many runs a named sweep has, with what the arguments put in the place of its axes."""
    axes = dict(_axes(experiment))
    axes |= {key: value for key, _, value in (argument.partition("=") for argument in arguments) if key in axes}
    values = {name: text.split(",") for name, text in axes.items()}
    ks = len(values.pop("k", [""]))
    algorithms = values.pop("algorithm", ["kmeans"])
    return sum(ks if _takes_k(name) else 1 for name in algorithms) * prod(len(several) for several in values.values())


def app_settings(config: Any) -> Settings:
    """What the page `app` says, with paths that mean the same in every process."""
    if config.largest_mb < 1:
        raise UserError(f"largest_mb={config.largest_mb} lets no table in", "the usual is 200")
    tracking = dict(plain(config.tracking))
    usual = dict(plain(composed("app", []).tracking))
    tracking["folder"] = absolute(config.tracking.folder)
    if Path(tracking["folder"]).is_file():
        raise UserError(f"{tracking['folder']} is a file", "runs are kept in a folder: tracking.folder=...")
    tracking["uri"] = config.tracking.uri and without_account(config.tracking.uri)
    usual["folder"] = absolute(str(usual["folder"]))
    said = tuple(f"tracking.{key}={value}" for key, value in tracking.items() if value != usual[key])
    return Settings(tracking, config.largest_mb * 1_000_000, said)


@cache
def _axes(experiment: str) -> dict[str, str]:
    found = composed("run", [f"experiment={experiment}"], whole=True).hydra.sweeper.params
    return {str(axis): str(values) for axis, values in plain(found).items()}


def _takes_k(algorithm: str) -> bool:
    return "${k}" in (conf_folder() / "algorithm" / f"{algorithm}.yaml").read_text()
