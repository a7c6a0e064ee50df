"""What the command line says of single columns, `data.use.COLUMN=outcome`: words as they were written."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from segkit.errors import UserError

# Groups below which the user's own column names stand. These take words.
_WORDS = ("use", "kind", "dates", "numbers")
# In these null says that a level, or an empty cell, is unknown.
_WITH_GAPS = ("derive", "fill")
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
GROUPS = (*_WORDS, *_FORMS)


class _Words(yaml.SafeLoader):
    """Numbers, lists and mappings; every other word stays text, be it no, null, 10:30 or 007."""


class _Gaps(_Words):
    """The same, with null for what is unknown."""


def _knows(loader: type[yaml.SafeLoader], kind: str, looks: str, first: str) -> None:
    loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(rf"({looks})\Z"), list(first))


_Words.yaml_implicit_resolvers = {}
_knows(_Words, "int", r"-?(0|[1-9]\d*)", "-0123456789")
_knows(_Words, "float", r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?", "-+.0123456789")
_knows(_Gaps, "null", "null|~", "n~")


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
    try:
        found = _paired(_read(value, group), str.partition, group)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, _FORMS[group][0]) or found is None:
        raise UserError(f"data.{text} cannot be read", f"write it as data.{group}.NAME={_FORMS[group][1]}")
    return found


def _read(value: str, group: str) -> Any:
    return yaml.load(value, _Gaps if group in _WITH_GAPS else _Words)  # noqa: S506 - both are safe loaders


def _paired(found: Any, cut: Callable[[str, str], tuple[str, str, str]], group: str) -> Any:
    """A mapping whose colons have no blank behind them, {total:a}: YAML takes each pair for a key without a value.

    An option ends at its first colon, a level, which may be 10:30, at its last.
    """
    if not isinstance(found, dict):
        return found
    pairs = [_pair(key, value, cut, group) for key, value in found.items()]
    return {key: _paired(value, str.rpartition, group) for key, value in pairs}


def _pair(key: Any, value: Any, cut: Callable[[str, str], tuple[str, str, str]], group: str) -> tuple[Any, Any]:
    if value != "" or ":" not in str(key):
        return key, value
    name, _, written = cut(key, ":")
    return _read(name, group), _read(written, group)
