"""Screen A, what we understood: the table in four boxes, what is worth knowing, the brief, and what a start will do."""

import math
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segkit.app.brought.said import DEPTHS, KINDS
from segkit.app.brought.tables import Table
from segkit.app.table.boxes import Box, boxes_of
from segkit.app.table.in_words import in_words
from segkit.brief import Brief
from segkit.config.asked import runs_of, understood
from segkit.data import Dataset
from segkit.data.findings import Finding
from segkit.data.findings.distributions import SKEW
from segkit.data.findings.duplicates import SAME_CUSTOMERS
from segkit.data.findings.logs import LOG
from segkit.data.worth_knowing import worth_knowing

# Use -> what the page calls it.
USES = {
    "segment_on": "segment on",
    "describe_with": "describe with",
    "outcome": "outcome",
    "value": "what a customer is worth",
    "sensitive": "sensitive: describe only",
    "existing": "segmentation in use today",
    "weight": "customers a row stands for",
    "truth": "known answer",
    "id": "customer's id",
    "leave_out": "leave out",
}
# Finding -> what its mend does, on the button; by what the mend says where that is no matter of the finding.
_BUTTONS = {"group": "Count once", "repeats": "Leave one out", SAME_CUSTOMERS: "Count each once", SKEW: "Even them out"}
_BY_MEND = {
    "data.missing.": "Count as not known",
    "data.use.": "Move it",
    "data.fill.": "Fill in",
    "data.log": "It is a log",
}
# Measured on tables of 300 to 20,000 rows: what a run costs, what it costs more per cell, what begins and ends a sweep.
_RUN, _CELL, _AROUND = 0.55, 4e-6, 25.0
_TITLES = {"first": "A first look", "thorough": "Thorough"}


@dataclass(frozen=True)
class Depth:
    """One way to start: what it is called, how many runs it has, about how long it takes, the same as a command."""

    name: str
    title: str
    runs: int
    takes: str
    command: str


@dataclass(frozen=True)
class Understood:
    """All that the page shows."""

    table: Table
    rows: int
    columns: int
    features: int
    notes: Sequence[str]
    boxes: Sequence[Box]
    findings: Sequence[tuple[Finding, str]]
    twice: bool
    is_log: bool
    said: Sequence[str]
    brief: Brief
    depths: Sequence[Depth]

    @property
    def uses(self) -> Mapping[str, str]:
        """What a column can be used for, in words."""
        return USES

    def in_words(self, argument: str) -> str:
        """What something that was said says, "" where only the argument can tell."""
        return in_words(argument, USES)

    def sentence(self, text: str) -> str:
        """A finding as a sentence; a column that it begins with is called as it is."""
        names = (column.name for box in self.boxes for column in box.columns)
        return text if text.startswith(tuple(names)) else text[:1].upper() + text[1:]

    @property
    def kinds(self) -> Mapping[str, str]:
        """What a column can be told to be, in words."""
        return KINDS


def what_we_understood(table: Table, store: Sequence[str] = ()) -> Understood:
    """The page's values; `store` are the arguments that name the store. Raises UserError in the command's words."""
    dataset, brief, evened = understood(table.arguments)
    findings = worth_knowing(dataset, evened)
    return Understood(
        table,
        len(dataset.table),
        len(dataset.columns),
        len(dataset.feature_columns),
        dataset.notes,
        boxes_of(dataset, table.said),
        [(finding, _button(finding)) for finding in findings],
        any(finding.topic == SAME_CUSTOMERS for finding in findings),
        any(finding.topic == LOG for finding in findings),
        _together([*table.said.of_columns, *table.said.of_brief]),
        brief,
        [_depth(name, table, dataset, store) for name in DEPTHS],
    )


def sweep_arguments(table: Table, depth: str, store: Sequence[str] = ()) -> list[str]:
    """The arguments of `segkit sweep` that segment a table as it was understood."""
    return [f"experiment={DEPTHS[depth]}", *table.arguments, *table.said.axes, *store]


def command_line(arguments: Sequence[str]) -> str:
    """The command as it can be typed."""
    return shlex.join(["segkit", "sweep", *arguments])


def about(seconds: float) -> str:
    """A time as honestly as it is known.

    >>> about(34), about(100), about(4000)
    ('about 40 seconds', 'about 2 minutes', 'about 67 minutes')
    """
    if seconds < 85:
        return f"about {max(1, math.ceil(seconds / 10)) * 10} seconds"
    return f"about {math.ceil(seconds / 60)} minutes"


def _together(said: Sequence[str]) -> list[str]:
    """What was said, with all that makes a log of the table as one."""
    log = [one for one in said if one.startswith("data.log.")]
    return [*([" ".join(log)] if log else []), *(one for one in said if one not in log)]


def _button(finding: Finding) -> str:
    by_mend = (words for start, words in _BY_MEND.items() if start in finding.mend)
    return _BUTTONS.get(finding.topic) or next(by_mend, "Do this")


def _depth(name: str, table: Table, dataset: Dataset, store: Sequence[str]) -> Depth:
    runs = runs_of(DEPTHS[name], [*table.said.axes, *table.said.of_columns])
    cells = len(dataset.table) * max(1, len(dataset.feature_columns))
    seconds = _AROUND + runs * (_RUN + cells * _CELL) / min(os.cpu_count() or 1, runs)
    command = command_line(sweep_arguments(table, name, store))
    return Depth(name, _TITLES[name], runs, about(seconds), command)
