"""Screen C, the card of one segment as values: the report's card, and what helps to use and to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segkit.app.card.queries import Query, query_alone, query_together, stand_ins
from segkit.app.gathered.contents import bytes_of_content
from segkit.errors import UserError
from segkit.profiles.facts import facts
from segkit.profiles.figures import percent
from segkit.remembered import remembers
from segkit.report.cards import Card
from segkit.report.content import Content
from segkit.report.pictures import Shown, at_a_glance
from segkit.segments import NOISE, UNSURE

# An effect of so many standard deviations fills its half of the bar.
_FULL_BAR = 2.0
_NEAREST = 2


@dataclass(frozen=True)
class Mark:
    """How far a segment is from everyone in one column: the words, and where its bar begins and how long it is (%)."""

    says: str
    left: float
    width: float


@dataclass(frozen=True, eq=False)
class CardShown:
    """All that the page shows of a segment."""

    content: Content
    card: Card
    before: Card
    after: Card
    marks: Sequence[Mark]
    sure: str
    nearest: Sequence[tuple[Card, str]]
    stand_ins: Sequence[str]
    alone: Query | None
    together: Query | None


def card_of(content: Content, segment: int) -> CardShown:
    """The card of a segment; raises UserError where there is none."""
    found = {card.segment: card for card in content.cards}
    if segment not in found:
        there = ", ".join(f"{card.segment} ({card.name})" for card in content.cards)
        raise UserError(f"there is no segment {segment}", f"choose from {there}")
    return _card(content, segment)


def pictures_of(content: Content) -> Sequence[Shown]:
    """The report's pictures that show a segment beside the others."""
    return _pictures(content)[1]


@remembers(lambda found: bytes_of_content(found[0]))
def _pictures(content: Content) -> tuple[Content, Sequence[Shown]]:
    """With the content, which is held as long as its pictures are remembered."""
    return content, [one for one in at_a_glance(content.portrait) if one.piece is None]


@remembers(lambda card: bytes_of_content(card.content))
def _card(content: Content, segment: int) -> CardShown:
    cards = list(content.cards)
    at = next(place for place, card in enumerate(cards) if card.segment == segment)
    return CardShown(
        content,
        cards[at],
        cards[at - 1],
        cards[(at + 1) % len(cards)],
        _marks(content, segment),
        _sure(content, segment),
        _nearest(content, segment),
        stand_ins(content, segment),
        query_alone(content, segment),
        query_together(content, segment),
    )


def _marks(content: Content, segment: int) -> list[Mark]:
    portrait = content.portrait
    own = portrait.marked_by(segment)
    ranked = {column.name: column.levels for column in portrait.dataset.columns if column.levels}
    return [_mark(says, float(effect)) for says, effect in zip(facts(own, ranked), own["effect"], strict=True)]


def _mark(says: str, effect: float) -> Mark:
    width = round(50 * min(abs(effect) / _FULL_BAR, 1.0), 1)
    return Mark(says, 50.0 if effect > 0 else 50.0 - width, width)


def _sure(content: Content, segment: int) -> str:
    """How surely its customers are in it."""
    portrait = content.portrait
    confidence = portrait.scores["confidence"].to_numpy()[portrait.labels == segment]
    unsure = percent(float(np.mean(confidence < UNSURE)))
    return f"on average {percent(float(confidence.mean()))} sure of a customer; {unsure} could as well be elsewhere"


def _nearest(content: Content, segment: int) -> list[tuple[Card, str]]:
    """The segments that most of its customers would be in next, with the share of them."""
    own = content.portrait.scores["second_segment"][content.portrait.labels == segment]
    shares = own[~own.isin([segment, NOISE])].value_counts(normalize=True).head(_NEAREST)
    cards = {card.segment: card for card in content.cards}
    return [(cards[int(one)], percent(float(share))) for one, share in shares.items() if int(one) in cards]
