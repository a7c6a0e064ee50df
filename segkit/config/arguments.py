"""Arguments that people type as they are, in a form that Hydra's grammar reads as they mean it."""

import re
from collections.abc import Iterable, Iterator

from segkit.config.said import GROUPS

# Keys whose values are text whatever they look like: `my file (1).csv`, `?x=1`, a run id such as 1234e567.
_FREE_TEXT = (
    *(
        "id",
        "input",
        "query",
        "output",
        "output_table",
        "suppress",
        "campaign",
        "data.path",
        "data.query",
        "data.name",
        "data.as_of",
        "as_of",
        "brief.value",
    ),
    *(f"data.log.{field}" for field in ("customer", "date", "order", "quantity", "price", "amount", "product")),
    *("run", "sweep", "model", "within", "segment", "tracking.uri", "tracking.folder", "tracking.experiment"),
    *("tracking.cache", "hydra.launcher.address"),
    *("rename", "merge", "called", "split", "lock", "unlock", "by"),
)
# `k=auto` stands for every k of `k_range`: a sweep, which the sweeper fills in, since a single k is a number.
AUTO = "auto"
# Keys that take columns: `features=[Age,Annual Income (k$)]`.
_COLUMNS = ("features", "brief.must_use", "brief.never_use")
# What Hydra's grammar reads as text by itself.
_PLAIN = re.compile(r"(?!(true|false|null|nan|inf)\Z)[A-Za-z_]\w*([-.%]+\w+)*", re.IGNORECASE | re.ASCII)
_SWEEPS = re.compile(r"(choice|range|interval|glob|shuffle|sort|tag)\(.*\)")
# What stands in the environment, a password above all, is named by its variable: data.path=${oc.env:SHOP_DB}.
_OF_ENVIRONMENT = re.compile(r"\$\{oc\.env:\w+\}")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


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


def _speaks_of_a_column(argument: str) -> bool:
    return argument.lstrip("+").startswith(tuple(f"data.{group}." for group in GROUPS)) and "=" in argument


def _escaped(text: str) -> str:
    """Text as it stands between single quotes in Hydra's grammar, where ${...} is not to be filled in."""
    text = text.replace("${", "\\${")
    return re.sub(r"(\\*)('|\Z)", lambda found: found[1] * 2 + ("\\'" if found[2] else ""), text)


def _quoted(argument: str) -> str:
    key, equals, value = argument.partition("=")
    name = key.lstrip("+")
    if not equals or value in ("", "null", "???") or _OF_ENVIRONMENT.fullmatch(value):
        return argument
    if (name, value.lower()) == ("k", AUTO):
        return f"k=choice({AUTO})"
    if name in _COLUMNS:
        return f"{key}={_columns(value, listed=name != 'features')}"
    return argument if name not in _FREE_TEXT or value[:1] in ("'", '"') else f"{key}={_in_quotes(value)}"


def _columns(value: str, listed: bool) -> str:
    """Columns, or several choices of them, with quotes where they need them; `listed` makes a list of a lone column."""
    if _SWEEPS.fullmatch(value):
        return value
    choices = list(_split(value))
    several = [f"[{','.join(map(_item, _split(one[1:-1])))}]" if _is_list(one) else _item(one) for one in choices]
    return f"[{','.join(several)}]" if listed and not any(map(_is_list, choices)) else ",".join(several)


def _is_list(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


def _split(text: str) -> Iterator[str]:
    """The parts between commas, but for commas within brackets or quotes."""
    open_ones, quote, start = "", "", 0
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[place - 1] != "\\" else quote
        elif letter in "'\"" and text[:place].rstrip()[-1:] in ("", ",", "["):
            quote = letter
        elif letter in _CLOSED_BY:
            open_ones += letter
        elif open_ones and letter == _CLOSED_BY[open_ones[-1]]:
            open_ones = open_ones[:-1]
        elif letter == "," and not open_ones:
            yield text[start:place].strip()
            start = place + 1
    if text[start:].strip():
        yield text[start:].strip()


def _item(name: str) -> str:
    return name if name[:1] in ("'", '"') or _PLAIN.fullmatch(name) else _in_quotes(name)


def _in_quotes(text: str) -> str:
    return f"'{_escaped(text)}'"
