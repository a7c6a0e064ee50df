"""Serving the MLflow UI from the store, on this machine only."""

import os
import socket
import subprocess
import sys

from segkit.errors import UserError, WorkFailed
from segkit.tracking.store import Store


def check_port(port: int) -> None:
    """Raises UserError if the port cannot be served on."""
    if not 0 < port < 65536:
        raise UserError(f"port={port} is not a port", "choose one from 1024 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UserError(f"port {port} is taken", f"choose another: port={port + 1}") from None


def serve(store: Store, port: int) -> None:
    """Run MLflow's server until it is stopped."""
    command = [
        sys.executable,
        "-m",
        "mlflow",
        "server",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--backend-store-uri",
        store.uri,
    ]
    quiet = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_LOGGING_LEVEL": "WARNING"}
    server = subprocess.Popen(
        [*command, "--workers", "1", "--uvicorn-opts", "--log-level warning"], env=os.environ | quiet
    )
    try:
        code = server.wait()
    finally:
        server.terminate()
    if code:
        raise WorkFailed(f"the MLflow server ended with code {code}")
