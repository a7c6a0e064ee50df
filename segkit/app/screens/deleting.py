"""Deleting a table: what goes and what stays is said before anything is done."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from segkit.app.brought.tables import Tables
from segkit.app.requests import Form, posted
from segkit.app.running import work
from segkit.app.settings import Settings
from segkit.app.showing import go_to, page


class DeleteScreens:
    """The question and the deed, in the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.tables = Tables(settings.folder)

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        place = "/tables/{id}/delete"
        return [Route(place, self.ask), Route(place, posted(self.delete), methods=["POST"])]

    def ask(self, request: Request) -> Response:
        """What goes and what stays."""
        table = self.tables.get(request.path_params["id"])
        size = sum(path.stat().st_size for path in [table.folder / table.file] if path.is_file())
        return page("delete.html.jinja", table=table, work=work.work_of(table.folder), size=size)

    def delete(self, request: Request, form: Form) -> Response:
        """Leave nothing of the table but its runs; refused while its sweep runs."""
        table = self.tables.get(request.path_params["id"])
        with work.alone(table.folder):
            self.tables.delete(table.id)
        return go_to("/")
