"""What is said of scored customers: how many, where they went, and what was odd about the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.numbers import as_text
from segkit.profiles.figures import tenths
from segkit.scoring.asked import Asked, without_purchase
from segkit.scoring.matching import Matched, listed
from segkit.scoring.readings import Readings
from segkit.scoring.scorer import Scorer
from segkit.segments import FEWEST_ANONYMOUS, UNSURE

_PARTS = 16


@dataclass
class Tally:
    """Counts of scored customers, added part by part; of ids only a hash is held."""

    scorer: Scorer
    customers: dict[int, int] = field(default_factory=dict)
    names: dict[int, dict[str, None]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    ids: list[Any] = field(default_factory=list)
    rows: int = 0

    def add(self, customers: pd.DataFrame, scored: pd.DataFrame) -> None:
        """Count these further customers."""
        self.rows += len(scored)
        counts = scored.groupby(["segment", "segment_name"], as_index=False).size()
        for number, name, count in counts.to_numpy(object).tolist():
            self.customers[number] = self.customers.get(number, 0) + count
            self.names.setdefault(number, {})[name] = None
        nobody = without_purchase(self.scorer, customers).to_numpy()
        self._count("without_purchase", nobody)
        self._count("low_confidence", (scored["confidence"] < UNSURE) & ~nobody)
        for name in ("outlier", "suppressed", "control"):
            if name in scored:
                self._count(name, scored[name])
        if self.scorer.id_column in customers:
            self._add_ids(scored.iloc[:, 0])

    def _add_ids(self, ids: pd.Series) -> None:
        self._count("without_id", ids.isna())
        known = ids[ids.notna()]
        whole = pd.api.types.is_integer_dtype(known)
        values = known.to_numpy(np.int64) if whole else as_text(known).to_numpy(object)
        self.ids.append(pd.util.hash_array(values, categorize=False))

    def _count(self, name: str, flags: Any) -> None:
        self.counts[name] = self.counts.get(name, 0) + int(np.asarray(flags, dtype=bool).sum())

    @property
    def repeated_ids(self) -> int:
        """How many rows have an id that stands in a row before."""
        return sum(self._repeated_among(part) for part in range(_PARTS))

    def _repeated_among(self, part: int) -> int:
        """How many of those whose hash ends in this number; all at once would take the memory of the table again."""
        hashes = np.concatenate([some[some % _PARTS == part] for some in self.ids] or [np.empty(0)])
        hashes.sort()
        return int((hashes[1:] == hashes[:-1]).sum())


def score_summary(
    tally: Tally,
    readings: Readings,
    matched: Matched,
    asked: Asked,
    as_of: str,
) -> dict[str, Any]:
    """Everything there is to say, for programs; `as_of` is the date that ages were counted to."""
    segments = {
        str(number): {"name": ", ".join(tally.names[number]), "customers": tally.customers[number]}
        for number in sorted(tally.customers)
    }
    share = tally.scorer.usual_range.share if tally.scorer.usual_range else None
    columns = {"renamed": matched.renamed, "missing": list(matched.missing), "extra": list(matched.extra)}
    found = {"unread": readings.unread, "unseen": readings.unseen(), "columns": columns}
    ids = {"has_ids": bool(tally.ids), "repeated_ids": tally.repeated_ids}
    odd = {**ids, **tally.counts} | ({"usual_outliers": share} if asked.outlier else {})
    listed_ids = {"listed": len(asked.suppressed)} if asked.suppressed is not None else {}
    return {"rows": tally.rows, "segments": segments, "as_of": as_of, **found, **odd, **listed_ids}


def summary_text(summary: Mapping[str, Any]) -> str:
    """The same for people: segments first, then a line for whatever is worth knowing."""
    rows = [
        f"  {number:>3}  {found['customers']:>8,}  {found['name']}" for number, found in summary["segments"].items()
    ]
    ages = f", dates counted to {summary['as_of']}" if summary["as_of"] else ""
    first = f"{summary['rows']:,} customers scored with {summary['model']} -> {summary['output']}{ages}"
    return "\n".join([first, *rows, *worth_saying(summary)])


def worth_saying(summary: Mapping[str, Any]) -> list[str]:
    """A line for whatever was odd about the file."""
    columns, rows = summary["columns"], summary["rows"]
    renamed = [f"{given} as {name}" for given, name in columns["renamed"].items()]
    bad = [f"{count:,} of {name}" for name, count in summary["unread"].items()]
    known = {
        "columns taken": ", ".join(renamed),
        "columns missing, so nothing is known of them": listed(columns["missing"]),
        "columns not needed": listed(columns["extra"]),
        "cells that could not be read and count as missing": ", ".join(bad),
        "levels not met at fitting": "; ".join(map(_strange, summary["unseen"], summary["unseen"].values())),
    }
    counts = [_counted(summary, name, words) for name, words in _WORDS.items()]
    ids = [] if summary["has_ids"] else ["no ids: the rows are numbered"]
    few = [f"{found['name']} ({found['customers']})" for found in summary["segments"].values() if _is_few(found)]
    known[f"segments of fewer than {FEWEST_ANONYMOUS} customers, who may be known by what is told of them"] = listed(
        few
    )
    return [*(f"{words}: {what}" for words, what in known.items() if what), *ids, *filter(None, counts),
            *_flagged(summary, rows)]  # fmt: skip


def _is_few(found: Mapping[str, Any]) -> bool:
    return 0 < found["customers"] < FEWEST_ANONYMOUS


_WORDS = {
    "without_id": "without an id",
    "repeated_ids": "with an id that stands in a row before: each row is scored",
    "without_purchase": "without a purchase: unassigned",
    "low_confidence": f"whose segment is less probable than {UNSURE:g}: they may as well be in another",
}


def _counted(summary: Mapping[str, Any], name: str, words: str) -> str:
    count = summary.get(name, 0)
    customers = "customer" if count == 1 else "customers"
    return f"{count:,} {customers} ({tenths(count / summary['rows'])}) {words}" if count else ""


def _strange(name: str, found: Mapping[str, Any]) -> str:
    examples = f" ({', '.join(found['examples'])})" if found["examples"] else ""
    return f"{found['customers']:,} of {name}{examples}"


def _flagged(summary: Mapping[str, Any], rows: int) -> list[str]:
    lines = []
    if "outlier" in summary:
        usual = f"; at fitting {tenths(summary['usual_outliers'])}"
        lines.append(f"outliers, unlike all whom the model was fitted on: {_share(summary['outlier'], rows)}{usual}")
    if "suppressed" in summary:
        lines.append(f"suppressed: {summary['suppressed']:,}; the list has {summary['listed']:,}")
    if "control" in summary:
        lines.append(f"control group: {_share(summary['control'], rows)}")
    return lines


def _share(count: int, rows: int) -> str:
    return f"{count:,} ({tenths(count / rows)})"
