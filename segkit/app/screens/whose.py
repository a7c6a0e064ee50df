"""Whose segments an address is about: a table's, by the run that its sweep recommends or another, or a version's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from segkit.app.brought.tables import Table, Tables
from segkit.app.running import work
from segkit.app.settings import Settings

# What gathers a content is imported by who asks for one: the first screen does not wait for it.
if TYPE_CHECKING:
    from segkit.app.card.cards import Place
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


def _of_table(settings: Settings, request: Request) -> Whose | None:
    table, run = Tables(settings.folder).get(request.path_params["id"]), request.query_params.get("run", "")
    found = work.work_of(table.folder)
    if found is None or found.state != work.DONE:
        return None
    from segkit.app.card.cards import of_table
    from segkit.app.gathered.contents import of_sweep

    content = of_sweep(settings, found.sweep, found.ended, run)
    return Whose(content, of_table(table.id, run), table.title, _answer(table), table)


def _of_version(settings: Settings, request: Request) -> Whose:
    from segkit.app.card.cards import of_model
    from segkit.app.card.edits import registered
    from segkit.app.gathered.contents import of_version

    model, number = named_version(request)
    found = registered(settings, model, number)
    content = of_version(settings, model, number)
    answer = _answer_of(settings, found.sweep)
    return Whose(content, of_model(model, number), f"{model} version {number}", answer, version=found)


def _answer_of(settings: Settings, sweep: str) -> str:
    """Where the answer of a sweep is that a table was segmented by."""
    for table in Tables(settings.folder).all() if sweep else ():
        found = work.work_of(table.folder)
        if found is not None and found.sweep == sweep:
            return _answer(table)
    return ""


def _answer(table: Table) -> str:
    return f"/tables/{table.id}/answer"
