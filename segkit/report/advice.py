"""What is advised on the segments of a portrait: ideas to test, which segments first, how far to rely on each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segkit.advice.first import usual_axes, usual_knock_outs, usual_words, which_first
from segkit.advice.glossary import Explained, explained
from segkit.advice.ideas import Idea, ideas
from segkit.advice.limitations import limitations, reliance
from segkit.advice.templates import Template
from segkit.advice.weighed import Limitation, RunEvidence
from segkit.data.findings.names import is_sensitive_name
from segkit.errors import UserError, did_you_mean
from segkit.profiles.columns import FLAG
from segkit.records import RunRecord
from segkit.report.portrait import Portrait

_USUAL = ("value", "size", "solidity")
_ALTERED = "changed by hand since it was found, so whether it comes out again has not been tested"


@dataclass(frozen=True, eq=False)
class Advice:
    """Ideas for the segments, the order in which they deserve attention, what to rely on, and the figures behind it.

    `reliance` says per segment how far it can be relied on, empty where that was not looked into.
    """

    ideas: Sequence[Idea]
    first: pd.DataFrame
    reliance: Mapping[int, str]
    limitations: Sequence[Limitation]
    glossary: Sequence[Explained]


def advice_on(
    portrait: Portrait,
    run: RunRecord,
    verdict: str,
    stability: pd.DataFrame | None,
    axes: Sequence[str] = _USUAL,
    templates: Sequence[Template] | None = None,
    altered: Sequence[int] = (),
) -> Advice:
    """The advice; `axes` make a segment the one to begin with, `stability` says how surely each comes out again, and
    `altered` are segments that people changed since that was tested.
    """
    fidelity = portrait.rules.fidelity if portrait.rules else None
    changed, day = tuple(segment for segment in altered if segment in portrait.names), portrait.dataset.as_of
    known = RunEvidence(run.metrics, portrait.names, verdict, stability, run.repeats, fidelity, day, changed)
    return Advice(
        ideas(portrait.names, _markers(portrait), _rates(portrait), _money(portrait), templates),
        _first(portrait, stability, axes),
        {**dict.fromkeys(changed, _ALTERED), **{one: reliance(overlap) for one, overlap in known.again.items()}},
        limitations(known),
        explained(run.metrics),
    )


def _first(portrait: Portrait, stability: pd.DataFrame | None, wanted: Sequence[str]) -> pd.DataFrame:
    usual = usual_axes(_money(portrait), stability)
    own = {**_means(portrait), **usual}
    unknown = [axis for axis in wanted if axis not in own and axis not in _USUAL]
    if unknown:
        mend = did_you_mean(unknown[0], sorted({*_USUAL, *own}))
        raise UserError(f"first={unknown[0]} is nothing that segments are ordered by", mend)
    everyone = set(portrait.names)
    known = [axis for axis in wanted if axis in own and set(own[axis]) >= everyone]
    axes = {axis: own[axis] for axis in known} or {"size": usual.get("size", {})}
    return which_first(portrait.names, axes, usual_knock_outs(usual), usual_words(axes))


def _means(portrait: Portrait) -> dict[str, dict[int, float]]:
    """Each segment's mean of every number that is never below zero, outcomes among them: axes that people name."""
    silent = {column.name for column in portrait.dataset.columns if column.use == "sensitive"}
    numbers = portrait.profiles[portrait.profiles["level"].eq("") & portrait.profiles["mean"].notna()]
    found = {str(name): dict(zip(own["segment"], own["mean"], strict=True)) for name, own in numbers.groupby("column")}
    everyone = set(portrait.names)
    told = {name: means for name, means in found.items() if name not in silent and not is_sensitive_name(name)}
    return {name: means for name, means in told.items() if min(means.values()) >= 0 and set(means) >= everyone}


def _money(portrait: Portrait) -> pd.DataFrame:
    """Size, and value where it is known, as advice wants them called."""
    table = portrait.worth.rename(columns={"revenue": "value", "revenue_share": "value_share"})
    return table.reindex(columns=["segment", "customers", "share", "value", "value_share", "value_each"])


def _markers(portrait: Portrait) -> pd.DataFrame:
    """Shares of yes among yes and no are shares too, which advice tells from numbers by their level."""
    table = portrait.markers
    return table.assign(level=table["level"].where(table["kind"] != FLAG, "yes"))


def _rates(portrait: Portrait) -> pd.DataFrame:
    found = portrait.outcomes
    return found[found["kind"] == "rate"].rename(columns={"value": "rate"})
