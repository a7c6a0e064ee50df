"""From a sweep in the store to what stands beside its ranking; only reads."""

from collections.abc import Mapping

import pandas as pd

from segkit.beside import Beside
from segkit.config.trees import trees_of
from segkit.records import SweepRecord
from segkit.rivalry import standing
from segkit.selection import Ranking
from segkit.tracking.evidence import seed_groups
from segkit.tracking.store import Store


def beside(store: Store, sweep: SweepRecord, ranking: Ranking, evidence: Mapping[str, pd.DataFrame]) -> Beside:
    """What to tell with the ranking; `evidence` is that of the sweep."""
    rivals = standing(evidence["rivals"], ranking) if "rivals" in evidence else None
    groups, trees = seed_groups(store, ranking), trees_of(store, sweep, ranking)
    return Beside(rivals, evidence.get("k_suggestions"), groups, trees)


def with_standing(evidence: Mapping[str, pd.DataFrame], told: Beside) -> dict[str, pd.DataFrame]:
    """The evidence with the rivals as they stand beside the winner, which pictures show."""
    return {**evidence, **({} if told.rivals is None else {"rivals": told.rivals})}
