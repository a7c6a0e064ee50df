"""What a sweep found out beside the ranking of its runs, as those who tell of it take it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from segkit.over_seeds import SeedGroup
from segkit.tree import Split


@dataclass(frozen=True)
class Beside:
    """What stands beside a ranking; each is empty where it was not looked into.

    `rivals`: the table of `segkit.rivalry.standing`. `k_suggestions`: what speaks for which k of every pipeline.
    `groups`: the runs taken together over their seeds. `trees`: the segments within segments that belong to it.
    """

    rivals: pd.DataFrame | None = None
    k_suggestions: pd.DataFrame | None = None
    groups: Sequence[SeedGroup] = ()
    trees: Sequence[Split] = ()


NOTHING = Beside()
