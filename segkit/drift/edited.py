"""The baseline of a model whose segments people have changed since it was fitted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import nan

from segkit.scoring.baseline import Baseline, OutcomeThen
from segkit.scoring.edits import Edit, Renumbered


def after_edits(baseline: Baseline, edits: Sequence[Edit]) -> Baseline:
    """The baseline in the numbers that the edits lead to.

    Other numbers and merged segments are reckoned out of it. Of divided and locked segments it tells nothing: then
    shares and outcomes by segment are empty.
    """
    for edit in edits:
        if not isinstance(edit, Renumbered):
            return replace(baseline, segments={}, outcomes=())
        baseline = _renumbered(baseline, edit.numbers)
    return baseline


def number_after(edits: Sequence[Edit], segment: int) -> int:
    """What a fitted segment is numbered after the edits, as far as they only number."""
    for edit in edits:
        segment = edit.numbers.get(segment, segment) if isinstance(edit, Renumbered) else segment
    return segment


def _renumbered(baseline: Baseline, numbers: Mapping[int, int]) -> Baseline:
    shares: dict[int, float] = {}
    for segment, share in baseline.segments.items():
        number = numbers.get(segment, segment)
        shares[number] = shares.get(number, 0.0) + share
    moved = [replace(one, segment=numbers.get(one.segment, one.segment)) for one in baseline.outcomes]
    key = _key
    return replace(
        baseline, segments=shares, outcomes=[_pooled(list(g)) for _, g in groupby(sorted(moved, key=key), key)]
    )


def _key(one: OutcomeThen) -> tuple[str, str, int]:
    return one.outcome, one.level, one.segment


def _pooled(parts: Sequence[OutcomeThen]) -> OutcomeThen:
    """One segment made of several: their customers together."""
    if len(parts) == 1:
        return parts[0]
    count = sum(part.customers for part in parts)
    value = sum(part.customers * part.value for part in parts) / count
    squares = sum((part.customers - 1) * part.variance + part.customers * (part.value - value) ** 2 for part in parts)
    return replace(parts[0], customers=count, value=value, variance=squares / (count - 1) if count > 1 else nan)
