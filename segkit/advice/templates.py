"""Templates of ideas as people write them in a yaml file, checked."""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

from segkit.data.findings.names import is_sensitive_name
from segkit.errors import UserError, did_you_mean

USUAL = Path(__file__).with_name("ideas.yaml")
HIGH, LOW = "high", "low"
KINDS: Mapping[str, tuple[str, ...]] = {
    "marker": ("column", "typical", "everyone"),
    "outcome": ("outcome", "rate", "everyone", "low", "high"),
    "money": ("customers", "share", "value", "value_share", "value_each", "average"),
}
MONEY = ("value_each", "share")
_NAMES_ONLY = ("column", "outcome")
_OPTIONS = ("is", "by", "least", "without")
_PARTS = ("when", "test", "because")


@dataclass(frozen=True)
class When:
    """One thing that has to hold of a segment: `kind` is marker, outcome or money, `words` are parts of a column's
    name (of money: value_each or share).
    """

    kind: str
    words: tuple[str, ...]
    side: str
    by: float = 1.25
    least: float = 0.5
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """An idea: what has to hold, what is then worth testing, and the figures that it rests on."""

    name: str
    when: tuple[When, ...]
    test: str
    because: str


def read_templates(path: str | Path = USUAL) -> tuple[Template, ...]:
    """The templates of a yaml file; raises UserError that names the idea and the mend."""
    import yaml

    try:
        content = yaml.safe_load(Path(path).expanduser().read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", f"begin with a copy of {USUAL}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = str(error).strip().splitlines()[0]
        raise UserError(f"{path} is no yaml file: {first}", "put texts with a colon or a brace in quotes") from error
    return parse_templates(content, str(path))


def parse_templates(content: Any, source: str = "ideas") -> tuple[Template, ...]:
    """Templates written as name -> {when, test, because}."""
    if not isinstance(content, Mapping) or not content:
        raise UserError(f"{source} holds no ideas", "write them as name: {when: [...], test: ..., because: ...}")
    return tuple(_template(f"{source}: {name}", str(name), stated) for name, stated in content.items())


def _template(place: str, name: str, stated: Any) -> Template:
    if not isinstance(stated, Mapping):
        raise UserError(f"{place} is no idea", "write it as {when: [...], test: ..., because: ...}")
    _check_keys(place, stated, _PARTS)
    for part in _PARTS:
        if not stated.get(part):
            raise UserError(f"{place} lacks {part}", f"an idea has {', '.join(_PARTS)}")
    conditions = stated["when"] if isinstance(stated["when"], list) else [stated["when"]]
    when = tuple(_when(place, one) for one in conditions)
    for part in ("test", "because"):
        _check_text(f"{place}.{part}", stated[part], when)
    if not _fields(stated["because"]) - _without_figures(when):
        raise UserError(f"{place}: because names no figure", "put one in braces: {rate}, {typical}, {value_each}, ...")
    return Template(name, when, str(stated["test"]).strip(), str(stated["because"]).strip())


def _when(place: str, stated: Any) -> When:
    kinds = [key for key in stated if key in KINDS] if isinstance(stated, Mapping) else []
    if len(kinds) != 1:
        raise UserError(f"{place}: each `when` needs one of {', '.join(KINDS)}", "marker: [spend], say")
    kind = kinds[0]
    _check_keys(place, stated, (kind, *_OPTIONS))
    words, side = _listed(stated[kind]), stated.get("is")
    if side not in (HIGH, LOW):
        raise UserError(f"{place}: is={side} says nothing", f"write is: {HIGH} or is: {LOW}")
    if kind == "money" and not (words and set(words) <= set(MONEY)):
        raise UserError(f"{place}: money={', '.join(words)} is not known", did_you_mean("".join(words[:1]), MONEY))
    sensitive = [word for word in words if is_sensitive_name(word)]
    if sensitive or not all(words) or not words:
        problem = f"asks for {sensitive[0]}, which nobody may be treated by" if sensitive else f"{kind} names no word"
        raise UserError(f"{place}: {problem}", "name parts of a column's name: [spend, mnt]")
    numbers = {key: _number(f"{place}.{key}", stated[key]) for key in ("by", "least") if key in stated}
    return When(kind, words, side, without=_listed(stated.get("without", ())), **numbers)


def _check_keys(place: str, stated: Mapping[Any, Any], known: Iterable[str]) -> None:
    for key in stated:
        if key not in known:
            raise UserError(f"{place} has a key that is not known: {key}", did_you_mean(str(key), known))


def _check_text(place: str, text: Any, when: tuple[When, ...]) -> None:
    if not isinstance(text, str):
        raise UserError(f"{place} is no text", "put it in quotes")
    known = known_fields(when)
    for name in _fields(text):
        if name not in known:
            raise UserError(f"{place} asks for a figure that is not there: {{{name}}}", did_you_mean(name, known))


def known_fields(when: tuple[When, ...]) -> list[str]:
    """The figures that may stand in a text: those of the first thing that has to hold, then {rate2} and so on."""
    return [name + _suffix(place) for place, one in enumerate(when) for name in KINDS[one.kind]]


def _suffix(place: int) -> str:
    return str(place + 1) if place else ""


def _without_figures(when: tuple[When, ...]) -> set[str]:
    return {name + _suffix(place) for place in range(len(when)) for name in _NAMES_ONLY}


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise UserError(f"the text has a brace too many: {text}", "write figures as {rate}") from error


def _listed(stated: Any) -> tuple[str, ...]:
    values = stated if isinstance(stated, list | tuple) else [stated]
    return tuple(str(value).strip().lower() for value in values)


def _number(place: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not float(value) > 0:
        raise UserError(f"{place}={value} is no number above 0", "write 1.5, say")
    return float(value)
