"""One card per segment: who they are, how to recognise them, what they are worth, what to test with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from segkit.activation.columns import by_name
from segkit.activation.words import conditions_words, out_of_100
from segkit.plots.style import colour
from segkit.profiles.descriptions import descriptions
from segkit.profiles.facts import facts
from segkit.profiles.figures import figure, percent
from segkit.profiles.words import money_words, spoken
from segkit.report.advice import Advice
from segkit.report.buying import Buying
from segkit.report.portrait import Portrait
from segkit.segments import NOISE

_FACTS = 3


@dataclass(frozen=True)
class Card:
    """What is told of one segment, in words; `rule` can be read by itself, `ideas` are pairs of a test and its reason.

    Of a log also what its customers prefer to buy, and what lies `ahead`.
    """

    segment: int
    name: str
    colour: str
    paragraph: str
    figures: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    rule: str
    outcomes: tuple[str, ...]
    ideas: tuple[tuple[str, str], ...]
    reliance: str
    prefers: tuple[str, ...] = ()
    ahead: str = ""


def cards(
    portrait: Portrait, advice: Advice, buying: Buying | None = None, written: dict[int, str] | None = None
) -> list[Card]:
    """The segments in the order of their numbers; `written` are descriptions that people wrote in place of ours."""
    ranked = {column.name: column.levels for column in portrait.dataset.columns if column.levels}
    paragraphs = descriptions(portrait.markers, portrait.worth, portrait.outcomes, ranked) | (written or {})
    rows = portrait.worth[portrait.worth["segment"] != NOISE].to_dict("records")
    named = [{str(key): value for key, value in row.items()} for row in rows]
    found = [_card(portrait, advice, row, paragraphs, ranked) for row in named]
    return found if buying is None else [_with_buying(card, buying) for card in found]


def _with_buying(card: Card, buying: Buying) -> Card:
    own = buying.prefers[buying.prefers["segment"] == card.segment] if len(buying.prefers) else buying.prefers
    prefers = tuple(_preferred(row) for row in own.to_dict("records"))
    return replace(card, prefers=prefers, ahead=_ahead(buying.expected, card.segment))


def _preferred(row: dict[Any, Any]) -> str:
    times = f"{row['preference']:.1f} times as often among what they buy as among what everyone buys"
    return f"{row['item']}: {times}; {percent(row['share'])} have bought it"


def _ahead(expected: pd.DataFrame | None, segment: int) -> str:
    """What customers like these spent in the period that was withheld."""
    rows = expected[expected["segment"] == segment] if expected is not None else pd.DataFrame()
    if rows.empty:
        return ""
    row = rows.iloc[0]
    between = f"{figure(row['next_value_low'])} to {figure(row['next_value_high'])}"
    spent = f"{figure(row['next_value'])} each ({between}; everyone {figure(row['everyone'])})"
    return (
        f"Of the {row['customers']:,.0f} customers who were like this {row['days']:.0f} days before the end, "
        f"{percent(row['came_again'])} bought again, and all of them spent {spent}."
    )


def _card(
    portrait: Portrait,
    advice: Advice,
    worth: dict[str, Any],
    paragraphs: dict[int, str],
    ranked: dict[str, Any],
) -> Card:
    segment = int(worth["segment"])
    return Card(
        segment,
        portrait.names.get(segment, f"segment {segment}"),
        colour(segment),
        paragraphs.get(segment, ""),
        tuple(_figures(worth)),
        tuple(facts(portrait.marked_by(segment).head(_FACTS), ranked)),
        _rule(portrait, segment),
        tuple(_outcomes(portrait.outcomes[portrait.outcomes["segment"] == segment])),
        tuple((idea.test, idea.because) for idea in advice.ideas if idea.segment == segment),
        advice.reliance.get(segment, ""),
    )


def _figures(worth: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What stands large on the card, each with its title."""
    yield f"{worth['customers']:,.0f}", f"customers, {percent(worth['share'])}"
    if "revenue" in worth:
        what = money_words(str(worth["of"]))
        yield percent(worth["revenue_share"]), f"of the {what}"
        each = f"{figure(worth['value_each_low'])} to {figure(worth['value_each_high'])}"
        yield figure(worth["value_each"]), f"{what} each ({each})"
    if pd.notna(worth.get("contactable")):
        yield percent(worth["contactable"]), "may be contacted"


def _rule(portrait: Portrait, segment: int) -> str:
    """The rule that finds the segment by itself, with what it catches; "" without one."""
    rule = portrait.alone.get(segment)
    if rule is None or not rule.conditions:
        return ""
    whom = conditions_words(rule.conditions, by_name(portrait.dataset.columns), portrait.dataset.as_of)
    found, right = out_of_100(rule.coverage), out_of_100(rule.precision)
    caught = f"finds {found} of the segment, and {right} whom it finds belong to it"
    return f"{whom[:1].upper()}{whom[1:]} ({caught})."


def _outcomes(own: pd.DataFrame) -> Sequence[str]:
    return [_outcome(row) for row in own.to_dict("records") if row["sure"] != "no clear difference"]


def _outcome(row: dict[Any, Any]) -> str:
    words = percent if row["kind"] == "rate" else figure
    name = spoken(str(row["outcome"])) + (f" {row['level']}" if row["level"] else "")
    between = f"{words(row['low'])} to {words(row['high'])}"
    return f"{name}: {words(row['value'])} ({between}), everyone {words(row['everyone'])}: {row['sure']}"
