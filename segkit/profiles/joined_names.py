"""Names of segments that people made of others: short enough, and nobody else's."""

from collections.abc import Iterable, Sequence

from segkit.profiles.names_file import LONGEST


def distinct(name: str, taken: Iterable[str], of: str = "") -> str:
    """The name where nothing else has it, else with what it is part of, else with a number.

    >>> distinct("High income", ["high income"], "Families")
    'High income (Families)'
    """
    known = {one.casefold() for one in taken}
    marks = [
        "",
        *([f" ({shortened(of, LONGEST // 2)})"] if of else []),
        *(f" ({place})" for place in range(2, 999)),
    ]
    tried = (shortened(name, LONGEST - len(mark)) + mark for mark in marks)
    return next(one for one in tried if one.casefold() not in known)


def shortened(name: str, most: int) -> str:
    """A name of at most so many letters.

    >>> shortened("High income", 7)
    'High i…'
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def joined(names: Sequence[str]) -> str:
    """All names as one, each with its share of the letters that there may be."""
    each = (LONGEST - 3 * (len(names) - 1)) // len(names)
    fits = len(" + ".join(names)) <= LONGEST
    return " + ".join(names if fits else [shortened(name, each) for name in names])
