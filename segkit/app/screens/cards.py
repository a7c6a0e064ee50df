"""Screen C, the card of one segment: of a table's run, or of a registered version."""

import shlex
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from segkit.app.addresses import CARD_OF_TABLE, CARD_OF_VERSION
from segkit.app.running import work
from segkit.app.screens.whose import Whose, named_segment, shows
from segkit.app.settings import Settings
from segkit.app.showing import download, page


class CardScreens:
    """The cards of the app that is started with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        screens = {"": self.card, "/customers": self.customers, "/left": self.left}
        screens |= {"/list": self.download, "/pictures": self.pictures}
        return [
            Route(f"{before}{end}", shows(self.settings, screen))
            for before in (CARD_OF_TABLE, CARD_OF_VERSION)
            for end, screen in screens.items()
        ]

    def card(self, request: Request, whose: Whose) -> Response:
        """The card."""
        from segkit.app.card.cards import card_of
        from segkit.app.card.edits import successor_of
        from segkit.tracking.registry.tags import who

        segment = named_segment(request)
        shown = card_of(whose.content, segment)
        became = None if whose.version else successor_of(self.settings, whose.content.told.run, segment)
        command = ["segkit", "sweep", f"within={whose.reference}", f"segment={segment}", *self.settings.said]
        values: dict[str, Any] = {"shown": shown, "whose": whose, "place": whose.place, "answer": whose.answer}
        values |= {"became": became.address if became else "", "within": shlex.join(command), "by": who()}
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

        card_of(whose.content, named_segment(request))
        return JSONResponse(drawn_values(drawn_of(whose.content), named_segment(request)))

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

        card_of(whose.content, named_segment(request))
        found = listed(whose.content, named_segment(request), request.query_params)
        title = Path(whose.title).stem if whose.table else whose.title
        return download(found, f"{title} segment {named_segment(request)}.csv")
