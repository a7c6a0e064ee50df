"""Opening the store: the schema and the experiment are there before any worker writes."""

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy.exc import SQLAlchemyError

from segkit.errors import UserError
from segkit.shared_cache import check_address
from segkit.tracking.relocate import relocate

_DATABASE = "mlflow.db"
_CACHE = "cache"


@dataclass(frozen=True)
class Store:
    """An open tracking store and the experiment that runs are filed under.

    `shared_cache` is an address at which machines share fitted stages, "" if they do not; `patience` is after how many
    seconds without a sign of life a run of another machine is given up.
    """

    client: MlflowClient
    uri: str
    folder: Path
    experiment_id: str
    cache: Path
    shared_cache: str = ""
    patience: float = 60.0

    @property
    def settings(self) -> dict[str, str | None]:
        """The `tracking` page that opens it again."""
        uri = None if self.uri == f"sqlite:///{self.folder / _DATABASE}" else self.uri
        experiment = self.client.get_experiment(self.experiment_id).name
        own = None if self.cache == self.folder / _CACHE else str(self.cache)
        return {"folder": str(self.folder), "uri": uri, "experiment": experiment, "cache": self.shared_cache or own}

    @property
    def locks(self) -> Path:
        """Where living work is marked."""
        return self.folder / "locks"


def open_store(
    folder: str = "mlruns",
    uri: str | None = None,
    experiment: str = "segkit",
    cache: str | None = None,
    patience: float = 60.0,
) -> Store:
    """Open (and on first use create) the store; raises UserError if it cannot be opened.

    `cache` is where fitted stages are kept: below `folder` unless said, a folder, or an address that machines share.
    """
    if cache and "://" in cache:
        check_address(cache)
    return _open(Path(folder).expanduser().absolute(), uri, experiment, cache or "", patience)


@lru_cache(maxsize=4)
def _open(root: Path, uri: str | None, experiment: str, cache: str, patience: float) -> Store:
    _silence()
    address = uri or f"sqlite:///{root / _DATABASE}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "store.lock", timeout=60):
            if uri is None and not (root / _DATABASE).exists():
                _create(root / _DATABASE)
            client = MlflowClient(address, registry_uri=address)
            experiment_id = _experiment(client, experiment, "" if uri else (root / "artifacts").as_uri())
    except (MlflowException, SQLAlchemyError, OSError) as error:
        raise UserError(
            f"the store {masked(address)} cannot be opened: {_reason(error)}", "check tracking.folder and tracking.uri"
        ) from error
    shared = cache if "://" in cache else ""
    own = Path(cache).expanduser().absolute() if cache and not shared else root / _CACHE
    return Store(client, address, root, experiment_id, own, shared, patience)


def _create(database: Path) -> None:
    """Make the tables beside their place and then put them there: who is killed meanwhile leaves no half of them."""
    unfinished = database.with_suffix(".unfinished")
    for left in database.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    SqlAlchemyStore(f"sqlite:///{unfinished}", str(database.parent)).engine.dispose()
    os.replace(unfinished, database)


def existing_store(
    folder: str = "mlruns",
    uri: str | None = None,
    experiment: str = "segkit",
    cache: str | None = None,
    patience: float = 60.0,
) -> Store:
    """Open a store that must already be there, for commands that only read."""
    place = Path(folder).expanduser().absolute()
    if uri is None and not (place / _DATABASE).exists():
        raise UserError(
            f"there is no store in {place}",
            "run `segkit sweep` here first, or name its folder: tracking.folder=...",
        )
    return open_store(folder, uri, experiment, cache, patience)


def masked(address: str) -> str:
    """The address without its password."""
    password = urlsplit(address).password
    return address.replace(f":{password}@", ":***@") if password else address


def _experiment(client: MlflowClient, name: str, artifacts: str) -> str:
    """The experiment's id; `artifacts` is where a local store keeps its files, "" where a server decides."""
    found = client.get_experiment_by_name(name)
    if found is None:
        return str(client.create_experiment(name, artifact_location=artifacts or None))
    if found.lifecycle_stage != "active":
        raise UserError(
            f"the experiment {name} was deleted in MLflow", "restore it, or name another: tracking.experiment=..."
        )
    if artifacts and _was_moved(found.artifact_location, artifacts):
        relocate(client.tracking_uri.removeprefix("sqlite:///"), found.artifact_location, artifacts)
    return str(found.experiment_id)


def _was_moved(recorded: str, actual: str) -> bool:
    """Whether a local store's files lie elsewhere than its database says: there, or nowhere yet."""
    of_ours = recorded.startswith("file:") and recorded.endswith("/artifacts") and recorded != actual
    there, recorded_there = (Path(place.removeprefix("file://")).is_dir() for place in (actual, recorded))
    return of_ours and (there or not recorded_there)


def _silence() -> None:
    """MLflow's and Alembic's progress messages are not ours to show."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    logging.getLogger("mlflow.pyfunc").setLevel(logging.ERROR)


def _reason(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
