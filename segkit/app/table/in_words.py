"""What was said of a table, in words; beside them the page shows the argument itself."""

from collections.abc import Mapping

from segkit.app.brought.said import KINDS

# How an argument begins -> what it says; {} is what it is about, {value} what it says of it.
_SAYS = {
    "data.log.": "It is a log of purchases",
    "data.kind.": "{} is {value}",
    "data.levels.": "{} is a rank: {value}",
    "data.missing.": "{}: {value} counts as not known",
    "data.fill.": "{}: gaps count as {value}",
    "data.blocks.": "Counted once: {value}",
    "data.duplicates": "Customers who are there twice count once",
    "preprocessing": "Skewed columns are evened out",
    "brief.fewest_segments": "At least {value} segments",
    "brief.most_segments": "At most {value} segments",
    "brief.smallest_customers": "Segments of {value} customers or more",
    "brief.smallest_share": "No segment is too small by its share alone",
}
_USE = "data.use."


def in_words(argument: str, uses: Mapping[str, str]) -> str:
    """What an argument says, "" where the argument has to say it; `uses` are the words for uses of columns.

    >>> in_words("data.use.Exited=outcome", {"outcome": "outcome"}), in_words("data.missing.income=[666666]", {})
    ('Exited: outcome', 'income: 666666 counts as not known')
    """
    key, _, value = argument.rpartition("=")
    if key.startswith(_USE):
        return f"{key.removeprefix(_USE)}: {uses.get(value, value)}"
    if argument.startswith("data.levels."):  # levels may hold any sign
        key, _, value = argument.partition("=[")
    start = next((start for start in _SAYS if argument.startswith(start)), None)
    if start is None:
        return ""
    plain = KINDS.get(value, value.strip("[]").replace('"', "").replace(",", ", ").replace("  ", " "))
    return _SAYS[start].replace("{value}", plain).replace("{}", key.removeprefix(start))
