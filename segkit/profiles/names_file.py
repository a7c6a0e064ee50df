"""Names and descriptions of segments as a file that people edit, and that a model keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from segkit.errors import UserError, did_you_mean
from segkit.segments import NOISE

_HEAD = """\
# What the segments are called, and what is said of them. Edit the words after name: and description: as you like.
# Leave the numbers: they are the segments. Every segment needs a name, and no two may have the same.
# A description may be left empty, and may go over several lines if each begins with the same four blanks.
"""
_NUMBERS_OF = "# The numbers are those of the registered model "
_KEYS = ("name", "description")
LONGEST = 80


@dataclass(frozen=True)
class Called:
    """What a segment is called, and what is said of it."""

    name: str
    description: str = ""


def names_text(called: Mapping[int, Called], registered: str = "") -> str:
    """The file's text: a commented head, then one block per segment. Unassigned customers are none.

    The numbers are those of a run, or of the version that is `registered` under this name.
    """
    blocks = [_block(segment, said) for segment, said in sorted(called.items()) if segment != NOISE]
    return "\n".join([_HEAD + (f"{_NUMBERS_OF}{registered}\n" if registered else ""), *blocks])


def check_numbers_of_run(path: Path, run_id: str) -> None:
    """Refuse a file of the names of a registered version: a run has numbers of its own."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):  # which reading the names will say
        return
    said = next((line.removeprefix(_NUMBERS_OF) for line in lines if line.startswith(_NUMBERS_OF)), "")
    if said:
        mend = f"the run has its own: `segkit report run={run_id[:8]} format=names` writes a file with them"
        raise UserError(f"{path} goes by the numbers of {said}", mend)


def read_names(path: Path, segments: Iterable[int]) -> dict[int, Called]:
    """The names and descriptions in a file; `segments` are those that there are.

    A segment may also have its name alone (`0: Big spenders`). Raises UserError, naming the file and the place, where
    it cannot be read, names a segment that is not there or none for one that is, or a name is empty, too long, of the
    wrong type or there twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        said, twice = yaml.safe_load(text), _twice(text)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", "name a file of segment names") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is no YAML: {_where(error)}", 'put a text with a colon in "quotes"') from error
    if twice:  # YAML itself would take the last and say nothing
        raise UserError(f"{path}: segment {twice} is there twice", "keep one of the two")
    return checked_names(said, segments, str(path))


def checked_names(said: Any, segments: Iterable[int], place: str = "names") -> dict[int, Called]:
    """The same of what stood in the file, or came from anywhere else."""
    known = sorted({int(segment) for segment in segments} - {NOISE})
    if not isinstance(said, Mapping):
        raise UserError(f"{place} holds no segments", "write it as 0: {name: Big spenders, description: ...}")
    called: dict[int, Called] = {}
    for key, block in said.items():
        segment = _segment(key, known, place)
        if segment in called:
            raise UserError(f"{place}: segment {segment} is there twice", "keep one of the two")
        called[segment] = _called(block, f"{place}: segment {segment}")
    missing = [segment for segment in known if segment not in called]
    if missing:
        raise UserError(f"{place} names no segment {missing[0]}", f"add {missing[0]}: {{name: ...}}")
    _check_distinct(called, place)
    return dict(sorted(called.items()))


def _twice(text: str) -> str:
    """A key that stands in the file more than once; "" where none does."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = [key.value for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    return next((str(key) for place, key in enumerate(keys) if key in keys[:place]), "")


def _block(segment: int, said: Called) -> str:
    # Plain YAML would fold long lines where nobody expects it; a block of text reads like text.
    text = yaml.safe_dump(said.name, allow_unicode=True, width=10_000, default_flow_style=True).removesuffix("...\n")
    lines = [line.strip() for line in said.description.splitlines() if line.strip()]
    about = "description: >-\n" + "\n".join(f"    {line}" for line in lines) if lines else 'description: ""'
    return f"{segment}:\n  name: {text.strip()}\n  {about}\n"


def _segment(key: Any, known: list[int], place: str) -> int:
    written = str(key).strip()
    if isinstance(key, bool) or written not in map(str, known):
        mend = did_you_mean(written, map(str, known)) or f"there are segments {', '.join(map(str, known))}"
        raise UserError(f"{place} names a segment that is not there: {written}", mend)
    return int(written)


def _called(block: Any, place: str) -> Called:
    if not isinstance(block, Mapping):
        block = {"name": block}
    strange = [key for key in block if key not in _KEYS]
    if strange:
        raise UserError(f"{place} has a key that is not known: {strange[0]}", did_you_mean(str(strange[0]), _KEYS))
    name, description = block.get("name"), block.get("description") or ""
    for key, value in (("name", name), ("description", description)):
        if value is not None and not isinstance(value, str):
            raise UserError(f"{place}: its {key} is no text: {value}", f'write it in quotes: {key}: "{value}"')
    if not name or not name.strip():
        raise UserError(f"{place} has no name", "write one after name:")
    if len(name.strip()) > LONGEST or "\n" in name.strip():
        problem = f"{place}: its name is longer than {LONGEST} letters or goes over several lines"
        raise UserError(problem, "put the rest into its description")
    return Called(" ".join(name.split()), description.strip())


def _check_distinct(called: Mapping[int, Called], place: str) -> None:
    seen: dict[str, int] = {}
    for segment, said in called.items():
        other = seen.setdefault(said.name.casefold(), segment)
        if other != segment:
            problem = f"{place}: segments {other} and {segment} are both called {said.name}"
            raise UserError(problem, "rename one of them")


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "its letters are not UTF-8"
    return f"{problem} in line {mark.line + 1}" if mark else str(problem)
