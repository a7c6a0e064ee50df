"""Under which number the customers of a segment stand after it was edited."""

from collections.abc import Iterable

from segkit.scoring.edits import Divided, Edit, Renumbered


def followed(edits: Iterable[Edit], segment: int) -> int:
    """The number that a segment comes to by these edits, in their order; of one that was split the first part's.

    A lock leaves numbers as they are, though it may decide anew who is there.

    >>> followed([Renumbered({2: 5}), Renumbered({5: 1})], 2), followed([Renumbered({2: 5})], 3)
    (1, 3)
    """
    for edit in edits:
        if isinstance(edit, Renumbered):
            segment = edit.numbers.get(segment, segment)
        elif isinstance(edit, Divided) and edit.segment == segment:
            segment = min(edit.numbers.values(), default=segment)
    return segment
