"""What commands print: one function a format, chosen by `format=`."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from segkit.errors import UserError, did_you_mean

# Where `segkit ui` shows MLflow unless another port is asked for.
LOCAL_UI = "http://127.0.0.1:5000"


def emit(chosen: str, formats: Mapping[str, Callable[[], str]]) -> None:
    """Print what the chosen format makes; only that goes to stdout, so that it can be piped."""
    sys.stdout.write(formats[chosen]().rstrip("\n") + "\n")


def check_format(chosen: str, formats: Iterable[str]) -> None:
    """Refuse an unknown format before any work is done."""
    known = list(formats)
    if chosen not in known:
        raise UserError(f"format={chosen} is not known", did_you_mean(chosen, known))


def as_json(value: Any) -> str:
    """Readable JSON; numpy numbers become plain ones."""
    return json.dumps(value, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else str(value)


def in_the_ui(link: str) -> str:
    """What is said before a link into the MLflow UI, or several: that of a server is always there.

    >>> in_the_ui("https://mlflow.example/#/experiments/1")
    'In the MLflow UI:'
    """
    return "In the MLflow UI, while `segkit ui` runs:" if link.strip().startswith(LOCAL_UI) else "In the MLflow UI:"
