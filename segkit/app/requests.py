"""What every request is checked for, and how forms are read."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HOSTS = ["127.0.0.1", "localhost"]
_READS = ("GET", "HEAD")
_LARGEST_FORM = 1_000_000
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
}

Form = dict[str, str]


class SameOrigin(BaseHTTPMiddleware):
    """Lets only the app's own pages change anything, and says to browsers what its pages may do."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Refuse what another site's page sends."""
        if request.method not in _READS and not _is_own(request):
            return PlainTextResponse("only the app's own pages may change anything", status_code=403)
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _is_own(request: Request) -> bool:
    """A browser names the page that a change comes from; what is no browser names none."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    return site in ("same-origin", "none") and (
        origin is None or urlsplit(origin).netloc == request.headers.get("host")
    )


def signed(form: Form) -> str:
    """Who signs what is done; "" is the user of this machine."""
    return " ".join(form.get("by", "").split())


def posted(handle: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads a small form and handles it beside other requests."""

    async def endpoint(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST_FORM:
                return PlainTextResponse("the form is too large", status_code=413)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return await run_in_threadpool(handle, request, form)

    return endpoint
