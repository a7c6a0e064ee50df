"""The table of the segments that every run has: their size, their name, their means."""

import numpy as np
import pandas as pd

from segkit.profiles.names import name_segments
from segkit.profiles.traits import effects, is_flag, likeness, segment_means, trait_table

UNASSIGNED = "unassigned"


def describe_segments(
    typed: pd.DataFrame,
    labels: np.ndarray,
    beside: pd.DataFrame | None = None,
    weights: pd.Series | None = None,
    fitted: np.ndarray | None = None,
) -> pd.DataFrame:
    """One row per segment: customers, share, name, then the mean of each number and the share of each level.

    `typed` is what TypedColumns makes of the raw feature columns, so values are in the units that the reader knows;
    names come from these. `beside` holds columns that were not fitted and are described too. `weights` say how many
    customers each row stands for. `fitted` are the labels that the algorithm gave, counted beside the assigned ones.
    """
    traits = trait_table(typed)
    weights = pd.Series(1, index=range(len(labels))) if weights is None else weights.reset_index(drop=True)
    sizes = weights.groupby(labels).sum()
    described = traits if beside is None else pd.concat([traits, trait_table(beside)], axis=1)
    means = segment_means(described, labels, weights.to_numpy(dtype=float))
    names = _names(traits, labels, means.iloc[:, : traits.shape[1]])
    table = pd.DataFrame(
        {"segment": sizes.index, "customers": sizes.to_numpy(), "share": sizes.to_numpy() / weights.sum()}
    )
    table.insert(1, "name", [names.get(int(segment), UNASSIGNED) for segment in sizes.index])
    if fitted is not None:
        table["fitted"] = [int((fitted == segment).sum()) for segment in sizes.index]
    means.columns = [f"{name} (mean)" if name in table else str(name) for name in means.columns]
    return pd.concat([table, means.reset_index(drop=True)], axis=1)


def _names(traits: pd.DataFrame, labels: np.ndarray, means: pd.DataFrame) -> dict[int, str]:
    flags = [str(name) for name in traits if "=" not in str(name) and is_flag(traits[name])]
    return name_segments(effects(traits, labels), means, likeness(traits), flags)
