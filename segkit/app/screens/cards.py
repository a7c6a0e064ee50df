"""Screen C, the card of one segment: of a table's run, or of a registered version, where it is renamed and merged."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from segkit.app.requests import Form, posted
from segkit.app.running import work
from segkit.app.screens.whose import Whose, named_version, whose_segments
from segkit.app.settings import Settings
from segkit.app.showing import download, page
from segkit.errors import UserError

# What gathers and describes is imported by who asks for it: the first screen does not wait for it.
if TYPE_CHECKING:
    from segkit.app.card.edits import Successor

_CHALLENGER = "challenger"


class CardScreens:
    """The cards of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        segment = "segments/{segment:int}"
        table, model = f"/tables/{{id}}/{segment}", f"/models/{{name}}/versions/{{version:int}}/{segment}"
        shared = {"": self.card, "/customers": self.customers, "/left": self.left}
        shared |= {"/list": self.download, "/pictures": self.pictures}
        return [
            *(Route(f"{before}{end}", self._of(show)) for before in (table, model) for end, show in shared.items()),
            Route(f"{table}/register", posted(self.register), methods=["POST"]),
            Route(f"{model}/rename", posted(self.rename), methods=["POST"]),
            Route(f"{model}/merge", self._of(self.merging)),
            Route(f"{model}/merge", posted(self.merge), methods=["POST"]),
        ]

    def card(self, request: Request, whose: Whose) -> Response:
        """The card."""
        from segkit.app.card.cards import card_of
        from segkit.app.card.edits import successor_of
        from segkit.tracking.registry.tags import who

        segment = _segment(request)
        shown = card_of(whose.content, segment)
        became = None if whose.version else successor_of(self.settings, whose.content.told.run, segment)
        command = ["segkit", "sweep", f"within={whose.reference}", f"segment={segment}", *self.settings.said]
        values: dict[str, Any] = {"shown": shown, "whose": whose, "place": whose.place, "answer": whose.answer}
        values |= {"became": _address(became), "within": shlex.join(command), "by": who()}
        values["work"] = work.work_of(whose.table.folder) if whose.table else None
        return page("card.html.jinja", **values)

    def pictures(self, request: Request, whose: Whose) -> Response:
        """The segment beside the others: a piece of the card, which does not wait for it."""
        from segkit.app.card.cards import pictures_of

        return page("pictures.html.jinja", pictures=pictures_of(whose.content))

    def customers(self, request: Request, whose: Whose) -> Response:
        """A sample of customers, to be drawn and filtered."""
        from segkit.app.card.cards import card_of
        from segkit.app.card.drawn import drawn_of, drawn_values

        card_of(whose.content, _segment(request))
        return JSONResponse(drawn_values(drawn_of(whose.content), _segment(request)))

    def left(self, request: Request, whose: Whose) -> Response:
        """How many customers of each segment the filters leave."""
        from segkit.app.card.drawn import drawn_of, left_values
        from segkit.app.card.filtered import asked_of

        drawn = drawn_of(whose.content)
        return JSONResponse(left_values(drawn, asked_of(request.query_params, drawn.columns)))

    def download(self, request: Request, whose: Whose) -> Response:
        """The customers of the segment whom the filters leave, the surest first, as a CSV file."""
        from segkit.app.card.cards import card_of
        from segkit.app.card.listed import listed

        card_of(whose.content, _segment(request))
        found = listed(whose.content, _segment(request), request.query_params)
        title = Path(whose.title).stem if whose.table else whose.title
        return download(found, f"{title} segment {_segment(request)}.csv")

    def register(self, request: Request, form: Form) -> Response:
        """Make the run a challenger, and go to the card of what the segment became."""
        from segkit.app.card.edits import register, successor_of
        from segkit.tracking.registry.terms import Terms

        whose = whose_segments(self.settings, request)
        if whose is None:
            return _to_answer(request)
        run, segment = whose.content.told.run, _segment(request)
        became = successor_of(self.settings, run, segment)
        terms = Terms(_CHALLENGER, " ".join(form.get("by", "").split()), force=form.get("force") == "yes")
        return _to(became or register(self.settings, run, segment, terms, form.get("model", "").strip()))

    def rename(self, request: Request, form: Form) -> Response:
        """Another name, in a new version."""
        from segkit.app.card.edits import rename

        called, by = form.get("called", ""), form.get("by", "")
        return _to(rename(self.settings, *named_version(request), _segment(request), called, by))

    def merging(self, request: Request, whose: Whose) -> Response:
        """What merging with another segment would make; nothing is done yet."""
        from segkit.app.card.cards import card_of
        from segkit.app.card.edits import would_be_merged
        from segkit.tracking.registry.tags import who

        both = _both(request, request.query_params.get("with", ""))
        derived = would_be_merged(self.settings, *named_version(request), both)
        cards = [card_of(whose.content, segment).card for segment in both]
        labels = whose.content.portrait.labels
        customers = int(sum((labels == segment).sum() for segment in both))
        values: dict[str, Any] = {"whose": whose, "place": whose.place, "cards": cards, "derived": derived, "by": who()}
        values |= {"customers": customers, "share": customers / len(labels), "left": len(derived.now.called)}
        return page("merging.html.jinja", **values)

    def merge(self, request: Request, form: Form) -> Response:
        """Two segments as one, in a new version."""
        from segkit.app.card.edits import merge

        both = _both(request, form.get("with", ""))
        return _to(merge(self.settings, *named_version(request), both, form.get("called", ""), form.get("by", "")))

    def _of(self, show: Callable[[Request, Whose], Response]) -> Callable[[Request], Response]:
        """An endpoint that shows something of whose segments the address names."""

        def endpoint(request: Request) -> Response:
            whose = whose_segments(self.settings, request)
            return _to_answer(request) if whose is None else show(request, whose)

        return endpoint


def _segment(request: Request) -> int:
    return int(request.path_params["segment"])


def _both(request: Request, other: str) -> tuple[int, int]:
    if not other.isascii() or not other.isdigit():
        raise UserError("no segment is named to merge with", "choose one on the card")
    return _segment(request), int(other)


def _address(became: Successor | None) -> str:
    from segkit.app.card.cards import of_model

    return of_model(became.model, became.version).of(became.segment) if became else ""


def _to(made: Successor) -> Response:
    return RedirectResponse(_address(made), 303)


def _to_answer(request: Request) -> Response:
    return RedirectResponse(f"/tables/{request.path_params['id']}/answer", 303)
