"""Arguments that people type as they are, in a form that Hydra's grammar reads as they mean it."""

import re
from collections.abc import Iterable

# Keys whose values are paths, addresses or queries: `my file (1).csv`, `a,b.csv`, `?x=1`.
_FREE_TEXT = ("input", "output", "data.path", "tracking.uri", "tracking.folder", "tracking.experiment")
# Keys below which the user's own column names stand: `data.use.Annual Income (k$)=outcome`.
_BY_COLUMN = ("data.use", "data.kind", "data.levels")
_SPECIAL = re.compile(r"([\\()\[\]{}:=,])")


def hydra_arguments(arguments: Iterable[str]) -> list[str]:
    """The same arguments with free text quoted and settings of columns gathered.

    >>> hydra_arguments(["input=my file (1).csv", "k=3,4", "data.use.Income=outcome"])
    ["input='my file (1).csv'", 'k=3,4', '++data.use={Income: outcome}']
    """
    plain: list[str] = []
    columns: dict[str, list[str]] = {}
    for argument in arguments:
        group, name, value = _column_setting(argument)
        if group:
            columns.setdefault(group, []).append(f"{_escaped(name)}: {value}")
        else:
            plain.append(_quoted(argument))
    return plain + [f"++{group}={{{', '.join(settings)}}}" for group, settings in columns.items()]


def _column_setting(argument: str) -> tuple[str, str, str]:
    """Group, column and value of `data.use.COLUMN=VALUE`; a column's name may hold dots and equal signs."""
    bare = argument.lstrip("+")
    group = next((group for group in _BY_COLUMN if bare.startswith(f"{group}.")), "")
    name, equals, value = bare.removeprefix(f"{group}.").rpartition("=")
    return (group, name, value) if group and equals else ("", "", "")


def _escaped(name: str) -> str:
    return _SPECIAL.sub(r"\\\1", name)


def _quoted(argument: str) -> str:
    key, equals, value = argument.partition("=")
    if not equals or key.lstrip("+") not in _FREE_TEXT or value[:1] in ("'", '"') or value in ("", "null", "???"):
        return argument
    escaped = re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), value)
    return f"{key}='{escaped}'"
