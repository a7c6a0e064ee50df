"""How segments are numbered, and found by what people call them."""

from collections.abc import Mapping

from segkit.errors import UserError, did_you_mean

# Customers whom an algorithm leaves unassigned; segments count from 0.
NOISE = -1
# A customer whose likeliest segment is less likely than this could as well be in another.
UNSURE = 0.6
# What is said of fewer customers together tells too much about each of them.
FEWEST_TOLD = 5
# What is told of a segment of fewer customers is soon told of people whom somebody knows.
FEWEST_ANONYMOUS = 10
# Of a segment's customers and of those who stand in for it when others are fitted, the share who are in both.
SOLID = 0.75
USABLE = 0.6


def segment_named(names: Mapping[int, str], text: str, whose: str) -> int:
    """The number of the segment that is meant by its number or name; `whose` says in errors what it is a segment of."""
    text = text.strip()
    if text.isdigit() and int(text) in names:
        return int(text)
    meant = [number for number, name in names.items() if name.casefold() == text.casefold()]
    if meant:
        return meant[0]
    listed = ", ".join(f"{number} ({name})" for number, name in sorted(names.items()))
    mend = did_you_mean(text, names.values(), "")
    raise UserError(f"{whose} has no segment {text}", mend or f"choose from {listed}")
