"""What of a run's evidence holds of a version whose segments people changed, under the numbers that they have there."""

from collections.abc import Mapping

import pandas as pd

from segkit.report.portrait import Portrait
from segkit.segments import NOISE, UNSURE


def numbered(stability: pd.DataFrame | None, numbers: Mapping[int, int]) -> pd.DataFrame | None:
    """How surely segments come out again, of those that are the run's own; `numbers` say which these are."""
    if stability is None:
        return None
    own = stability[stability["segment"].isin(list(numbers))]
    return own.assign(segment=own["segment"].map(numbers).astype(int))


def figures(portrait: Portrait) -> dict[str, float]:
    """What the customers tell of changed segments by themselves, in the place of a run's metrics."""
    assigned = portrait.worth[portrait.worth["segment"] != NOISE]
    return {
        "segments": float(len(assigned)),
        "assigned_smallest_share": float(assigned["share"].min()),
        "noise_share": float((portrait.scores["segment"] == NOISE).mean()),
        "confidence": float(portrait.scores["confidence"].mean()),
        "unsure_share": float((portrait.scores["confidence"] < UNSURE).mean()),
    }
