"""What the tests of a sweep's evidence share: a small sweep through the command, in this process."""

import json
import shutil
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
def plainly_swept(tmp_path_factory, store_template, command) -> Path:
    """Six runs, without evidence."""
    folder = tmp_path_factory.mktemp("swept")
    shutil.copytree(store_template, folder / "mlruns")
    done = command(folder, "sweep", *AXES, "evidence=false")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def small(plainly_swept, own_place, command, monkeypatch) -> Small:
    """A copy of it; evidence on a run is invented, and who asked for it remembered."""
    shutil.copytree(plainly_swept / "mlruns", own_place / "mlruns")
    # MLflow remembers in a process where the files of a run are, and every copy has the same runs.
    utils._artifact_repos_cache.clear()
    asked: list[Any] = []

    def gathered(dataset, model, *rest):
        asked.append(model)
        return Evidence(STRONG)

    monkeypatch.setattr(weighed, "gather", gathered)
    sweep = partial(command, own_place, "sweep", *AXES)
    return Small(
        sweep,
        lambda: json.loads(command(own_place, "compare", "format=json").out),
        open_store(str(own_place / "mlruns")),
        asked,
    )
