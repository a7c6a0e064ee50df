"""The shared server as a whole: started, told, kept up until it is stopped."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from segkit.errors import UserError, WorkFailed, did_you_mean
from segkit.listening import check_port
from segkit.server.leash import Leashed
from segkit.server.mlflow_server import ADMIN, Service, start_mlflow, upgrade_commands
from segkit.server.occupied import occupied
from segkit.server.postgres import Database, find_database, start_database

_PERMISSIONS = ("READ", "USE", "EDIT", "MANAGE", "NO_PERMISSIONS")
# What is in a folder that a server has used, or has begun to.
_OURS = ("lock", "postgres")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
_NEEDED = {"psycopg2": "psycopg2-binary", "flask_wtf": "Flask-WTF"}


def make_service(
    folder: str, host: str, port: int, names: Sequence[str], artifacts: str | None, permission: str, workers: int
) -> Service:
    """What the page `conf/server.yaml` says, looked through; raises UserError for what cannot be."""
    if permission not in _PERMISSIONS:
        raise UserError(f"permission={permission} is not known", did_you_mean(permission, _PERMISSIONS))
    if host in _EVERYWHERE and not names:
        raise UserError(f"host={host} needs the names that clients call this machine by", "names=[mlflow.example]")
    if workers < 1:
        raise UserError(f"workers={workers} would serve nobody", "one takes some 300 MB of memory: workers=2")
    for module, package in _NEEDED.items():
        if find_spec(module) is None:
            raise UserError(f"{package} is not installed", "pip install 'segkit[server]'")
    place = Path(folder).expanduser().absolute()
    called = list(names) or ([] if host == "127.0.0.1" else [host])
    return Service(place, host, port, called, artifacts or str(place / "artifacts"), permission, workers)


def serve(service: Service, programs: str | None = None, upgrade: bool = False) -> None:
    """Serve until stopped, from what is in the folder or anew; tells where once it answers."""
    database = find_database(service.folder, programs)
    if not service.folder.exists():  # whose port cannot be had leaves no folder
        check_port(service.port, service.host)
    try:
        _make_folder(service.folder, database)
        with occupied(service.folder) as lock:
            check_port(service.port, service.host)
            _serve(service, database, lock, upgrade)
    except OSError as error:
        raise WorkFailed(f"the server cannot keep its files in {service.folder}: {error}") from error


def _serve(service: Service, database: Database, lock: int, upgrade: bool) -> None:
    with _kept(start_database(database, lock)) as postgres:
        if upgrade:
            _upgrade(database)
        with _kept(start_mlflow(service, database, lock)) as mlflow:
            print(told(service), flush=True)
            _watch(service, {"PostgreSQL": postgres, "MLflow's server": mlflow})


def told(service: Service) -> str:
    """Where it is, and what clients need."""
    account = f'export MLFLOW_TRACKING_USERNAME={ADMIN} MLFLOW_TRACKING_PASSWORD="$(cat {service.password})"'
    lines = [
        f"{service.address}  (Ctrl-C ends it)",
        f"user      {ADMIN}, the password is in {service.password}",
        f"clients   export SEGKIT_TRACKING=server MLFLOW_TRACKING_URI={service.address}",
        f"          {account}",
    ]
    return "\n".join(lines)


def _make_folder(folder: Path, database: Database) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in _OURS):
        raise UserError(f"folder={folder} holds other files", "name one for the server alone: folder=server")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"folder={folder} cannot be made: {error.strerror}", "name another place") from error
    folder.chmod(0o711 if database.user else 0o700)
    if not database.user:
        return
    closed = next((place for place in folder.parents if not place.stat().st_mode & 0o001), None)
    if closed is not None:
        raise UserError(
            f"PostgreSQL runs as {database.user}, who cannot enter {closed}", "take another folder: folder=/srv/segkit"
        )


@contextmanager
def _kept(started: Leashed) -> Iterator[Leashed]:
    try:
        yield started
    finally:
        started.end()


def _upgrade(database: Database) -> None:
    for command in upgrade_commands(database):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            raise WorkFailed(f"the database cannot be upgraded: {said[-1] if said else 'no reason is given'}")


def _watch(service: Service, programs: dict[str, Leashed]) -> None:
    while True:
        for name, program in programs.items():
            if not program.lives:
                raise WorkFailed(f"{name} ended: {program.last_words()} (logs are in {service.folder})")
        time.sleep(0.5)
