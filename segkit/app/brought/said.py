"""What a person said of a table in the app, as the very arguments that the command line takes."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from segkit.data.columns import USES
from segkit.errors import UserError, did_you_mean

# What a sweep is called on the page -> the experiment that it runs.
DEPTHS = {"first": "quick", "thorough": "default"}
# Kinds that a person may tell a column to be -> what the page calls them.
KINDS = {"numeric": "a number", "categorical": "a category", "ordinal": "a rank", "date": "a date"}
_USE, _LOG = "data.use.", "data.log."
_FEWEST, _USUAL_MOST, _LIMIT = 3, 7, 20


@dataclass(frozen=True)
class Said:
    """Uses of columns, their kinds, the levels of those that are ranks (lowest first), accepted mends of findings (an
    argument each), and the answers to the two questions of the brief: how many segments can be run at most, and how
    many customers a segment must have to be worth a campaign.
    """

    uses: Mapping[str, str] = field(default_factory=dict)
    mends: tuple[str, ...] = ()
    most_segments: int | None = None
    smallest: int | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def moved(self, column: str, use: str) -> "Said":
        """The same with another use of a column."""
        if use not in USES:
            raise UserError(f"{use} is no use of a column", did_you_mean(use, USES))
        return replace(self, uses={**self.uses, column: use})

    def read_as(self, column: str, kind: str, levels: str = "") -> "Said":
        """The same with another kind of a column, "" for what it was found to be; the levels of a rank are lines of
        text, the lowest first.
        """
        if kind and kind not in KINDS:
            raise UserError(f"{kind} is no kind of a column", did_you_mean(kind, KINDS))
        kinds = {name: known for name, known in self.kinds.items() if name != column}
        ranked = {name: known for name, known in self.levels.items() if name != column}
        if kind == "ordinal":
            ranked[column] = _lines(column, levels)
        elif kind:
            kinds[column] = kind
        return replace(self, kinds=kinds, levels=ranked)

    def accepted(self, mend: str) -> "Said":
        """The same with the mend of a finding: one argument or several, as a shell takes them."""
        said = self
        for argument in shlex.split(mend):
            key, _, value = argument.rpartition("=")
            if key.startswith(_USE):
                said = said.moved(key.removeprefix(_USE), value)
            else:
                same = f"{argument.partition('=')[0]}="
                kept = tuple(one for one in said.mends if not one.startswith(same))
                said = replace(said, mends=(*kept, argument))
        return said

    def without(self, argument: str) -> "Said":
        """The same with an argument taken back; those that make a log of the table go together."""
        uses = {column: use for column, use in self.uses.items() if f"{_USE}{column}={use}" != argument}
        kinds = {column: kind for column, kind in self.kinds.items() if _of_kind(column, kind) != argument}
        levels = {column: known for column, known in self.levels.items() if _of_levels(column, known) != argument}
        gone = _LOG if argument.startswith(_LOG) else argument
        mends = tuple(one for one in self.mends if not one.startswith(gone))
        return replace(self, uses=uses, kinds=kinds, levels=levels, mends=mends)

    def briefed(self, most_segments: str, smallest: str) -> "Said":
        """The same with the two questions answered, as they were typed; empty is the usual answer."""
        most = _whole("how many segments", most_segments, 2, _LIMIT)
        return replace(self, most_segments=most, smallest=_whole("the smallest segment", smallest, 1, 10**9))

    @property
    def of_columns(self) -> list[str]:
        """The arguments that speak of the table."""
        kinds = [_of_kind(column, kind) for column, kind in self.kinds.items()]
        levels = [_of_levels(column, known) for column, known in self.levels.items()]
        return [*kinds, *levels, *(f"{_USE}{column}={use}" for column, use in self.uses.items()), *self.mends]

    @property
    def of_brief(self) -> list[str]:
        """The arguments that speak of the business."""
        found = []
        if self.most_segments is not None:
            found += [f"brief.fewest_segments={min(_FEWEST, self.most_segments)}"]
            found += [f"brief.most_segments={self.most_segments}"]
        if self.smallest is not None:
            found += ["brief.smallest_share=0", f"brief.smallest_customers={self.smallest}"]
        return found

    @property
    def axes(self) -> list[str]:
        """The arguments that make a sweep try as many segments as can be run."""
        most = self.most_segments
        if most is None or _FEWEST <= most <= _USUAL_MOST:
            return []
        return [f"k={','.join(map(str, range(min(_FEWEST, most), max(most, _USUAL_MOST) + 1)))}"]


def _of_kind(column: str, kind: str) -> str:
    return f"data.kind.{column}={kind}"


def _of_levels(column: str, levels: Sequence[str]) -> str:
    return f"data.levels.{column}={json.dumps(list(levels), ensure_ascii=False)}"


def _lines(column: str, text: str) -> list[str]:
    """The levels that were written, each once."""
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) < 2:
        raise UserError(f"{column} as a rank needs its levels", "write them in lines, the lowest first")
    return found


def _whole(question: str, answer: str, least: int, most: int) -> int | None:
    text = answer.strip().replace(",", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise UserError(f"{question}: {answer} is no answer", f"give a whole number from {least} to {most:,}")
    return int(text)
