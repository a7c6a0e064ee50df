"""What was tried and what was found: one input kept of every way in which some are answered badly."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.fuzz.trial import Input


@dataclass
class Found:
    """Counts by kind and by way; `folder` is made for the first input that is kept."""

    folder: Path
    tried: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    smaller: dict[str, int] = field(default_factory=dict)

    def note(self, given: Input, wrong: str) -> bool:
        """Count an input; whether its answer is wrong in a way that was not known, or this is its smallest so far."""
        self.tried[given.kind] += 1
        if not wrong:
            return False
        way = f"{given.kind}: {_without_names(wrong)}"
        self.bad[way] += 1
        if len(given.content) >= self.smaller.get(way, len(given.content) + 1):
            return False
        self._keep(given, f"{given.kind}: {wrong}", way)
        return True

    def _keep(self, given: Input, wrong: str, way: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        number = [*self.bad].index(way) + 1
        if way not in self.smaller:
            print(f"{number}-{Path(given.name).name}  {wrong}", flush=True)
        self.smaller[way] = len(given.content)
        (self.folder / f"{number}-{Path(given.name).name}").write_bytes(given.content)

    def summary(self, minutes: float) -> str:
        """How many of each kind, and how many were answered badly."""
        kinds = ", ".join(f"{number} of kind {kind}" for kind, number in sorted(self.tried.items()))
        return (
            f"{kinds}\n{self.tried.total()} inputs in {minutes:g} minutes, "
            f"{self.bad.total()} answered badly in {len(self.bad)} ways"
        )


def _without_names(wrong: str) -> str:
    return re.sub(r"\S*/\S*|\d+|'[^']*'", "#", wrong.partition("\n")[0])
