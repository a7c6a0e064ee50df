"""What is known of a run when its limitations are written, and one of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from segkit import verdict as verdicts
from segkit.segments import NOISE, USABLE


@dataclass(frozen=True)
class Limitation:
    """One point: what it is about, what holds, what would improve it, and the segments it is about (none: all)."""

    topic: str
    says: str
    improve: str = ""
    segments: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.says} {self.improve}".strip()


@dataclass(frozen=True)
class RunEvidence:
    """What is known of a run: its metrics, the verdict, how far each segment re-forms (segment, comes_out_again), the
    columns that the segments repeat, how often the exported rules give the model's segment, and which segments are none
    of the run's, because people changed them since.
    """

    metrics: Mapping[str, float]
    names: Mapping[int, str]
    verdict: str = verdicts.UNTESTED
    stability: pd.DataFrame | None = None
    repeats: str = ""
    rules_fidelity: float | None = None
    as_of: str = ""
    altered: Sequence[int] = ()
    again: Mapping[int, float] = field(init=False)

    def __post_init__(self) -> None:
        table = self.stability if self.stability is not None else pd.DataFrame(columns=["segment", "comes_out_again"])
        pairs = zip(table["segment"], table["comes_out_again"], strict=True)
        again = {int(segment): float(overlap) for segment, overlap in pairs if segment != NOISE}
        object.__setattr__(self, "again", again)


def not_to_rely_on(known: RunEvidence) -> list[int]:
    """The segments that dissolve when other customers are fitted."""
    return [segment for segment, overlap in known.again.items() if overlap < USABLE]
