"""Arguments that people type as they are, in a form that Hydra's grammar reads as they mean it."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from segkit.errors import UserError

# Keys whose values are text whatever they look like: `my file (1).csv`, `?x=1`, a run id such as 1234e567.
_FREE_TEXT = (
    *("input", "output", "data.path", "data.query", "data.name", "data.as_of", "as_of"),
    *(f"data.log.{field}" for field in ("customer", "date", "order", "quantity", "price", "amount", "product")),
    *("run", "sweep", "model", "tracking.uri", "tracking.folder", "tracking.experiment"),
)
# Groups below which the user's own column names stand: `data.use.Annual Income (k$)=outcome`. These take words.
_WORDS = ("use", "kind", "dates")
_LIST, _NUMBER = (list, "[a, b]"), (int | float, "2")
# Of the others, what type their values have and how they are written.
_FORMS: dict[str, tuple[Any, str]] = {
    "levels": (list, "[low, high]"),
    "missing": (object, "[-1, 999]"),
    "fill": (object, "0"),
    "derive": (dict, "{total: [a, b]}"),
    "blocks": _LIST,
    "weights": _NUMBER,
    "sets": _LIST,
}


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
    """What `data.said` says: group (use, kind, levels, ...) -> column -> value. A column's name may hold dots.

    >>> columns_said(["use.Annual Income (k$)=outcome", "levels.size=[S, M, L]"])
    {'use': {'Annual Income (k$)': 'outcome'}, 'levels': {'size': ['S', 'M', 'L']}}
    """
    found: dict[str, dict[str, Any]] = {}
    for text in said:
        group, _, rest = text.partition(".")
        composite = re.fullmatch(r"(.*?)=(\[.*\]|\{.*\})", rest, re.DOTALL)
        name, value = composite.groups() if composite else rest.rpartition("=")[::2]
        found.setdefault(group, {})[name] = value if group in _WORDS else _value(text, value)
    return found


def _value(text: str, value: str) -> Any:
    group, _, _ = text.partition(".")
    # Hydra writes {total:[a,b]} where YAML wants a blank after the colon.
    spaced = re.sub(r":(?=[^\s])", ": ", value) if group == "derive" else value
    try:
        found = yaml.safe_load(spaced)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, _FORMS[group][0]) or found is None:
        raise UserError(f"data.{text} cannot be read", f"write it as data.{group}.NAME={_FORMS[group][1]}")
    return found


def _speaks_of_a_column(argument: str) -> bool:
    return argument.lstrip("+").startswith(tuple(f"data.{group}." for group in (*_WORDS, *_FORMS))) and "=" in argument


def _escaped(text: str) -> str:
    """Text as it stands between single quotes in Hydra's grammar, where ${...} is not to be filled in."""
    text = text.replace("${", "\\${")
    return re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text)


def _quoted(argument: str) -> str:
    key, equals, value = argument.partition("=")
    if not equals or key.lstrip("+") not in _FREE_TEXT or value[:1] in ("'", '"') or value in ("", "null", "???"):
        return argument
    return f"{key}='{_escaped(value)}'"
