"""Serving the app on this machine until it is stopped."""

import threading
import time
from collections.abc import Callable

import uvicorn

from segkit.app.server import make_app, warm_up
from segkit.app.settings import Settings
from segkit.errors import WorkFailed

_START_SECONDS = 30.0


def serve(settings: Settings, port: int, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C; `ready` is called once it answers. Sweeps that were started go on by themselves."""
    config = uvicorn.Config(
        make_app(settings), "127.0.0.1", port, log_level="error", lifespan="off", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_tell, args=(server, settings, ready), daemon=True).start()
    server.run()
    if not server.started:
        raise WorkFailed(f"the app cannot be served on port {port}")


def _tell(server: uvicorn.Server, settings: Settings, ready: Callable[[], None]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    if server.started:
        ready()
        warm_up(settings)
