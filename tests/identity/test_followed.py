"""A segment is found again after it was renumbered, merged, split or locked."""

import pytest

from segkit.identity.followed import followed
from segkit.scoring.edits import Divided, Locked, Renumbered

MERGED, SPLIT, KEPT = Renumbered({2: 0}), Divided(1, None, {0: 7, 1: 5}), Locked(None, (3,))


@pytest.mark.parametrize(
    ("edits", "before", "after"),
    [
        ([], 2, 2),
        ([MERGED], 2, 0),
        ([MERGED], 1, 1),
        ([SPLIT], 1, 5),
        ([SPLIT], 2, 2),
        ([KEPT], 3, 3),
        ([Renumbered({0: 4, 1: 0}), Renumbered({4: 6})], 0, 6),
        ([Renumbered({0: 1}), SPLIT], 0, 5),
    ],
)
def test_the_number_after_the_edits(edits, before, after):
    assert followed(edits, before) == after
