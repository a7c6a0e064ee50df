"""What the tests of a sweep's evidence share: a small sweep through the command, in this process."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from mlflow.tracking._tracking_service import utils

from segkit.config import weighed
from segkit.evidence.gathering import Evidence
from segkit.records import RunRecord, SweepRecord
from segkit.tracking.read import find_sweep, sweep_runs
from segkit.tracking.store import Store, open_store

AXES = ("reducer=none,pca", "algorithm=kmeans", "k=3,4,5", "data.generate.rows=150", "hydra/launcher=basic")
STRONG = {"stability": 0.9, "stability_min": 0.9, "prediction_strength": 0.9, "lookalike_p": 0.02}


class Small(NamedTuple):
    """A folder with a store in which a small sweep was carried out, and what was asked for evidence since."""

    sweep: Callable[..., Any]
    compare: Callable[[], dict[str, Any]]
    store: Store
    asked: list[Any]

    def found(self) -> SweepRecord:
        return find_sweep(self.store)

    def runs(self) -> list[RunRecord]:
        return sweep_runs(self.store, self.found().parent)

    def weighed(self) -> list[RunRecord]:
        return [run for run in self.runs() if "stability" in run.metrics]


@pytest.fixture(scope="session")
def plainly_swept(new_folder, command) -> Path:
    """Six runs, without evidence."""
    folder = new_folder()
    done = command(folder, "sweep", *AXES, "evidence=false")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def weighed_folder(plainly_swept, copy_store, tmp_path_factory, command) -> tuple[Small, Any]:
    """A copy of them with invented evidence, and what the sweep said."""
    folder = tmp_path_factory.mktemp("weighed")
    copy_store(plainly_swept, folder)
    with pytest.MonkeyPatch.context() as patch:
        small = in_folder(folder, command, patch)
        return small, small.sweep()


@pytest.fixture
def once_weighed(weighed_folder) -> tuple[Small, Any]:
    """The same, only to be read."""
    utils._artifact_repos_cache.clear()  # of copies of it, which have the same runs elsewhere
    return weighed_folder


@pytest.fixture
def small(plainly_swept, copy_store, own_place, command, monkeypatch) -> Small:
    """A copy of the six runs; evidence on a run is invented, and who asked for it remembered."""
    copy_store(plainly_swept, own_place)
    return in_folder(own_place, command, monkeypatch)


@pytest.fixture
def weighed_small(weighed_folder, copy_store, own_place, command, monkeypatch) -> Small:
    """A copy of the runs with their evidence; nobody has been asked for more."""
    copy_store(weighed_folder[0].store.folder.parent, own_place)
    return in_folder(own_place, command, monkeypatch)


def in_folder(folder: Path, command: Callable[..., Any], patch: pytest.MonkeyPatch) -> Small:
    asked: list[Any] = []

    def gathered(dataset, model, *rest):
        asked.append(model)
        return Evidence(STRONG)

    patch.setattr(weighed, "gather", gathered)
    return Small(
        partial(command, folder, "sweep", *AXES),
        lambda: json.loads(command(folder, "compare", "format=json").out),
        open_store(str(folder / "mlruns")),
        asked,
    )
