"""A registered model behind HTTP, as `mlflow models serve` puts it there, and what a client does with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from segkit.profiles.names_file import Called
from segkit.scoring.scorer import Scorer
from segkit.tracking.registry.register import crown, register_version, registry_lock
from segkit.tracking.store import Store

_START_SECONDS = 120


def register(store: Store, name: str, scorer: Scorer) -> str:
    """Make a scorer the champion of a name in a store; gives the model's address there."""
    run = store.client.create_run(store.experiment_id)
    called = {number: Called(who) for number, who in scorer.names.items()}
    with registry_lock(store, name):
        made = register_version(store, name, run.info.run_id, scorer, called, {})
        crown(store, name, [made.version])
    return f"models:/{name}@champion"


@contextmanager
def served(model: str, tracking_uri: str) -> Iterator[str]:
    """Serve a model of a store on this machine; gives the address, and ends the server with all it started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "models", "serve", "--model-uri", model, "--env-manager", "local"]
    places = {"MLFLOW_TRACKING_URI": tracking_uri, "MLFLOW_REGISTRY_URI": tracking_uri}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it starts uvicorn by name
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        env={**os.environ, **places, "PATH": path},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def post(address: str, body: bytes | str | dict[str, Any]) -> tuple[int, Any]:
    """Status and answer of a request for scores: JSON, or the bytes of a Parquet file."""
    text = json.dumps(body) if isinstance(body, dict) else body
    kind = "application/vnd.apache.parquet" if isinstance(text, bytes) else "application/json"
    data = text if isinstance(text, bytes) else text.encode()
    request = urllib.request.Request(f"{address}/invocations", data, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=_START_SECONDS) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/ping", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the model server did not start")
