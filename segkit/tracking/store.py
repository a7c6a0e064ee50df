"""Opening the store: the schema and the experiment are there before any worker writes."""

import logging
import os
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from filelock import FileLock
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy.exc import SQLAlchemyError

from segkit.errors import UserError
from segkit.tracking.contact import brief_wait, ready_for, what_is_wrong, without_account
from segkit.tracking.patient import PatientClient
from segkit.tracking.relocate import relocate

_DATABASE = "mlflow.db"


@dataclass(frozen=True)
class Store:
    """An open tracking store and the experiment that runs are filed under."""

    client: MlflowClient
    uri: str
    folder: Path
    experiment_id: str

    @property
    def cache(self) -> Path:
        """Where fitted stages are shared."""
        return self.folder / "cache"

    @property
    def settings(self) -> dict[str, str | None]:
        """The `tracking` page that opens it again."""
        uri = None if self.uri == f"sqlite:///{self.folder / _DATABASE}" else self.uri
        experiment = self.client.get_experiment(self.experiment_id).name
        return {"folder": str(self.folder), "uri": uri, "experiment": experiment}

    @property
    def served(self) -> bool:
        """Whether a server keeps it."""
        return _served(self.uri)

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return self.uri if self.served else str(self.folder)

    @property
    def locks(self) -> Path:
        """Where living work is marked."""
        return self.folder / "locks"


def open_store(
    folder: str = "mlruns", uri: str | None = None, experiment: str = "segkit", patience: float = 300, met: bool = False
) -> Store:
    """Open (and on first use create) the store; raises UserError if it cannot be opened.

    A server that is away is waited for, `patience` seconds each time, but not when it is to be met for the first time:
    it is `met` where whoever asks for this process has reached it already.
    """
    if uri == "":
        raise UserError("tracking=server needs the server's address", "tracking.uri=http://mlflow.example:5001")
    return _open(Path(folder).expanduser().absolute(), without_account(uri) if uri else None, experiment, patience, met)


@lru_cache(maxsize=4)
def _open(root: Path, uri: str | None, experiment: str, patience: float, met: bool) -> Store:
    _silence()
    address = uri or f"sqlite:///{root / _DATABASE}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        if _served(address):
            return _served_store(root, address, experiment, patience, met)
        with FileLock(root / "store.lock", timeout=60):
            if uri is None and not (root / _DATABASE).exists():
                _create(root / _DATABASE)
            client = MlflowClient(address, registry_uri=address)
            experiment_id = _experiment(client, experiment, "" if uri else (root / "artifacts").as_uri())
    except (MlflowException, SQLAlchemyError, OSError) as error:
        raise UserError(
            f"the store {masked(address)} cannot be opened: {_reason(error)}", "check tracking.folder and tracking.uri"
        ) from error
    return Store(client, address, root, experiment_id)


def store_trouble(error: Exception) -> UserError | None:
    """What is wrong with a store that was open already, such as one whose tables somebody deleted; None where the error
    does not come from there.
    """
    if not isinstance(error, MlflowException | SQLAlchemyError):
        return None
    return UserError(f"the store cannot be used: {_reason(error)}", "check tracking.folder and tracking.uri")


def _served(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _served_store(root: Path, address: str, experiment: str, patience: float, met: bool) -> Store:
    ready_for(address)
    client = MlflowClient(address, registry_uri=address)
    patient = cast("MlflowClient", PatientClient(client, patience))
    try:
        with nullcontext() if met else brief_wait():
            return Store(patient, address, root, _experiment(patient if met else client, experiment, ""))
    except MlflowException as error:
        raise what_is_wrong(address, error) from error


def _create(database: Path) -> None:
    """Make the tables beside their place and then put them there: who is killed meanwhile leaves no half of them."""
    unfinished = database.with_suffix(".unfinished")
    for left in database.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    SqlAlchemyStore(f"sqlite:///{unfinished}", str(database.parent)).engine.dispose()
    os.replace(unfinished, database)


def existing_store(
    folder: str = "mlruns", uri: str | None = None, experiment: str = "segkit", patience: float = 300
) -> Store:
    """Open a store that must already be there, for commands that only read."""
    place = Path(folder).expanduser().absolute()
    if uri is None and not (place / _DATABASE).exists():
        raise UserError(
            f"there is no store in {place}",
            "run `segkit sweep` here first, or name its folder: tracking.folder=...",
        )
    return open_store(folder, uri, experiment, patience)


def masked(address: str) -> str:
    """The address without its password."""
    password = urlsplit(address).password
    return address.replace(f":{password}@", ":***@") if password else address


def _experiment(client: MlflowClient, name: str, artifacts: str) -> str:
    """The experiment's id; `artifacts` is where a local store keeps its files, "" where a server decides."""
    found = client.get_experiment_by_name(name)
    if found is None:
        try:
            return str(client.create_experiment(name, artifact_location=artifacts or None))
        except MlflowException:  # somebody else was quicker
            found = client.get_experiment_by_name(name)
            if found is None:
                raise
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
