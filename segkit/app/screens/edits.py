"""What is done to a segment from its card: its run is registered, it is renamed, or merged with another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from segkit.app.addresses import CARD_OF_TABLE, CARD_OF_VERSION, of_answer
from segkit.app.requests import Form, posted, signed
from segkit.app.screens.whose import Whose, named_segment, named_version, shows, whose_segments
from segkit.app.settings import Settings
from segkit.app.showing import go_to, page
from segkit.errors import UserError

# What gathers and describes is imported by who asks for it: the first screen does not wait for it.
if TYPE_CHECKING:
    from segkit.app.card.edits import Successor


class EditScreens:
    """What changes segments, in the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route(f"{CARD_OF_TABLE}/register", posted(self.register), methods=["POST"]),
            Route(f"{CARD_OF_VERSION}/rename", posted(self.rename), methods=["POST"]),
            Route(f"{CARD_OF_VERSION}/merge", shows(self.settings, self.merging)),
            Route(f"{CARD_OF_VERSION}/merge", posted(self.merge), methods=["POST"]),
        ]

    def register(self, request: Request, form: Form) -> Response:
        """Make the run a challenger, and go to the card of what the segment became."""
        from segkit.app.card.edits import register, successor_of
        from segkit.app.models.promoting import CHALLENGER
        from segkit.tracking.registry.terms import Terms

        whose = whose_segments(self.settings, request)
        if whose is None:
            return go_to(of_answer(request.path_params["id"]))
        run, segment = whose.content.told.run, named_segment(request)
        became = successor_of(self.settings, run, segment)
        terms = Terms(CHALLENGER, signed(form), force=form.get("force") == "yes")
        return _to(became or register(self.settings, run, segment, terms, form.get("model", "").strip()))

    def rename(self, request: Request, form: Form) -> Response:
        """Another name, in a new version."""
        from segkit.app.card.edits import rename

        version, called = named_version(request), form.get("called", "")
        return _to(rename(self.settings, *version, named_segment(request), called, signed(form)))

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
        return _to(merge(self.settings, *named_version(request), both, form.get("called", ""), signed(form)))


def _both(request: Request, other: str) -> tuple[int, int]:
    if not other.isascii() or not other.isdigit():
        raise UserError("no segment is named to merge with", "choose one on the card")
    return named_segment(request), int(other)


def _to(made: Successor) -> Response:
    return go_to(made.address)
