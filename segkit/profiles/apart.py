"""What tells some customers from others, in plain words with figures."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.profiles.columns import column_profiles, described
from segkit.profiles.facts import fact
from segkit.profiles.markers import column_likeness, mark_nobody, markers
from segkit.segments import FEWEST_TOLD

_OTHERS, _THEY = 0, 1


def told_apart(
    dataset: Dataset, theirs: npt.NDArray[np.bool_], others: npt.NDArray[np.bool_], most: int = 5
) -> list[str] | None:
    """The columns in which some customers of a table lie furthest from others, the furthest first: "income 75,777 (the
    others 51,382)".

    None where either are too few to tell of. Outcomes, sensitive columns and a segmentation in use tell nobody apart.
    """
    if min(theirs.sum(), others.sum()) < FEWEST_TOLD:
        return None
    both = theirs | others
    typed, knew = described(dataset)
    typed = typed[both].reset_index(drop=True)
    weights = None if dataset.weights is None else dataset.weights[both]
    profiles = column_profiles(typed, np.where(theirs[both], _THEY, _OTHERS), knew, weights)
    marked = markers(_against(profiles), most, column_likeness(typed), mark_nobody(dataset))
    ranked = {column.name: column.levels for column in dataset.columns}
    return [fact(row, ranked.get(str(row["column"]), ()), "the others") for row in marked.to_dict("records")]


def _against(profiles: pd.DataFrame) -> pd.DataFrame:
    """The rows of those who are told of, with the others in everyone's place."""
    theirs, others = (profiles[profiles["segment"] == group].reset_index(drop=True) for group in (_THEY, _OTHERS))
    effect = theirs["effect"] - others["effect"]
    return theirs.assign(everyone=others["typical"], everyone_mean=others["mean"], effect=effect)
