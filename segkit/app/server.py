"""The app put together: its addresses, and who is let in."""

import threading
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.routing import Route

from segkit.app import showing
from segkit.app.requests import HOSTS, SameOrigin
from segkit.app.screens.cards import CardScreens
from segkit.app.screens.comparing import CompareScreens
from segkit.app.screens.deleting import DeleteScreens
from segkit.app.screens.edits import EditScreens
from segkit.app.screens.models import ModelScreens
from segkit.app.screens.scoring import ScoreScreens
from segkit.app.screens.tables import TableScreens
from segkit.app.settings import Settings
from segkit.errors import UserError, WorkFailed

SCREENS = (TableScreens, CardScreens, EditScreens, CompareScreens, DeleteScreens, ModelScreens, ScoreScreens)


def make_app(settings: Settings) -> Starlette:
    """The app, to be served on this machine only."""
    files = [Route(f"/{name}", showing.file) for name in (*showing.TYPES, "favicon.ico")]
    routes = [*files, *(route for screens in SCREENS for route in screens(settings).routes)]
    checks = [Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(SameOrigin)]
    handlers: Any = {
        UserError: showing.refused,
        WorkFailed: showing.refused,
        ClientDisconnect: showing.broken_off,
        404: showing.missing,
        Exception: showing.failed,
    }
    return Starlette(routes=routes, middleware=checks, exception_handlers=handlers)


def warm_up(settings: Settings) -> None:
    """Import what the next screens need while the first is looked at."""

    def imports() -> None:
        import segkit.app.table.answer
        import segkit.app.table.understood  # noqa: F401
        from segkit.app.gathered.contents import opened
        from segkit.config.asked import runs_of

        runs_of("quick")
        opened(settings)

    threading.Thread(target=imports, daemon=True).start()
