"""Packages that few need: imported when they are used, and asked for by name where they are absent."""

from importlib import import_module
from typing import Any

from segkit.errors import UserError


def extra(package: str, name: str) -> Any:
    """The package that comes with the extra `name`; raises UserError with the mend where it is not installed."""
    try:
        return import_module(package)
    except ImportError as error:
        raise UserError(f"this algorithm needs the package {package}", f"pip install 'segkit[{name}]'") from error
