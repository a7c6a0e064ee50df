"""kill -9 of each command that writes, at random moments: the same command again has to do, with nothing left over."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import SCORE, SWEEP, Place, ended, problems
from benchmarks.kills import children, wait_for_survivors

COMMANDS: dict[str, tuple[str, ...]] = {
    "sweep": (*SWEEP, "seed=1"),
    "run": ("run", "data.generate.rows=300", "k=5"),
    "explore": ("explore", "data.generate.rows=300"),
    "promote": ("promote", "run=OTHER", "force=true"),
    "rollback": ("rollback",),
    "edit": ("edit", "rename={0: Other}"),
    "score": SCORE,
    "monitor": ("monitor", "input=new.csv", "reform=false"),
    "report": ("report",),
    "forget": ("forget", "id=CUSTOMER", "sure=true"),
    "cache": ("cache", "clear=true"),
}
_TIMES = 3
# Before, a command only imports.
_EARLIEST = 0.3


def killed(furnished: Place, folder: Path, names: tuple[str, ...] = tuple(COMMANDS)) -> Iterator[Outcome]:
    """An outcome for each command, killed several times."""
    moments = random.Random(0)
    for name in names:
        outcome = Outcome(f"kill -9: {name}")
        undisturbed = furnished.copied(folder / f"{name}-whole")
        began = time.monotonic()
        undisturbed.do(*_words(undisturbed, name))
        lasts = time.monotonic() - began
        for number in range(_TIMES):
            place = furnished.copied(folder / f"{name}-{number}")
            outcome.add(*_kill(place, name, lasts * moments.uniform(_EARLIEST, 1)))
        yield outcome


def _words(place: Place, name: str) -> list[str]:
    other = sorted(run for run, *_ in children(place.folder))[2]
    customer = next(iter(_customers(place)))
    return [word.replace("OTHER", other).replace("CUSTOMER", customer) for word in COMMANDS[name]]


def _customers(place: Place) -> Counter[str]:
    """In how many rows of the store's tables of customers each one is."""
    tables = (path.read_text().splitlines()[1:] for path in sorted(place.folder.rglob("labels.csv")))
    return Counter(row.partition(",")[0] for table in tables for row in table)


def _kill(place: Place, name: str, moment: float) -> tuple[list[str], int, int]:
    words, before, customers = _words(place, name), place.finished(), _customers(place)
    process = place.start(*words)
    time.sleep(moment)
    before |= place.finished()
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    first = ended(process)
    wait_for_survivors(place.folder)
    again = place.do(*words)
    # Once is enough for a rollback that was done before it was killed: there is nothing further back to go to.
    done = again.code in (0, 3) or (name == "rollback" and again.is_plain)
    wrong = problems(place, before) + ([] if done else [f"again: code {again.code}, {again.reason}"])
    wrong += _astray(customers, _customers(place), words) if name == "forget" else []
    scored = place.do(*SCORE)
    wrong += [] if scored.code == 0 else [f"no score afterwards: {scored.reason}"]
    wrong += [f"after {moment:.1f} s (it had ended: {first.code})"] if wrong else []
    return wrong, len(before - place.finished()), place.doubled()


def _astray(before: Counter[str], after: Counter[str], words: list[str]) -> list[str]:
    """Whether the customer is still there, or another no longer."""
    customer = words[1].partition("=")[2]
    changed = {one for one in before | after if before[one] != after[one]}
    return [] if changed == {customer} and not after[customer] else [f"{len(changed)} customers have other rows"]
