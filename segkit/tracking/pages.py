"""Searches whose answers come page by page."""

from collections.abc import Callable, Iterator
from typing import Any


def found_by(search: Callable[..., Any], **what: Any) -> Iterator[Any]:
    """All that a search of the client's finds."""
    token = None
    while True:
        page = search(**what, page_token=token)
        yield from page
        token = page.token
        if not token:
            return
