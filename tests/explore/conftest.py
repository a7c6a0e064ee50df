"""What the tests of the page share: the page of the demo customers, taken apart."""

from html.parser import HTMLParser

import pytest


class Parts(HTMLParser):
    """The tags of a page with their attributes, and its text outside of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.fixture(scope="session")
def parts():
    """Takes a page apart: `parts(page).text`."""
    return Parts


@pytest.fixture(scope="session")
def page(customers) -> str:
    from segkit.explore import explore_page

    return explore_page(customers, "3 to 7 segments")
