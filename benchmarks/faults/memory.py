"""Memory that runs out: the reason in plain words, and the same with more memory does."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.outcome import Outcome
from benchmarks.faults.place import SCORE, SWEEP, Place, problems

_LIMITS = (600, 2000, 2600)  # MB of address space: amid the imports, and later
_COMMANDS = (SCORE, ("run", "data.generate.rows=300", "k=5"), (*SWEEP, "seed=1"))


def memory(furnished: Place, folder: Path) -> Iterator[Outcome]:
    """Commands that may not take as much as they need."""
    outcome = Outcome("memory limit reached")
    for limit in _LIMITS:
        for words in _COMMANDS:
            place = furnished.copied(folder / f"memory-{limit}-{words[0]}")
            before = place.finished()
            limited = place.do(*words, before=("prlimit", f"--as={limit * 1_000_000}"))
            wrong = [] if limited.code == 0 or limited.is_plain else [f"code {limited.code}, {limited.reason[:200]}"]
            again = place.do(*words)
            wrong += [] if again.code == 0 else [f"again: code {again.code}, {again.reason[:200]}"]
            outcome.add([f"{words[0]}, {limit} MB: {one}" for one in wrong + problems(place, before)])
    yield outcome
