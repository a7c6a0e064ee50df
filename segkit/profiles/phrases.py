"""Traits in plain words: what is said of a segment whose column or level lies above or below everyone's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from segkit.data.findings.names import words
from segkit.profiles.words import is_count, spoken, word_map

_SINCE = (["days", "since"], ["years", "since"], ["months", "since"])
# A mean or share below this is hardly any, and from a half on it is most.
_HARDLY, _MOST = 0.05, 0.5


@dataclass(frozen=True)
class Phrase:
    """A trait in words: where its value is above everyone's, below, and where there is none of it at all."""

    high: str
    low: str
    none: str = ""


def said(trait: str, high: bool, mean: float = float("nan"), flag: bool = False) -> str:
    """A trait ("income", "plan=gold") of a segment in words; "" for one that says nothing of anybody.

    `mean` is the segment's mean or share, in raw units: without it a level is said as if most had it. `flag` says that
    a number is 0 or 1.

    >>> said("kids_at_home", False, 0.7), said("kids_at_home", False, 0.02), said("accepted_5", True, 0.2, flag=True)
    ('few kids at home', 'no kids at home', 'often accepted offer 5')
    >>> said("plan=gold", True, 0.8), said("plan=gold", False, 0.1), said("plan=unknown", True)
    ('gold plan', 'seldom gold plan', '')
    """
    column, is_level, level = trait.partition("=")
    phrase = of_level(column, level) if is_level else of_flag(column) if flag else of_number(column)
    if phrase is None:
        return ""
    if not high:
        return phrase.none if phrase.none and mean <= _HARDLY else phrase.low
    return f"often {phrase.high}" if (is_level or flag) and mean < _MOST else phrase.high


@cache
def of_number(column: str) -> Phrase:
    """How high and low values of a number are said.

    >>> of_number("Income").high, of_number("NumWebPurchases").low, of_number("tenure_days").high
    ('high income', 'few web purchases', 'long-standing')
    >>> of_number("days_since_Dt_Customer").low, of_number("birth_year").high
    ('new customers', 'younger')
    """
    parts = words(column)
    own = _own_words(parts)
    if own:
        return own
    said = spoken(column)
    if is_count(column):
        return Phrase(f"many {said}", f"few {said}", f"no {said}")
    return Phrase(f"high {said}", f"low {said}")


@cache
def of_flag(column: str) -> Phrase:
    """How a column of 0 and 1 is said: the words for 1, those for 0, and those where hardly anybody has 1.

    >>> of_flag("HasCrCard").high, of_flag("AcceptedCmp5").high, of_flag("IsActiveMember").low
    ('with credit card', 'accepted campaign 5', 'inactive')
    """
    parts = words(column)
    if own := _listed(word_map()["numbers"], parts):
        return Phrase(own["high"], own["low"], own["low"])
    if parts[:1] == ["has"]:
        return Phrase(f"with {spoken(column)}", f"seldom with {spoken(column)}", f"no {spoken(column)}")
    return Phrase(spoken(column), f"seldom {spoken(column)}")


@cache
def of_level(column: str, level: str) -> Phrase | None:
    """How a level of a category is said; None for one that says nothing of anybody, such as "unknown".

    >>> [of_level("Marital_Status", "Married").high, of_level("Geography", "Germany").high]
    ['married', 'from Germany']
    >>> [of_level("partner", "no").high, of_level("plan", "gold").low, of_level("Region", "3").high]
    ['no partner', 'seldom gold plan', 'region 3']
    """
    known, parts, small = word_map()["levels"], set(words(column)), level.strip().lower()
    if small in known["nothing"] or not small:
        return None
    if small in known["yes"]:
        return Phrase(f"with {spoken(column)}", f"seldom with {spoken(column)}", f"no {spoken(column)}")
    if small in known["no"]:
        return Phrase(f"no {spoken(column)}", f"seldom without {spoken(column)}", f"with {spoken(column)}")
    said = _placed(spoken(column), parts, level.strip())
    return Phrase(said, f"seldom {said}", f"not {said}")


def _placed(column: str, parts: set[str], level: str) -> str:
    known = word_map()["levels"]
    if not any(letter.isalpha() for letter in level):
        return f"{column} {level}"
    for preposition in ("from", "in"):
        if parts & set(known[preposition]):
            return f"{preposition} {level.title() if preposition == 'in' else level}"
    small = level.lower() if level.istitle() or (level.isupper() and len(level) > 3) else level
    small = small.replace("_", " ").strip(". ")
    return small if parts & set(known["alone"]) else f"{small} {column}"


def _own_words(parts: list[str]) -> Phrase | None:
    known = word_map()
    if parts[:2] in _SINCE and parts[2:]:
        day = next((one for one in known["dates"] if set(one["words"]) & set(parts[2:])), None)
        rest = spoken(" ".join(parts[2:]))
        return Phrase(day["early"], day["late"]) if day else Phrase(f"early {rest}", f"late {rest}")
    alone = next((one for one in known["numbers_alone"] if one["words"] == parts), None)
    own = alone or _listed(known["numbers"], parts)
    return Phrase(own["high"], own["low"]) if own else None


def _listed(entries: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> Mapping[str, Any] | None:
    return next((one for one in entries if set(one["words"]) <= set(parts)), None)
