"""Where the app's pages are."""

from dataclasses import dataclass
from urllib.parse import quote

# The routes of a segment's card: of a run of a table's sweep, and of a registered version.
CARD_OF_TABLE = "/tables/{id}/segments/{segment:int}"
CARD_OF_VERSION = "/models/{name}/versions/{version:int}/segments/{segment:int}"


@dataclass(frozen=True)
class Place:
    """Where the cards of one segmentation lie: what stands in addresses before a segment's number, and at the end."""

    before: str
    query: str = ""

    def of(self, segment: int, what: str = "") -> str:
        """The address of a segment's card, or of what belongs to it."""
        return f"{self.before}{segment}{'/' if what else ''}{what}{self.query}"


def of_answer(table_id: str) -> str:
    """A table's answer, which is how far its sweep is while that runs."""
    return f"/tables/{table_id}/answer"


def of_understood(table_id: str, place: str = "") -> str:
    """What was understood of a table, and a place on that page."""
    return f"/tables/{table_id}/understood{'#' if place else ''}{quote(place)}"


def of_model(name: str) -> str:
    """A registered model."""
    return f"/models/{quote(name, safe='')}"


def cards_of_table(table_id: str, run: str = "") -> Place:
    """The cards of a table's recommended run, or of another run of its sweep."""
    return Place(f"/tables/{table_id}/segments/", f"?run={quote(run, safe='')}" if run else "")


def cards_of_version(model: str, number: int | str) -> Place:
    """The cards of a registered version."""
    return Place(f"{of_model(model)}/versions/{number}/segments/")
