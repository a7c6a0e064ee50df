"""What commands print: one function a format, chosen by `format=`."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from segkit.errors import UserError, did_you_mean


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
