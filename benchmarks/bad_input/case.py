"""One case of the corpus, as it stands in `cases/*.yaml`."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A command line, what is there when it is typed, and what the answer must be.

    `given` names makers of `files.py` and `stores.py`; `say` are words that the answer must hold, KEY the key of the
    last argument; `leaves` are patterns of paths that may be new or changed afterwards; `alone` is a process that
    imports everything itself, because what is wrong is there before; `nobody` is a user to whom files can be closed,
    also where root runs the corpus.
    """

    kind: str
    do: str
    say: tuple[str, ...]
    code: int = 2
    given: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    leaves: tuple[str, ...] = ()
    alone: bool = False
    nobody: bool = False

    @property
    def name(self) -> str:
        """What tells it from the others."""
        around = [*self.given, *(f"{name}={value}" for name, value in self.env.items())]
        return f"{self.kind}: {self.do[:150]}" + (f"  [{', '.join(around)}]" if around else "")

    @property
    def command(self) -> str:
        """The first word of the line."""
        return self.do.partition(" ")[0]


def cases() -> list[Case]:
    """The whole corpus."""
    return [case for path in sorted(_FOLDER.glob("*.yaml")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    """Of every row one case a command line: `do` may be several, with {} for the file that `given` names first."""
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        given, lines = _several(row.get("given")), _several(row["do"])
        rest = {name: row[name] for name in ("code", "env", "alone", "nobody") if name in row}
        for line in lines:
            do = line.replace("{}", given[0].rpartition(":")[2]) if given else line
            say = tuple(_last_key(do) if word == "KEY" else word for word in _several(row.get("say")))
            leaves = _several(row.get("leaves"))
            yield Case(path.stem, do, say, given=given, leaves=leaves, **rest)


def _last_key(line: str) -> str:
    """What an answer about a line names: its last key, without where that lies.

    >>> _last_key("run data.generate.rows=60 'brief.value=a b'")
    'value'
    """
    return shlex.split(line)[-1].partition("=")[0].rpartition(".")[2].lstrip("+~")


def _several(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
