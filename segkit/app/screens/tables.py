"""Tables: brought, understood, swept and answered; everything that lasts is on disk."""

import shlex

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from segkit.app.addresses import of_answer, of_understood
from segkit.app.brought.said import DEPTHS
from segkit.app.brought.tables import Table, Tables
from segkit.app.requests import Form, posted
from segkit.app.running import work
from segkit.app.settings import Settings
from segkit.app.showing import go_to, page, report
from segkit.errors import UserError, did_you_mean


class TableScreens:
    """The start, and the screens about tables, of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables = Tables(settings.folder)

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        table = "/tables/{id}"
        return [
            Route("/", self.start),
            Route("/models", self.models),
            Route("/tables", self.bring, methods=["PUT"]),
            Route("/demo", posted(self.demo), methods=["POST"]),
            Route(f"{table}/understood", self.understood),
            Route(f"{table}/understood", posted(self.say), methods=["POST"]),
            Route(f"{table}/start", posted(self.begin), methods=["POST"]),
            Route(f"{table}/stop", posted(self.stop), methods=["POST"]),
            Route(f"{table}/progress", self.progress),
            Route(f"{table}/answer", self.answer),
            Route(f"{table}/report", self.report),
        ]

    def start(self, request: Request) -> Response:
        """Bring a table, or go on with one."""
        states = [(table, work.work_of(table.folder)) for table in self.tables.all()]
        return page("start.html.jinja", tables=states, largest=self.settings.largest)

    def models(self, request: Request) -> Response:
        """The registered models: a piece of the start page, which does not wait for the store."""
        from segkit.app.models.listing import models_of

        return page("models.html.jinja", models=models_of(self.settings))

    async def bring(self, request: Request) -> Response:
        """A table's bytes, with its name in the address."""
        from segkit.app.brought.uploads import brought, looked_at

        folder, file = await brought(self.tables, request, self.settings.largest)
        table = await run_in_threadpool(looked_at, self.tables, folder, file, self.settings.largest)
        return JSONResponse({"address": of_understood(table.id)}, status_code=201)

    def demo(self, request: Request, form: Form) -> Response:
        """Take the demo customers."""
        return go_to(of_understood(self.tables.keep(self.tables.new_folder(), "").id))

    def understood(self, request: Request) -> Response:
        """Screen A."""
        from segkit.app.table.understood import what_we_understood

        table = self._table(request)
        shown = what_we_understood(table, self.settings.said)
        return page("understood.html.jinja", shown=shown, work=work.work_of(table.folder))

    def say(self, request: Request, form: Form) -> Response:
        """Something that a person says of a table; nothing of it is kept that the command line would refuse."""
        from segkit.app.brought.saying import spoken

        table = self._table(request)
        spoken(self.tables, table, form)
        place = form.get("place", "")
        return go_to(of_understood(table.id, f"column-{place}" if place.isdigit() else form.get("what", "")))

    def begin(self, request: Request, form: Form) -> Response:
        """Start the sweep, or go on with one that was stopped."""
        from segkit.app.table.understood import sweep_arguments

        table, depth = self._table(request), form.get("depth", "")
        before = None if depth else work.work_of(table.folder)
        if before is None and depth not in DEPTHS:
            raise UserError(f"depth={depth} is no way to look", did_you_mean(depth, DEPTHS))
        if "most" in form:  # the answers to the two questions come along, kept before or not
            from segkit.app.brought.saying import spoken

            table = spoken(self.tables, table, {**form, "what": "brief"})
        work.start(table.folder, before.arguments if before else sweep_arguments(table, depth, self.settings.said))
        return go_to(of_answer(table.id))

    def stop(self, request: Request, form: Form) -> Response:
        """Stop the sweep; what is done is kept."""
        table = self._table(request)
        work.stop(table.folder)
        return go_to(of_answer(table.id))

    def progress(self, request: Request) -> Response:
        """How far the sweep is."""
        from segkit.app.running.going import going

        return JSONResponse(going(work.work_of(self._table(request).folder)))

    def answer(self, request: Request) -> Response:
        """Screen B."""
        table = self._table(request)
        found = work.work_of(table.folder)
        if found is None:
            return go_to(of_understood(table.id))
        if found.state != work.DONE:
            from segkit.app.running.going import going

            return page("going.html.jinja", table=table, work=found, going=going(found))
        from segkit.app.table.answer import answer_of
        from segkit.app.table.understood import command_line

        answer = answer_of(self.settings, found.sweep, found.ended)
        promote = ["segkit", "promote", f"sweep={found.sweep}", *self.settings.said]
        commands = {"sweep": command_line(found.arguments), "promote": shlex.join(promote)}
        older = not set(table.arguments) <= set(found.arguments)
        return page("answer.html.jinja", table=table, work=found, answer=answer, commands=commands, older=older)

    def report(self, request: Request) -> Response:
        """The report on what is recommended."""
        from segkit.app.gathered.reports import sweep_report

        table = self._table(request)
        found = work.done_in(table.folder)
        if found is None:
            return go_to(of_answer(table.id))
        text = sweep_report(self.settings, found.sweep, found.ended)
        return report(text, of_answer(table.id), "Back to the answer")

    def _table(self, request: Request) -> Table:
        return self.tables.get(request.path_params["id"])
