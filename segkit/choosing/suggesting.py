"""What each way of choosing k suggests, as a table."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from segkit.choosing import criteria
from segkit.choosing.criteria import Said
from segkit.choosing.curves import FEWEST_KS

COLUMNS = ["criterion", "k", "why"]


class Way(NamedTuple):
    """A way of choosing k: its name, the measures that it reads, and how; one that knows k = 1 reads that too."""

    name: str
    measures: tuple[str, ...]
    says: Callable[[Any], Said]


WAYS = (
    Way("elbow", ("inertia",), criteria.knee),
    Way("silhouette", ("silhouette",), criteria.highest),
    Way("Davies-Bouldin", ("davies_bouldin",), criteria.lowest),
    Way("Calinski-Harabasz", ("calinski_harabasz",), criteria.highest),
    Way("gap", ("gap", "gap_error"), criteria.first_gap),
    Way("BIC", ("bic",), criteria.lowest),
    Way("stability", ("stability_quick",), criteria.largest_stable),
    Way("prediction strength", ("prediction_strength",), criteria.largest_predicted),
    Way("dendrogram", ("jump",), criteria.highest_jump),
)


def suggestions(curves: pd.DataFrame) -> pd.DataFrame:
    """One row per way that has something to read: criterion, k (empty where it names none), why.

    `curves` is indexed by k, in rising order, with a column per measure that is known.
    """
    rows = [(way.name, *way.says(read)) for way, read in readable(curves)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"k": "Int64"})


def readable(curves: pd.DataFrame) -> Iterator[tuple[Way, Any]]:
    """Each way whose measures are known at three k at least, with what it reads: a series, or a frame of several."""
    for way in WAYS:
        known = curves.reindex(columns=list(way.measures)).dropna()
        if len(known) >= FEWEST_KS:
            yield way, known if len(way.measures) > 1 else known[way.measures[0]]
