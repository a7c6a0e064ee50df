"""What a monitoring says: as values, as numbers over time, as tables."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

import pandas as pd

from segkit.drift.deciding import DECISIONS, Decision
from segkit.drift.moved import Moved
from segkit.drift.reforming import Reform
from segkit.drift.watching import Watched
from segkit.profiles import UNASSIGNED
from segkit.segments import NOISE


@dataclass(frozen=True)
class Told:
    """One model's customers on one day: what was measured, what follows, what the segments are called, and what could
    not be looked into.
    """

    model: str
    date: str
    found: Watched
    decision: Decision
    names: Mapping[int, str]
    notes: tuple[str, ...] = ()

    def name_of(self, segment: int) -> str:
        """What a segment is called."""
        return UNASSIGNED if segment == NOISE else self.names.get(segment, "")


def as_values(told: Told) -> dict[str, Any]:
    """For `format=json`; what is not known is null."""
    found, moved = told.found, told.found.moved
    segments = [
        {"segment": number, "name": told.name_of(number), **asdict(share)} for number, share in found.segments.items()
    ]
    values = {
        "model": told.model,
        "date": told.date,
        "decision": told.decision.decision,
        "reasons": [asdict(reason) for reason in told.decision.reasons],
        "customers": found.customers,
        "as_of": found.as_of,
        "columns": [asdict(shift) for shift in found.columns],
        "segments": segments,
        "moved": {**_without_table(moved), "table": _rows(moved.table)} if moved else None,
        "low_confidence": asdict(found.unsure),
        "outliers": asdict(found.outliers),
        "reform": _reform_values(found.reform, found.one_more),
        "outcomes": [{**asdict(one), "name": told.name_of(one.segment)} for one in found.outcomes],
        "notes": list(told.notes),
    }
    known: dict[str, Any] = _known(values)
    return known


def _without_table(moved: Moved) -> dict[str, Any]:
    return {"since": moved.since, "customers": moved.customers, "share": moved.share}


def _reform_values(reform: Reform | None, one_more: Reform | None = None) -> dict[str, Any] | None:
    if reform is None:
        return None
    measures = {name: getattr(reform, name) for name in ("agreement", "ami", "best", "usual", "halves", "then")}
    more = {"one_more": _reform_values(one_more)} if one_more is not None else {}
    return {**measures, "segments": _rows(reform.segments), "new": _rows(reform.new), **more}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _known(value: Any) -> Any:
    """JSON knows no NaN."""
    if isinstance(value, dict):
        return {name: _known(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_known(part) for part in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def numbers(told: Told) -> dict[str, float]:
    """What is drawn over time; `decision` is 0 to keep, 1 to watch, 2 to refit."""
    found = told.found
    values = {
        "decision": float(DECISIONS.index(told.decision.decision)),
        "customers": float(found.customers),
        "low_confidence": found.unsure.share,
        "outliers": found.outliers.share,
        "psi_max": max((shift.psi for shift in found.columns), default=0.0),
    }
    values |= {f"psi/{shift.name}": shift.psi for shift in found.columns}
    values |= {f"share/segment_{number}": share.share for number, share in found.segments.items()}
    values |= {_outcome_name(one): one.value for one in found.outcomes}
    if found.moved is not None:
        values["moved_share"] = found.moved.share
    if found.reform is not None:
        values |= {"reform_ari": found.reform.agreement, "reform_usual": found.reform.usual}
    return values


def _outcome_name(one: Any) -> str:
    return f"outcome/{one.outcome}{f' {one.level}' if one.level else ''}/segment_{one.segment}"


def tables(told: Told) -> dict[str, pd.DataFrame]:
    """What is kept beside the numbers, by name."""
    values = as_values(told)
    kept = {name: pd.DataFrame(values[name]) for name in ("columns", "segments", "reasons", "outcomes")}
    if told.found.moved is not None:
        kept["moved"] = told.found.moved.table
    if told.found.reform is not None:
        kept |= {"reform": told.found.reform.segments, "new_segments": told.found.reform.new}
    return {name: table for name, table in kept.items() if len(table)}
