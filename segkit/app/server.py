"""The app: its addresses, each a function from a request to a page."""

import threading
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from segkit.app import work
from segkit.app.requests import HOSTS, Form, SameOrigin, posted
from segkit.app.said import DEPTHS
from segkit.app.settings import Settings
from segkit.app.tables import Table, Tables
from segkit.errors import UserError, WorkFailed
from segkit.pages.template import templates

_PAGES = Path(__file__).parent / "pages"
_TYPES = {"app.css": "text/css", "app.js": "text/javascript", "favicon.svg": "image/svg+xml"}


class App:
    """What the addresses do; everything that lasts is on disk."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables = Tables(settings.folder)
        self._templates = templates(_PAGES)

    def start(self, request: Request) -> Response:
        """Bring a table, or go on with one."""
        states = [(table, work.work_of(table.folder)) for table in self.tables.all()]
        return self._page("start.html.jinja", tables=states, largest=self.settings.largest)

    def models(self, request: Request) -> Response:
        """The registered models: a piece of the start page, which does not wait for the store."""
        from segkit.app.models import models_of

        return self._page("models.html.jinja", models=models_of(self.settings))

    async def bring(self, request: Request) -> Response:
        """A table's bytes, with its name in the address."""
        from segkit.app.uploads import brought, looked_at

        name, declared = request.query_params.get("name", ""), request.headers.get("content-length", "")
        size = int(declared) if declared.isdigit() else 0
        folder, file = await brought(self.tables, name, request.stream(), size, self.settings.largest)
        table = await run_in_threadpool(looked_at, self.tables, folder, file)
        return JSONResponse({"address": f"/tables/{table.id}/understood"}, status_code=201)

    def demo(self, request: Request, form: Form) -> Response:
        """Take the demo customers."""
        return _to(self.tables.keep(self.tables.new_folder(), ""), "understood")

    def understood(self, request: Request) -> Response:
        """Screen A."""
        from segkit.app.understood import what_we_understood

        table = self._table(request)
        shown = what_we_understood(table, self.settings.said)
        return self._page("understood.html.jinja", shown=shown, work=work.work_of(table.folder))

    def say(self, request: Request, form: Form) -> Response:
        """Something that a person says of a table; nothing of it is kept that the command line would refuse."""
        from segkit.app.saying import spoken

        table = self._table(request)
        spoken(self.tables, table, form)
        place = form.get("place", "")
        return _to(table, "understood", f"column-{place}" if place.isdigit() else form.get("what", ""))

    def begin(self, request: Request, form: Form) -> Response:
        """Start the sweep, or go on with one that was stopped."""
        from segkit.app.understood import sweep_arguments

        table, depth = self._table(request), form.get("depth", "")
        if depth in DEPTHS:
            work.start(table.folder, sweep_arguments(table, depth, self.settings.said))
        elif (before := work.work_of(table.folder)) is not None:
            work.start(table.folder, before.arguments)
        return _to(table, "answer")

    def stop(self, request: Request, form: Form) -> Response:
        """Stop the sweep; what is done is kept."""
        table = self._table(request)
        work.stop(table.folder)
        return _to(table, "answer")

    def progress(self, request: Request) -> Response:
        """How far the sweep is."""
        from segkit.app.going import going

        return JSONResponse(going(work.work_of(self._table(request).folder)))

    def answer(self, request: Request) -> Response:
        """Screen B."""
        table = self._table(request)
        found = work.work_of(table.folder)
        if found is None:
            return _to(table, "understood")
        if found.state != work.DONE:
            from segkit.app.going import going

            return self._page("going.html.jinja", table=table, work=found, going=going(found))
        from segkit.app.answer import answer_of
        from segkit.app.understood import command_line

        answer = answer_of(self.settings, found.sweep, found.ended)
        promote = ["segkit", "promote", f"sweep={found.sweep}", *self.settings.said]
        commands = {"sweep": command_line(found.arguments), "promote": " ".join(promote)}
        older = not set(table.arguments) <= set(found.arguments)
        return self._page("answer.html.jinja", table=table, work=found, answer=answer, commands=commands, older=older)

    def report(self, request: Request) -> Response:
        """The report, which is a page with a script and styles of its own."""
        from segkit.app.answer import report_of

        table = self._table(request)
        found = work.work_of(table.folder)
        if found is None or found.state != work.DONE:
            return _to(table, "answer")
        policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        page = report_of(self.settings, found.sweep, found.ended)
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    def file(self, request: Request) -> Response:
        """The style, the script and the sign of all pages."""
        name = request.url.path.rpartition("/")[2].replace("favicon.ico", "favicon.svg")
        text = self._templates.get_template(name).render()
        return Response(text, media_type=_TYPES[name], headers={"Cache-Control": "no-cache"})

    def refused(self, request: Request, error: Exception) -> Response:
        """An error in the words that the command line has for it."""
        if isinstance(error, UserError):
            status = 413 if type(error).__name__ == "TooLarge" else 422
            problem, mend = error.problem, error.mend
        else:
            status, problem, mend = 409, str(error), ""
        if "json" in request.headers.get("accept", ""):
            return JSONResponse({"problem": problem, "mend": mend}, status_code=status)
        return self._page("error.html.jinja", status, problem=problem, mend=mend, back=_back(request))

    def broken_off(self, request: Request, error: Exception) -> Response:
        """What was sent came only in part, and nobody listens any more."""
        return Response(status_code=400)

    def missing(self, request: Request, error: Exception) -> Response:
        """An address that is none."""
        return self._page("error.html.jinja", 404, problem="there is no such page", mend="", back="/")

    def _table(self, request: Request) -> Table:
        return self.tables.get(request.path_params["id"])

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(values), status)


def make_app(settings: Settings) -> Starlette:
    """The app, to be served on this machine only."""
    app = App(settings)
    table = "/tables/{id}"
    routes = [
        Route("/", app.start),
        Route("/models", app.models),
        Route("/tables", app.bring, methods=["PUT"]),
        Route("/demo", posted(app.demo), methods=["POST"]),
        Route(f"{table}/understood", app.understood),
        Route(f"{table}/understood", posted(app.say), methods=["POST"]),
        Route(f"{table}/start", posted(app.begin), methods=["POST"]),
        Route(f"{table}/stop", posted(app.stop), methods=["POST"]),
        Route(f"{table}/progress", app.progress),
        Route(f"{table}/answer", app.answer),
        Route(f"{table}/report", app.report),
        *(Route(f"/{name}", app.file) for name in (*_TYPES, "favicon.ico")),
    ]
    checks = [Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(SameOrigin)]
    handlers: Any = {
        UserError: app.refused,
        WorkFailed: app.refused,
        ClientDisconnect: app.broken_off,
        404: app.missing,
    }
    return Starlette(routes=routes, middleware=checks, exception_handlers=handlers)


def warm_up(settings: Settings) -> None:
    """Import what the next screens need while the first is looked at."""

    def imports() -> None:
        import segkit.app.understood  # noqa: F401
        from segkit.app.answer import store_is_open
        from segkit.config.asked import runs_of

        runs_of("quick")
        store_is_open(settings)

    threading.Thread(target=imports, daemon=True).start()


def _to(table: Table, screen: str, place: str = "") -> Response:
    return RedirectResponse(
        f"/tables/{table.id}/{screen}{'#' + place if place.replace('-', '').isalnum() else ''}", 303
    )


def _back(request: Request) -> str:
    """Where to go on from an error: the table's page, unless that is what failed."""
    wanted = request.path_params.get("id", "")
    return f"/tables/{wanted}/understood" if wanted and request.method != "GET" else "/"
