"""MLflow's server over a database: with accounts, and with the files of runs handed through."""

import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from segkit.errors import WorkFailed
from segkit.server.leash import Leashed, leashed
from segkit.server.passwords import secret_in, write_privately
from segkit.server.postgres import ACCOUNTS, RUNS, Database

ADMIN = "admin"
_START_SECONDS = 180


@dataclass(frozen=True)
class Service:
    """Where MLflow listens, by which names it is called, where files go, what accounts may do with others' work."""

    folder: Path
    host: str
    port: int
    names: Sequence[str]
    artifacts: str
    permission: str
    workers: int

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"http://{(self.names or [self.host])[0]}:{self.port}"

    @property
    def password(self) -> Path:
        """The file with the administrator's first password."""
        return self.folder / "admin-password"


def start_mlflow(service: Service, database: Database, lock: int) -> Leashed:
    """Start it, and return once it answers; raises WorkFailed with what it says."""
    _write_settings(service, database)
    started = leashed(
        _command(service, database), service.folder / "mlflow.log", lock, environment=_environment(service)
    )
    try:
        _wait_for(service, started)
    except BaseException:
        started.end()
        raise
    return started


def upgrade_commands(database: Database) -> list[list[str]]:
    """What brings the databases to the form that this MLflow wants."""
    runs = [sys.executable, "-m", "mlflow", "db", "upgrade", database.uri(RUNS)]
    return [runs, [sys.executable, "-m", "mlflow.server.auth", "db", "upgrade", "--url", database.uri(ACCOUNTS)]]


def _command(service: Service, database: Database) -> list[str]:
    where = ["--host", service.host, "--port", str(service.port), "--workers", str(service.workers)]
    stores = ["--backend-store-uri", database.uri(RUNS), "--registry-store-uri", database.uri(RUNS)]
    files = ["--serve-artifacts", "--artifacts-destination", service.artifacts]
    called = [f"{name}{port}" for name in ("localhost", "127.0.0.1", *service.names) for port in ("", ":*")]
    origins = [f"{scheme}://{name}" for name in called for scheme in ("http", "https")]
    guards = [
        "--app-name",
        "basic-auth",
        "--allowed-hosts",
        ",".join(called),
        "--cors-allowed-origins",
        ",".join(origins),
    ]
    return [
        sys.executable,
        "-m",
        "mlflow",
        "server",
        *where,
        *stores,
        *files,
        *guards,
        "--uvicorn-opts",
        "--log-level error",
    ]


def _write_settings(service: Service, database: Database) -> None:
    values = {
        "default_permission": service.permission,
        "database_uri": database.uri(ACCOUNTS).replace("%", "%%"),
        "admin_username": ADMIN,
        "authorization_function": "mlflow.server.auth:authenticate_request_basic_auth",
        # A password is checked at length once a minute, not at every request.
        "auth_cache_ttl_seconds": "60",
    }
    lines = [f"{name} = {value}" for name, value in values.items()]
    write_privately(service.folder / "accounts.ini", "\n".join(["[mlflow]", *lines, ""]))


def _environment(service: Service) -> dict[str, str]:
    """What is secret goes this way: commands can be read by everyone on a machine."""
    return {
        "MLFLOW_AUTH_CONFIG_PATH": str(service.folder / "accounts.ini"),
        "MLFLOW_AUTH_ADMIN_PASSWORD": secret_in(service.password),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": secret_in(service.folder / "secret-key"),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_LOGGING_LEVEL": "ERROR",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "PYTHONWARNINGS": "ignore",
    }


def _wait_for(service: Service, started: Leashed) -> None:
    here = "127.0.0.1" if service.host == "0.0.0.0" else service.host  # noqa: S104
    deadline = time.monotonic() + _START_SECONDS
    while started.lives and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{quote(here)}:{service.port}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise WorkFailed(f"MLflow's server did not start: {started.last_words()} (more in {service.folder}/mlflow.log)")
