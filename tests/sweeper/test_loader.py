"""A worker composes a choice of pages once, and each of its jobs as Hydra would."""

import pytest
from hydra import initialize_config_dir
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.global_hydra import GlobalHydra
from hydra.types import RunMode
from omegaconf import OmegaConf

from hydra_plugins.segkit_sweeper import _loader
from hydra_plugins.segkit_sweeper._loader import KeepingLoader
from segkit.config import commands
from segkit.places import conf_folder

JOBS = [
    ["reducer=pca", "k=3", "plan.parent='7e3'", "tracking.folder=/tmp/a b"],
    ["reducer=pca", "k=4", "algorithm.n_init=2"],
    ["reducer=none", "k=4", "features=[age,income]"],
    ["reducer=pca", "k=5", "+algorithm.tol=0.1"],
]


@pytest.fixture
def loader(monkeypatch) -> ConfigLoaderImpl:
    commands.register()
    monkeypatch.setattr(_loader, "_COMPOSERS", {})
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        yield GlobalHydra.instance().config_loader()


def test_a_job_is_composed_as_hydra_composes_it(loader):
    master = loader.load_configuration("run", [], run_mode=RunMode.MULTIRUN)
    keeping = KeepingLoader(loader.get_search_path())
    for overrides in JOBS:
        whole, ours = (one.load_sweep_config(master, overrides) for one in (loader, keeping))
        for config in (whole, ours):  # joins all overrides to one text; nothing of ours is named after it
            config.hydra.job.override_dirname = ""
        assert OmegaConf.to_container(ours, resolve=False) == OmegaConf.to_container(whole, resolve=False)


def test_pages_that_were_chosen_before_are_not_composed_again(loader, monkeypatch):
    master = loader.load_configuration("run", [], run_mode=RunMode.MULTIRUN)
    keeping, asked = KeepingLoader(loader.get_search_path()), []
    compose = ConfigLoaderImpl.load_sweep_config
    monkeypatch.setattr(
        ConfigLoaderImpl, "load_sweep_config", lambda self, *given: asked.append(given[1]) or compose(self, *given)
    )
    for overrides in JOBS:
        keeping.load_sweep_config(master, overrides)
    assert asked == [["reducer=pca"], ["reducer=none"], ["reducer=pca", "+algorithm.tol=0.1"]]


def test_every_page_is_composed_once_and_not_every_combination(loader, monkeypatch):
    master = loader.load_configuration("run", [], run_mode=RunMode.MULTIRUN)
    keeping, asked = KeepingLoader(loader.get_search_path()), []
    compose = ConfigLoaderImpl.load_sweep_config
    monkeypatch.setattr(
        ConfigLoaderImpl, "load_sweep_config", lambda self, *given: asked.append(given[1]) or compose(self, *given)
    )
    for reducer in ("pca", "none"):
        for algorithm in ("kmeans", "gmm"):
            keeping.load_sweep_config(master, [f"reducer={reducer}", f"algorithm={algorithm}"])
    assert sorted(asked) == [[], ["algorithm=gmm"], ["algorithm=kmeans"], ["reducer=none"], ["reducer=pca"]]


def test_a_worker_that_does_not_see_the_pages_knows_what_was_composed_of_them(loader, monkeypatch):
    """Its segkit, or the folder of --config-dir, may lie elsewhere."""
    master = loader.load_configuration("run", [], run_mode=RunMode.MULTIRUN)
    keeping = KeepingLoader(loader.get_search_path())
    job = ["tracking=server", "reducer=none", "algorithm=gmm", "k=3"]
    there = keeping.load_sweep_config(master, job)
    known = keeping.composer(master).known()
    monkeypatch.setattr(_loader, "_COMPOSERS", {})
    monkeypatch.setattr(KeepingLoader, "_is_group", lambda self, name: False)
    monkeypatch.setattr(KeepingLoader, "_whole", lambda self, master, pages: pytest.fail(f"looks for {pages}"))
    elsewhere = KeepingLoader(loader.get_search_path())
    elsewhere.composed = known
    assert elsewhere.load_sweep_config(master, job).algorithm == there.algorithm
