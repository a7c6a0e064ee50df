"""Names of columns in plain words, as the map beside this module has them."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any

from segkit.data.findings.names import words

_SPENT = {"amount", "spent", "spend", "spending", "mnt", "sales", "monetary", "revenue", "turnover"}


@cache
def word_map() -> Mapping[str, Any]:
    """What `words.yaml` says."""
    import yaml  # late: a model that scores has its names already

    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return found


@cache
def spoken(column: str) -> str:
    """A column's name in plain words.

    >>> [spoken(name) for name in ("MntWines", "NumWebPurchases", "purchases_deals", "kids_at_home", "AcceptedCmp5")]
    ['spending on wines', 'web purchases', 'deal purchases', 'kids at home', 'accepted campaign 5']
    >>> [spoken(name) for name in ("CASH_ADVANCE_TRX", "Annual Income (k$)", "spend_total", "spent_per_purchase")]
    ['cash advance transactions', 'annual income', 'total spending', 'spending per purchase']
    >>> spoken("accepted_5")
    'accepted offer 5'
    """
    parts = words(column.partition("(")[0]) or words(column)
    if not parts:
        return str(column)
    return _money(parts) or _counted(_translated(parts)) or _joined(_translated(parts))


def _translated(parts: Sequence[str]) -> list[str]:
    known = word_map()["words"]
    said = [known.get(part, part) for part in parts]
    said = [part for part in said if part] or list(parts)
    if len(said) == 2 and said[0] in word_map()["numbered"] and said[1].isdigit():
        said.insert(1, word_map()["numbered"][said[0]])
    first = [part for part in said if part in word_map()["first"]]
    said = [*first, *(part for part in said if part not in first)]
    return said[:-1] if len(said) > 2 and said[-1] in word_map()["dropped_last"] else said


def _joined(said: Sequence[str]) -> str:
    return " ".join(_before(part, after) for part, after in zip_longest(said, said[1:], fillvalue=""))


def _before(word: str, after: str) -> str:
    """A word as it stands before the next one: purchase frequency, but purchases per month."""
    known = word_map()
    is_of_it = after and not after.isdigit() and word in known["counted"] and after not in known["joining"]
    return _single(word) if is_of_it else word


def _money(parts: list[str]) -> str:
    """What is spent on something; "" for any other name."""
    known = word_map()
    if parts[0] not in known["spending"]:
        return ""
    rest = _translated(parts[1:]) if len(parts) > 1 else []
    if len(rest) == 2 and rest[-1] in known["dropped_last"]:
        rest = rest[:-1]
    if rest and rest[0] in known["first"]:
        return " ".join([*rest, "spending"])
    return " ".join(["spending", *([] if not rest or rest[0] in known["not_on"] else ["on"]), *rest])


def money_words(column: str) -> str:
    """What money is called that is read from a column: revenue, where it is what customers spent.

    >>> money_words("amount"), money_words("all spending"), money_words("Balance")
    ('revenue', 'revenue', 'balance')
    """
    return "revenue" if _SPENT & set(words(column)) else spoken(column)


def is_count(column: str) -> bool:
    """Whether the column counts things: kids at home, units per order, but no frequency of purchases.

    >>> is_count("kids_at_home"), is_count("units_per_order"), is_count("PURCHASES_FREQUENCY")
    (True, True, False)
    """
    parts = words(column)
    known, said = word_map(), _translated(parts)
    if set(parts[:1]) & set(known["counting"]):
        return True
    before = list(takewhile(lambda part: part not in known["joining"], said))
    return (bool(before) and before[-1] in known["counted"]) or _turns(said)


def _counted(said: list[str]) -> str:
    """Things that are counted, last, what they are of before them; "" for any other name."""
    things, joining = word_map()["counted"], word_map()["joining"]
    said = said[::-1] if _turns(said) else said
    if len(said) < 2 or said[-1] not in things or set(said) & set(joining):
        return ""
    return " ".join([*(_single(part) for part in said[:-1]), said[-1]])


def _turns(said: Sequence[str]) -> bool:
    """Whether what is counted stands first: purchases web."""
    known = word_map()
    if len(said) != 2 or said[0] not in known["counted"] or said[1].isdigit():
        return False
    return said[1] not in (*known["counted"], *known["not_on"], *known["joining"])


def of_one(said: str) -> str:
    """What is counted, of a single one.

    >>> of_one("web purchases"), of_one("kids at home"), of_one("children")
    ('web purchase', 'kid at home', 'child')
    """
    return " ".join(_single(word) if word in word_map()["counted"] else word for word in said.split())


def _single(word: str) -> str:
    if word in word_map()["single"]:
        return str(word_map()["single"][word])
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
