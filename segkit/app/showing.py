"""Pages put together, the files that all of them load, and errors, which are answered in words."""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from segkit.app.settings import TooLarge
from segkit.errors import UserError
from segkit.pages.template import templates

TYPES = {
    "app.css": "text/css",
    "app.js": "text/javascript",
    "models.css": "text/css",
    "models.js": "text/javascript",
    "card.css": "text/css",
    "card.js": "text/javascript",
    "compare.css": "text/css",
    "understood.css": "text/css",
    "favicon.svg": "image/svg+xml",
}
# A report is one file that loads and sends nothing.
_OF_REPORTS = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page, of its template and what is put into it."""
    return HTMLResponse(_templates().get_template(template).render(values), status)


def report(text: str, back: str, words: str) -> Response:
    """A report, which is a page with a script and styles of its own, with a way back to where it was asked for."""
    way = f'<nav aria-label="Back"><a href="{escape(back)}">← {escape(words)}</a></nav>'
    return HTMLResponse(text.replace("<body>", f"<body>\n{way}", 1), headers={"Content-Security-Policy": _OF_REPORTS})


def file(request: Request) -> Response:
    """The style, the script and the sign of all pages."""
    name = request.url.path.rpartition("/")[2].replace("favicon.ico", "favicon.svg")
    text = _templates().get_template(name).render()
    return Response(text, media_type=TYPES[name], headers={"Cache-Control": "no-cache"})


def go_to(address: str) -> Response:
    """On to another page of the app, as after whatever was changed."""
    return RedirectResponse(address, 303)


def download(parts: Iterable[str], name: str) -> Response:
    """A CSV file to be saved under a name, sent part by part."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return StreamingResponse(parts, media_type="text/csv", headers=headers)


def refused(request: Request, error: Exception) -> Response:
    """An error in the words that the command line has for it."""
    if isinstance(error, UserError):
        return _told(request, 413 if isinstance(error, TooLarge) else 422, error.problem, error.mend)
    return _told(request, 409, str(error))


def failed(request: Request, error: Exception) -> Response:
    """A store that is broken, or a mistake of ours; where it was made stands in the terminal."""
    from segkit.tracking.store import store_trouble

    told = store_trouble(error)
    if told is not None:
        return _told(request, 500, told.problem, told.mend)
    mend = "the terminal that the app was started in shows where"
    return _told(request, 500, f"{type(error).__name__}: {error}", mend)


def broken_off(request: Request, error: Exception) -> Response:
    """What was sent came only in part, and nobody listens any more."""
    return Response(status_code=400)


def missing(request: Request, error: Exception) -> Response:
    """An address that is none."""
    return _told(request, 404, "there is no such page")


def _told(request: Request, status: int, problem: str, mend: str = "") -> Response:
    if "json" in request.headers.get("accept", ""):
        return JSONResponse({"problem": problem, "mend": mend}, status_code=status)
    return page("error.html.jinja", status, problem=problem, mend=mend, back=_back(request))


@cache
def _templates() -> Environment:
    return templates(Path(__file__).parent / "pages")


def _back(request: Request) -> str:
    """Where to go on from an error: the segment's card or the table's page, unless that is what failed."""
    if "segment" in request.path_params and request.method != "GET":
        return str(request.url.replace(scheme="", netloc="", path=request.url.path.rpartition("/")[0]))
    wanted = request.path_params.get("id", "")
    return f"/tables/{wanted}/understood" if wanted and request.method != "GET" else "/"
