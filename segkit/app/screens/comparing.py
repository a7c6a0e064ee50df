"""What the addresses of the comparison do: two runs of a sweep, and the customers who differ."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from segkit.app.addresses import of_answer
from segkit.app.brought.tables import Table, Tables
from segkit.app.running import work
from segkit.app.settings import Settings
from segkit.app.showing import download, go_to, page

_ASKED = ("from", "to", "unsure")


class CompareScreens:
    """The screens on two runs, of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tables = Tables(settings.folder)

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/tables/{id}/compare", self.compare),
            Route("/tables/{id}/compare.csv", self.customers),
        ]

    def compare(self, request: Request) -> Response:
        """Two runs, by default the recommended one and the runner-up."""
        table, found = self._swept(request)
        if found is None:
            return go_to(of_answer(table.id))
        from segkit.app.compared import crossing, differing
        from segkit.app.compared.comparing import compared

        asked = request.query_params
        two = compared(self.settings, found.sweep, found.ended, asked.get("a", ""), asked.get("b", ""))
        group = differing.group_of(two.two, _only(asked))
        return page(
            "compare.html.jinja",
            table=table,
            work=found,
            found=two,
            crossing=crossing.crossing_of(two.two),
            sentences=crossing.sentences(two.two),
            group=group,
            telling=differing.telling(two, group),
            borders=differing.borders(two.two),
            listed=differing.listed(two, group).head(differing.SHOWN).to_numpy().tolist(),
            runs=urlencode({"a": two.first.run_id, "b": two.second.run_id}),
            list_of=urlencode({"a": two.first.run_id, "b": two.second.run_id, **group.asked}),
        )

    def customers(self, request: Request) -> Response:
        """The customers of one cell of the comparison, or all who differ, as a file."""
        table, found = self._swept(request)
        if found is None:
            return go_to(of_answer(table.id))
        from segkit.app.compared import differing
        from segkit.app.compared.comparing import compared
        from segkit.data.write import csv_parts

        asked = request.query_params
        two = compared(self.settings, found.sweep, found.ended, asked.get("a", ""), asked.get("b", ""))
        customers = differing.listed(two, differing.group_of(two.two, _only(asked)))
        return download(csv_parts(customers), f"{Path(table.title).stem} compared.csv")

    def _swept(self, request: Request) -> tuple[Table, work.Work | None]:
        """The table, and its sweep if that has ended well."""
        table = self.tables.get(request.path_params["id"])
        return table, work.done_in(table.folder)


def _only(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in _ASKED if name in asked}
