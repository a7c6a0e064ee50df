"""What the addresses of registered models do: who they are, promote, roll back."""

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from segkit.app.addresses import of_model
from segkit.app.brought.tables import Tables
from segkit.app.requests import Form, posted, signed
from segkit.app.running import work
from segkit.app.settings import Settings
from segkit.app.showing import go_to, page, report
from segkit.errors import UserError

if TYPE_CHECKING:
    from segkit.app.models.promoting import Candidate


class ModelScreens:
    """The screens about registered models, of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables = Tables(settings.folder)

    @property
    def routes(self) -> list[Route]:
        """The addresses."""
        model, promote = "/models/{name}", "/tables/{id}/promote"
        return [
            Route(promote, self.preview),
            Route(promote, posted(self.promote), methods=["POST"]),
            Route(model, self.model),
            Route(f"{model}/rollback", self.returning),
            Route(f"{model}/rollback", posted(self.roll_back), methods=["POST"]),
            Route(f"{model}/versions/{{version:int}}/migration.png", self.picture),
            Route(f"{model}/versions/{{version:int}}/report", self.report),
        ]

    def model(self, request: Request) -> Response:
        """A registered model; `shown` is the version whose migration is asked for."""
        from segkit.app.models.model import model_of

        shown = _number(request.query_params, "shown", 0)
        return page("model.html.jinja", model=model_of(self.settings, request.path_params["name"], shown or None))

    def picture(self, request: Request) -> Response:
        """Who moved when a version was made."""
        from segkit.app.gathered.contents import opened
        from segkit.tracking.registry.version_files import version_picture
        from segkit.tracking.registry.versions import find_version

        found = find_version(opened(self.settings), _version(request))
        drawn = version_picture(opened(self.settings), found)
        if drawn is None:
            raise UserError("there is no such picture", "nobody is known to both versions")
        return Response(drawn, media_type="image/png")

    def report(self, request: Request) -> Response:
        """The report on a version, as `segkit report model=NAME/VERSION` writes it."""
        from segkit.app.gathered.reports import version_report

        name, number = request.path_params["name"], request.path_params["version"]
        return report(version_report(self.settings, name, number), of_model(name), "Back to the model")

    def preview(self, request: Request) -> Response:
        """Who would move, before anything is changed."""
        from segkit.app.models.promoting import ALIASES, preview_of

        asked = self._candidate(request, request.query_params)
        said = [f"{key}={value}" for key, value in (("run", asked.run), ("model", asked.model)) if value]
        words = ["segkit", "promote", *(said if asked.run else [f"sweep={asked.sweep}", *said]), *self.settings.said]
        shown = preview_of(self.settings, asked)
        table = self.tables.get(request.path_params["id"])
        return page(
            "promote.html.jinja", table=table, asked=asked, shown=shown, aliases=ALIASES, command=shlex.join(words)
        )

    def promote(self, request: Request, form: Form) -> Response:
        """Promote, then show the model."""
        from segkit.app.models.promoting import promoted

        told = promoted(self.settings, self._candidate(request, form), form.get("alias", ""), signed(form))
        return _to_model(told.model, told.new.version if told.change else 0)

    def returning(self, request: Request) -> Response:
        """Which version would come back, and who would move."""
        from segkit.app.models.returning import return_of

        shown = return_of(self.settings, request.path_params["name"], _number(request.query_params, "steps", 1))
        words = ["segkit", "rollback", f"model={shown.model}", *([f"steps={shown.steps}"] if shown.steps > 1 else [])]
        return page("rollback.html.jinja", shown=shown, command=shlex.join([*words, *self.settings.said]))

    def roll_back(self, request: Request, form: Form) -> Response:
        """Roll back, then show the model."""
        from segkit.app.models.returning import returned

        name, to = request.path_params["name"], _number(form, "to", 0)
        steps, given_up = _number(form, "steps", 1), _number(form, "given_up", 0)
        returned(self.settings, name, steps, given_up, to, signed(form))
        return _to_model(name)

    def _candidate(self, request: Request, said: Mapping[str, str]) -> "Candidate":
        from segkit.app.models.promoting import Candidate

        table = self.tables.get(request.path_params["id"])
        found = work.done_in(table.folder)
        if found is None:
            raise UserError(f"{table.title} has no answer yet", "start a sweep, and wait for it")
        return Candidate(found.sweep, said.get("run") or None, said.get("model", "").strip() or None)


def _version(request: Request) -> str:
    return f"{request.path_params['name']}/{request.path_params['version']}"


def _to_model(name: str, shown: int = 0) -> Response:
    asked = f"?{urlencode({'shown': shown})}" if shown else ""
    return go_to(f"{of_model(name)}{asked}")


def _number(said: Mapping[str, str], name: str, usual: int) -> int:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else usual
