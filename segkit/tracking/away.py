"""Telling that a tracking server is away from that it refuses what it is asked."""

import re
from collections.abc import Iterator

from requests.exceptions import ChunkedEncodingError, ConnectionError, RequestException, SSLError, Timeout  # noqa: A004

# Too busy, or a gateway in front whose server is gone, or a server whose database is: where there are accounts MLflow
# looks for them first, and answers 500 if it cannot.
_AWAY_CODES = ("408", "429", "500", "502", "503", "504")
_CODE = re.compile(r"too many (\d{3}) error responses")
# Of downloads MLflow keeps only the text of what went wrong.
_DOWNLOAD = re.compile(r"Max retries exceeded|Connection aborted|Read timed out|Connection broken")

_WORDS = {
    "NameResolutionError": "its name is not known",
    "refused": "connection refused",
    "imed out": "it does not answer",
    "unreachable": "there is no way to it",
}


def away_reason(error: BaseException) -> str:
    """Why a server cannot be reached for now, in a few words; "" if the error is something else."""
    causes = list(_causes(error))
    if any(isinstance(cause, SSLError) for cause in causes):
        return ""
    code = next((found[1] for cause in causes if (found := _CODE.search(str(cause)))), None)
    if code is not None:
        return f"it answers {code}" if code in _AWAY_CODES else ""
    if any(isinstance(cause, Timeout) for cause in causes):
        return "it does not answer"
    if any(isinstance(cause, (ConnectionError, ChunkedEncodingError)) for cause in causes):
        return _said(str(error))
    return _said(str(error)) if _DOWNLOAD.search(str(error)) else ""


def refused_by_tls(error: BaseException) -> str:
    """What is wrong with a server's certificate, or with speaking TLS to it; "" if that is not what is wrong."""
    found = next((cause for cause in _causes(error) if isinstance(cause, SSLError)), None)
    if found is None:
        return ""
    if "WRONG_VERSION_NUMBER" in str(found):
        return "it does not speak TLS"
    words = re.search(r"certificate verify failed: ([^(\"']+)", str(found))
    return f"its certificate is not trusted: {words[1].strip()}" if words else "TLS fails"


def _said(text: str) -> str:
    return next((words for mark, words in _WORDS.items() if mark in text), "the connection broke")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and that of the network behind it; what was being handled when that arose is another matter."""
    yield from [error] if error else []
    while error is not None:
        error = error.__cause__ or error.__context__
        if isinstance(error, RequestException):
            yield error
            return
