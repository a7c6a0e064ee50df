"""Opening the store: the schema and the experiment are there before any worker writes."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from filelock import FileLock
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from segkit.data.database import engine_of, is_database
from segkit.errors import UserError
from segkit.secrets import masked
from segkit.shared_cache import check_address
from segkit.tracking.contact import brief_wait, ready_for, what_is_wrong, without_account
from segkit.tracking.experiment import experiment_id
from segkit.tracking.locked import wait_for_others
from segkit.tracking.patient import PatientClient

_DATABASE = "mlflow.db"
# Tables of every version of MLflow that we work with, and the one in which it notes its version.
_TABLES = {"experiments", "runs", "tags", "params", "metrics", "latest_metrics"}
_TABLES |= {"registered_models", "registered_model_tags", "registered_model_aliases"}
_TABLES |= {"model_versions", "model_version_tags"}
_VERSION = "alembic_version"
_CACHE = "cache"


@dataclass(frozen=True)
class Store:
    """An open tracking store and the experiment that runs are filed under.

    Fitted stages are kept in `cache`, and at the address `shared_cache` if machines share them; `silence` is after how
    many seconds without a sign of life a run of another machine is given up.
    """

    client: MlflowClient
    uri: str
    folder: Path
    experiment_id: str
    cache: Path
    shared_cache: str
    silence: float

    @property
    def settings(self) -> dict[str, str | None]:
        """The `tracking` page that opens it again."""
        uri = None if self.uri == f"sqlite:///{self.folder / _DATABASE}" else self.uri
        experiment = self.client.get_experiment(self.experiment_id).name
        own = None if self.cache == self.folder / _CACHE else str(self.cache)
        return {"folder": str(self.folder), "uri": uri, "experiment": experiment, "cache": self.shared_cache or own}

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
    folder: str = "mlruns",
    uri: str | None = None,
    experiment: str = "segkit",
    *,
    cache: str | None = None,
    patience: float = 300,
    silence: float = 60,
    met: bool = False,
) -> Store:
    """Open (and on first use create) the store; raises UserError if it cannot be opened.

    `cache` is where fitted stages are kept: below `folder` unless said, a folder, or an address that machines share.
    A server that is away is waited for, `patience` seconds each time, but not when it is to be met for the first time:
    it is `met` where whoever asks for this process has reached it already.
    """
    if not folder:
        raise UserError("tracking.folder names no folder", "the usual is tracking.folder=mlruns")
    if uri == "":
        raise UserError("tracking=server needs the server's address", "tracking.uri=http://mlflow.example:5001")
    root = Path(folder).expanduser().absolute()
    client, address, experiment_id = _open(root, without_account(uri) if uri else None, experiment, patience, met)
    return Store(client, address, root, experiment_id, *_caches(root, cache), silence)


def check_there(folder: str, uri: str | None) -> None:
    """Raise UserError if there is no store yet, for commands that only read; whether a server answers is not asked."""
    place = Path(folder).expanduser().absolute()
    if uri is None and not (place / _DATABASE).exists():
        raise UserError(
            f"there is no store in {place}",
            "run `segkit sweep` here first, or name its folder: tracking.folder=...",
        )


def _caches(root: Path, cache: str | None) -> tuple[Path, str]:
    """The folder of fitted stages on this machine, and the address that machines share, "" for none."""
    if cache and "://" in cache:
        check_address(cache)
        return root / _CACHE, cache
    return _cache_folder(cache) if cache else root / _CACHE, ""


def _cache_folder(cache: str) -> Path:
    folder = Path(cache).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"tracking.cache={cache} cannot be a folder: {error.strerror}", "name another") from error
    return folder


@lru_cache(maxsize=4)
def _open(root: Path, uri: str | None, experiment: str, patience: float, met: bool) -> tuple[MlflowClient, str, str]:
    _silence()
    address = uri or f"sqlite:///{root / _DATABASE}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        wait_for_others()
        if _served(address):
            return _served_store(address, experiment, patience, met)
        with _one_at_a_time(root):
            if uri is None and not (root / _DATABASE).exists():
                _create(root / _DATABASE)
            _check_opens(address)
            client = MlflowClient(address, registry_uri=address)
            artifacts = "" if uri else (root / "artifacts").as_uri()
            return client, address, experiment_id(client, experiment, artifacts)
    except (MlflowException, SQLAlchemyError, OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"the store {masked(address)} cannot be opened: {_reason(error)}", "check tracking.folder and tracking.uri"
        ) from error


@contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    """While a store is opened, and maybe made. One that cannot be written is there to be read: nobody changes it."""
    lock = FileLock(root / "store.lock", timeout=60)
    try:
        lock.acquire()
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES) or not (root / _DATABASE).exists():
            raise
    try:
        yield
    finally:
        lock.release()


def _check_opens(address: str) -> None:
    """Raise an error for a database that cannot be opened, or that has lost a table: MLflow would try for minutes, or
    make an empty table in its place.
    """
    if not is_database(address):
        return
    with engine_of(address) as engine:
        there = set(inspect(engine).get_table_names())
    lost = sorted(_TABLES - there)
    if lost and _VERSION in there:
        problem = f"the store {masked(address)} has lost its table {lost[0]}"
        raise UserError(problem, "put a copy in its place, or start anew in another: tracking.folder=...")


def store_trouble(error: Exception) -> UserError | None:
    """What is wrong with a store that was open already, such as one whose tables somebody deleted; None where the error
    does not come from there.
    """
    if not isinstance(error, MlflowException | SQLAlchemyError):
        return None
    return UserError(f"the store cannot be used: {_reason(error)}", "check tracking.folder and tracking.uri")


def _served(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _served_store(address: str, experiment: str, patience: float, met: bool) -> tuple[MlflowClient, str, str]:
    ready_for(address)
    client = MlflowClient(address, registry_uri=address)
    patient = cast("MlflowClient", PatientClient(client, patience))
    try:
        with nullcontext() if met else brief_wait():
            return patient, address, experiment_id(patient if met else client, experiment, "")
    except MlflowException as error:
        raise what_is_wrong(address, error) from error


def _create(database: Path) -> None:
    """Make the tables beside their place and then put them there: who is killed meanwhile leaves no half of them."""
    unfinished = database.with_suffix(".unfinished")
    for left in database.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    SqlAlchemyStore(f"sqlite:///{unfinished}", str(database.parent)).engine.dispose()
    os.replace(unfinished, database)


def _silence() -> None:
    """MLflow's and Alembic's progress messages are not ours to show."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    logging.getLogger("mlflow.store").setLevel(logging.CRITICAL)  # errors are told once, by us
    logging.getLogger("mlflow.pyfunc").setLevel(logging.ERROR)


def _reason(error: Exception) -> str:
    return masked(str(error).strip().splitlines()[0])[:200]
