"""What tests of the registry share: runs to promote."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sklearn.cluster import KMeans

from segkit import runs
from segkit.data import Dataset
from segkit.model import SegmentationModel
from segkit.profiles.names_file import Called
from segkit.records import RunLabel, RunRecord
from segkit.tracking.names import DATA
from segkit.tracking.read import find_run
from segkit.tracking.registry.promotion import promote
from segkit.tracking.results import log_result
from segkit.tracking.runs import logged_run
from segkit.tracking.store import open_store


class Logged(NamedTuple):
    """A folder with runs in its store, their ids, and their customers."""

    folder: Path
    run_ids: list[str]
    customers: Dataset


@pytest.fixture(scope="session")
def logged(new_folder, customers) -> Logged:
    """Runs with 3, 4 and 5 segments, another one with the same 4, and one that does not ask for the income."""
    folder, found = new_folder(), []
    store = open_store(str(folder / "mlruns"))
    narrow = replace(customers, columns=tuple(_unused(c) if c.name == "income" else c for c in customers.columns))
    for name, k, dataset in (
        ("three", 3, customers),
        ("four", 4, customers),
        ("five", 5, customers),
        ("again", 4, customers),
        ("narrow", 3, narrow),
    ):
        model = SegmentationModel(KMeans(k, n_init=1, random_state=0))
        label = RunLabel(name, {"k": str(k)}, f"f{name}", tags={DATA: "customers"})
        with logged_run(store, label) as run_id:
            log_result(store, run_id, label, "", dataset, runs.run(dataset, model))
        found.append(run_id)
    return Logged(folder, found, customers)


def _unused(column: Any) -> Any:
    return replace(column, use="describe_with")


@pytest.fixture(scope="session")
def little_code(tmp_path_factory) -> Path:
    """What stands for the package, whose three hundred files would be copied with every version."""
    folder = tmp_path_factory.mktemp("code") / "segkit"
    folder.mkdir()
    (folder / "__init__.py").touch()
    return folder


@pytest.fixture
def bare(logged, copy_store, own_place, little_code, monkeypatch) -> Any:
    """A store with these runs, to promote in."""
    monkeypatch.setattr("segkit.tracking.registry.register.package_code", lambda: little_code)
    return copy_store(logged.folder, own_place)


@pytest.fixture(scope="session")
def crowned(logged, copy_store, little_code, tmp_path_factory) -> Path:
    """The folder of a store where four segments are the champion of `customers`, under names of people's."""
    folder = tmp_path_factory.mktemp("crowned")
    store = copy_store(logged.folder, folder)
    ours = {number: Called(f"Ours {number}", f"About {number}.") for number in range(4)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("segkit.tracking.registry.register.package_code", lambda: little_code)
        promote(store, "customers", find_run(store, logged.run_ids[1])[0], "steady", {}, ours)
    return folder


@pytest.fixture
def registry(crowned, copy_store, own_place, little_code, monkeypatch) -> Any:
    """A copy of it, to promote in."""
    monkeypatch.setattr("segkit.tracking.registry.register.package_code", lambda: little_code)
    return copy_store(crowned, own_place)


@pytest.fixture(scope="session")
def run(logged) -> Callable[[str], RunRecord]:
    """One of the runs by its name: `run("three")`."""
    store = open_store(str(logged.folder / "mlruns"))
    found = {record.name: record for record in (find_run(store, run_id)[0] for run_id in logged.run_ids)}
    return found.__getitem__


@pytest.fixture
def tables(logged) -> Callable[[str], Dataset]:
    """The customers of the runs, as commands find them."""
    return lambda run_id: logged.customers
