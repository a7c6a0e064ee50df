"""Whose segments an address is about: a table's, by the run that its sweep recommends or another, or a version's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from segkit.app.addresses import Place, cards_of_table, cards_of_version, of_answer
from segkit.app.brought.tables import Table, Tables
from segkit.app.running import work
from segkit.app.settings import Settings
from segkit.app.showing import go_to

# What gathers a content is imported by who asks for one: the first screen does not wait for it.
if TYPE_CHECKING:
    from segkit.app.card.edits import Registered
    from segkit.report.content import Content


@dataclass(frozen=True, eq=False)
class Whose:
    """A segmentation with all that is told of it, where its cards lie, what pages call it, and of which of the two it
    is.

    `answer` is the address of the answer that it comes from, "" where the app knows none.
    """

    content: Content
    place: Place
    title: str
    answer: str
    table: Table | None = None
    version: Registered | None = None

    @property
    def reference(self) -> str:
        """What names the segmentation on the command line for ever."""
        run = self.content.told.run
        return f"{self.version.model}/{self.version.version}" if self.version else run.model_run or run.run_id


def whose_segments(settings: Settings, request: Request) -> Whose | None:
    """Whose segments the request's address is about; None while the table's sweep has not ended."""
    return _of_table(settings, request) if "id" in request.path_params else _of_version(settings, request)


def named_version(request: Request) -> tuple[str, int]:
    """The model and the number of its version in the request's address."""
    return str(request.path_params["name"]), int(request.path_params["version"])


def shows(settings: Settings, show: Callable[[Request, Whose], Response]) -> Callable[[Request], Response]:
    """An endpoint that shows something of whose segments the address names; of a table without an answer, that."""

    def endpoint(request: Request) -> Response:
        whose = whose_segments(settings, request)
        return go_to(of_answer(request.path_params["id"])) if whose is None else show(request, whose)

    return endpoint


def named_segment(request: Request) -> int:
    """The segment in the request's address."""
    return int(request.path_params["segment"])


def _of_table(settings: Settings, request: Request) -> Whose | None:
    table, run = Tables(settings.folder).get(request.path_params["id"]), request.query_params.get("run", "")
    found = work.done_in(table.folder)
    if found is None:
        return None
    from segkit.app.gathered.contents import of_sweep

    content = of_sweep(settings, found.sweep, found.ended, run)
    return Whose(content, cards_of_table(table.id, run), table.title, of_answer(table.id), table)


def _of_version(settings: Settings, request: Request) -> Whose:
    from segkit.app.card.edits import registered
    from segkit.app.gathered.contents import of_version

    model, number = named_version(request)
    found = registered(settings, model, number)
    content = of_version(settings, model, number)
    answer = _answer_of(settings, found.sweep)
    return Whose(content, cards_of_version(model, number), f"{model} version {number}", answer, version=found)


def _answer_of(settings: Settings, sweep: str) -> str:
    """Where the answer of a sweep is that a table was segmented by."""
    for table in Tables(settings.folder).all() if sweep else ():
        found = work.work_of(table.folder)
        if found is not None and found.sweep == sweep:
            return of_answer(table.id)
    return ""
