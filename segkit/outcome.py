"""What one run says at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import fill
from typing import Any

import pandas as pd

from segkit.answer import GUARDS, fitted_words, metric_words
from segkit.brief import Brief
from segkit.data import Dataset
from segkit.data.boxes import boxes_text
from segkit.data.findings import Finding
from segkit.data.findings.finding import findings_text
from segkit.output import as_json, emit, in_the_ui
from segkit.profiles.figures import tenths
from segkit.records import FINISHED, RunRecord
from segkit.tables import left_aligned


@dataclass(frozen=True)
class RunOutcome:
    """One run as it is told at its end; `note` is what its configuration says about it, `influence` how much the
    segments depend on each column where that was asked for.
    """

    name: str
    run_id: str
    metrics: Mapping[str, float]
    segments: pd.DataFrame
    brief: Brief
    link: str
    note: str = ""
    influence: pd.DataFrame | None = None

    @property
    def broken(self) -> list[str]:
        """The brief's demands that it does not meet."""
        return self.brief.broken_by(RunRecord(self.run_id, self.name, FINISHED, metrics=self.metrics))


def print_run(chosen: str, outcome: RunOutcome) -> None:
    """One run, as `format=` asks for it."""
    values = {
        "run_id": outcome.run_id,
        "name": outcome.name,
        "metrics": _known(outcome.metrics),
        "segments": [_known(row) for row in outcome.segments.to_dict("records")],
        "brief": str(outcome.brief),
        "broken": outcome.broken,
        "note": outcome.note,
        "link": outcome.link,
    }
    if outcome.influence is not None:
        values["influence"] = [_known(row) for row in outcome.influence.to_dict("records")]
    text = f"{run_summary(outcome)}\n{in_the_ui(outcome.link)} {outcome.link}"
    emit(chosen, {"json": lambda: as_json(values), "table": lambda: text})


def _known(values: Mapping[Any, Any]) -> dict[Any, Any]:
    """The same with None for what is missing, which JSON knows; it knows no NaN."""
    return {name: None if pd.isna(value) else value for name, value in values.items()}


def run_summary(outcome: RunOutcome) -> str:
    """One run for a terminal: its name, its segments, its measures, the brief and what it breaks of it."""
    shown = outcome.segments[["segment", "name", "customers", "share"]].copy()
    shown["share"] = shown["share"].map(tenths)
    numbers = [f"  {metric_words(metric):<24}{_short(value):>10}" for metric, value in outcome.metrics.items()]
    half = (len(numbers) + 1) // 2
    pairs = ["".join(pair) for pair in zip_longest(numbers[:half], numbers[half:], fillvalue="")]
    broken = f", which this breaks: {'; '.join(GUARDS[name] for name in outcome.broken)}" if outcome.broken else ""
    spoken = (f"Brief: {outcome.brief}{broken}.", fitted_words(outcome.metrics), outcome.note)
    said = [fill(text, 110) for text in spoken if text]
    influence = influence_lines(outcome.influence) if outcome.influence is not None else []
    head = [f"{outcome.name}  ({outcome.run_id})", "", left_aligned(shown, ("name",)), "", *pairs, ""]
    return "\n".join([*head, *influence, *said])


def influence_lines(table: pd.DataFrame, most: int = 5) -> list[str]:
    """The columns and blocks that the segments depend on most, for a terminal."""
    known = table.dropna()
    shown = pd.DataFrame({"without": known["without"], "customers elsewhere": known["moved_share"].map(tenths)})
    rest = len(known) - most
    more = [f"... and {rest} that matter less (tables/influence.csv of the run)"] if rest > 0 else []
    return ["How much the segments depend on a column:", left_aligned(shown.head(most), ("without",)), *more, ""]


def understood(dataset: Dataset, brief: Brief, findings: Sequence[Finding] = ()) -> str:
    """What was understood of the table, what is asked for, and the first findings."""
    lines = [boxes_text(dataset), f"  {'brief':<14}{brief}"]
    return "\n".join([*lines, findings_text(findings, most=3)] if findings else lines)


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:.3f}"
