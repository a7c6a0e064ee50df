"""Injects faults and says what became of them: `python -m benchmarks.faults [name ...]`, all unless named.

`killed.sweep` is what `killed` does to sweeps, and so on. What is wrong is told on the way, the table comes at the end.
Disks that are full or cannot be written are small ones that are mounted for it, which only root can do.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.faults.company import at_once, locked
from benchmarks.faults.disks import full, read_only
from benchmarks.faults.killed import COMMANDS, killed
from benchmarks.faults.memory import memory
from benchmarks.faults.moves import clock, copied, earlier, moved
from benchmarks.faults.outcome import HEAD, Outcome
from benchmarks.faults.place import Place, furnished, workplace

FAULTS: dict[str, Callable[[Place, Path], Iterator[Outcome]]] = {
    "killed": killed,
    "full": full,
    "read_only": read_only,
    "locked": locked,
    "at_once": at_once,
    "clock": clock,
    "moved": moved,
    "copied": copied,
    "earlier": earlier,
    "memory": memory,
}
_PARTS = {f"killed.{name}": partial(killed, names=(name,)) for name in COMMANDS}
_FOR_ROOT = ("full", "read_only")


def main(names: list[str]) -> None:
    """A line for each kind of fault; exits with 1 if one was not survived."""
    if unknown := set(names) - {*FAULTS, *_PARTS}:
        raise SystemExit(f"there is no fault {', '.join(unknown)}; there are {', '.join([*FAULTS, *_PARTS])}")
    outcomes = list(_told(names or list(FAULTS)))
    print("\n".join([HEAD, *(outcome.line for outcome in outcomes)]))
    raise SystemExit(1 if any(outcome.wrong for outcome in outcomes) else 0)


def _told(names: list[str]) -> Iterator[Outcome]:
    """The outcomes, each told when it is known."""
    with workplace() as folder:
        place = furnished(folder / "furnished")
        for name in names:
            if name in _FOR_ROOT and os.geteuid():
                print(f"{name}: left out, only root can mount a small disk", file=sys.stderr)
                continue
            for outcome in (FAULTS | _PARTS)[name](place, folder / name):
                print(outcome.told, file=sys.stderr, flush=True)
                yield outcome


if __name__ == "__main__":
    main(sys.argv[1:])
