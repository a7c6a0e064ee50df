"""Serving the MLflow UI from the store, on this machine only."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from segkit.errors import WorkFailed
from segkit.tracking.store import Store

_START_SECONDS = 180
_GRACE_SECONDS = 5


def serve(store: Store, port: int, ready: Callable[[], None]) -> None:
    """Run MLflow's server until it is stopped; `ready` is called once it answers."""
    # A session of its own, so that it can be ended with everything it started.
    server = subprocess.Popen(
        _command(port), env=os.environ | _QUIET | _place(store.uri), start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_it_answers(server, port)
        ready()
        code = server.wait()
    finally:
        _end(server)
    if code:
        raise WorkFailed(f"the MLflow server ended with code {code}")


# No job runners, no notices: only the UI is wanted.
_QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "PYTHONWARNINGS": "ignore",
}


def _place(uri: str) -> dict[str, str]:
    """Where the store is. Others see the words of a command, and a password may be among them; not its environment."""
    return {"MLFLOW_BACKEND_STORE_URI": uri, "MLFLOW_REGISTRY_STORE_URI": uri}


def _command(port: int) -> list[str]:
    server = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    return [*server, "--uvicorn-opts", "--log-level error"]


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise WorkFailed("the MLflow server did not start; its own messages stand above")


def _end(server: subprocess.Popen[bytes]) -> None:
    for send in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, send)
            server.wait(_GRACE_SECONDS)
            return
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
