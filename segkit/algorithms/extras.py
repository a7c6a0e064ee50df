"""Packages that few need: imported when they are used, and asked for by name where they are absent."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from segkit.errors import UserError

# What `pip install 'segkit[NAME]'` brings along for an algorithm.
_PACKAGES = {"kmedoids": "kmedoids", "survey": "stepmix"}


def extra(name: str) -> Any:
    """The package that comes with this extra; raises UserError with the mend where it is not installed."""
    try:
        return import_module(_PACKAGES[name])
    except ImportError as error:
        raise UserError(f"this algorithm needs the package {_PACKAGES[name]}", installing(name)) from error


def is_installed(name: str) -> bool:
    """Whether the package that comes with this extra is there; nothing is imported."""
    return find_spec(_PACKAGES.get(name, name)) is not None


def installing(name: str) -> str:
    """What to type to get it.

    >>> installing("survey")
    "pip install 'segkit[survey]'"
    """
    return f"pip install 'segkit[{name}]'"
