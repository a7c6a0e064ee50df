"""What became of one kind of fault."""

from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = f"{'fault':<52}injected  survived  runs lost  runs doubled"


@dataclass
class Outcome:
    """How often it was injected and survived, the runs that were lost and doubled, and what was wrong."""

    fault: str
    injected: int = 0
    survived: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, wrong: Iterable[str], lost: int = 0, doubled: int = 0) -> None:
        """One more time."""
        wrong = list(wrong)
        self.injected += 1
        self.survived += not wrong
        self.lost += lost
        self.doubled += doubled
        self.wrong += ["; ".join(wrong)] if wrong else []

    @property
    def line(self) -> str:
        """A line of the table."""
        return f"{self.fault:<52}{self.injected:>8}  {self.survived:>8}  {self.lost:>9}  {self.doubled:>12}"

    @property
    def told(self) -> str:
        """The same, and below it what was wrong."""
        return "\n".join([self.line, *(f"    {wrong}" for wrong in self.wrong)])
