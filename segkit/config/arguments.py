"""Arguments that people type as they are, in a form that Hydra's grammar reads as they mean it."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from segkit.errors import UserError

# Keys whose values are text whatever they look like: `my file (1).csv`, `?x=1`, a run id such as 1234e567.
_FREE_TEXT = (
    *("input", "output", "data.path", "data.query", "data.name", "data.as_of", "as_of"),
    *("run", "sweep", "model", "tracking.uri", "tracking.folder", "tracking.experiment"),
)
# Keys below which the user's own column names stand: `data.use.Annual Income (k$)=outcome`.
_BY_COLUMN = ("data.use", "data.kind", "data.levels")


def hydra_arguments(arguments: Iterable[str]) -> list[str]:
    """The same arguments with free text quoted and settings of columns gathered.

    >>> hydra_arguments(["input=my file (1).csv", "k=3,4", "data.use.Income=outcome"])
    ["input='my file (1).csv'", 'k=3,4', "data.said=['use.Income=outcome']"]
    """
    arguments = list(arguments)
    said = [argument.lstrip("+") for argument in arguments if _speaks_of_a_column(argument)]
    plain = [_quoted(argument) for argument in arguments if not _speaks_of_a_column(argument)]
    texts = ", ".join(f"'{_escaped(text.removeprefix('data.'))}'" for text in said)
    return [*plain, f"data.said=[{texts}]"] if said else plain


def columns_said(said: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What `data.said` says: for each of use, kind and levels, column -> value. A column's name may hold dots.

    >>> columns_said(["use.Annual Income (k$)=outcome", "levels.size=[S, M, L]"])
    {'use': {'Annual Income (k$)': 'outcome'}, 'levels': {'size': ['S', 'M', 'L']}}
    """
    found: dict[str, dict[str, Any]] = {}
    for text in said:
        group, _, rest = text.partition(".")
        name, _, value = rest.partition("=[") if group == "levels" and "=[" in rest else rest.rpartition("=")
        found.setdefault(group, {})[name] = _levels(text, value) if group == "levels" else value
    return found


def _levels(text: str, value: str) -> list[Any]:
    try:
        return list(yaml.safe_load(f"[{value}"))
    except (yaml.YAMLError, TypeError):
        raise UserError(f"data.{text} is not a list of levels", "write it as data.levels.COLUMN=[low, high]") from None


def _speaks_of_a_column(argument: str) -> bool:
    return argument.lstrip("+").startswith(tuple(f"{group}." for group in _BY_COLUMN)) and "=" in argument


def _escaped(text: str) -> str:
    """Text as it stands between single quotes in Hydra's grammar, where ${...} is not to be filled in."""
    text = text.replace("${", "\\${")
    return re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text)


def _quoted(argument: str) -> str:
    key, equals, value = argument.partition("=")
    if not equals or key.lstrip("+") not in _FREE_TEXT or value[:1] in ("'", '"') or value in ("", "null", "???"):
        return argument
    return f"{key}='{_escaped(value)}'"
