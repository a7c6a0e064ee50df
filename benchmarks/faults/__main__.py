"""Injects faults and says what became of them: `python -m benchmarks.faults [name ...]`, all unless named.

Disks that are full or cannot be written are small ones that are mounted for it, which only root can do.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults.company import at_once, locked
from benchmarks.faults.disks import full, read_only
from benchmarks.faults.killed import killed
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
_FOR_ROOT = ("full", "read_only")


def main(names: list[str]) -> None:
    """A line for each kind of fault; exits with 1 if one was not survived."""
    if unknown := set(names) - FAULTS.keys():
        raise SystemExit(f"there is no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
    survived = True
    with workplace() as folder:
        place = furnished(folder / "furnished")
        print(HEAD)
        for name in names or FAULTS:
            if name in _FOR_ROOT and os.geteuid():
                print(f"{name}: left out, only root can mount a small disk")
                continue
            for outcome in FAULTS[name](place, folder / name):
                print(outcome.line, flush=True)
                survived &= not outcome.wrong
    raise SystemExit(0 if survived else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
