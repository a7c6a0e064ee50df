"""A command of segkit's whose requests to a server are counted: `python -m benchmarks.counted_requests COMMAND ...`."""

import re
import sys
import threading
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session

MARK = "request: "
_COUNTS: Counter[str] = Counter()
_send = Session.send


def _counted(session: Session, request: PreparedRequest, **how: Any) -> Response:
    # What is asked again and again while one waits goes with time, not with runs.
    if "_watch" not in threading.current_thread().name:
        _COUNTS[_kind(request)] += 1
    return _send(session, request, **how)


def _kind(request: PreparedRequest) -> str:
    path = re.sub(r"/(m-)?[0-9a-f]{32}", "", urlsplit(str(request.url)).path)
    if "mlflow-artifacts" in path:
        return f"{request.method} file"
    return f"{request.method} {path.partition('/mlflow/')[2]}"


def main() -> None:
    """Do the command, then tell the counts."""
    from segkit.cli import main as command

    Session.send = _counted  # type: ignore[method-assign]
    try:
        command()
    finally:
        for kind, number in _COUNTS.items():
            print(f"{MARK}{kind} {number}", file=sys.stderr)


if __name__ == "__main__":
    main()
