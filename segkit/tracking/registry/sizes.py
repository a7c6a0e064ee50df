"""How many customers the segments of a registered version hold, as far as the store knows without their table."""

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.profiles import UNASSIGNED
from segkit.scoring.edits import Renumbered
from segkit.scoring.scorer import Scorer
from segkit.tracking.evidence import segments_table
from segkit.tracking.registry.tags import SIZES
from segkit.tracking.registry.versions import Version, version_labels
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value


def version_sizes(store: Store, found: Version, scorer: Scorer) -> dict[int, int] | None:
    """The customers that the version's run gives each of its segments, and none (-1); None where only their table would
    tell.
    """
    if SIZES in found.tags:
        return {int(segment): int(size) for segment, size in tag_value(found.tags, SIZES, {}).items()}
    if not all(isinstance(edit, Renumbered) for edit in scorer.edits):
        labels = version_labels(store, found)
        return (
            None
            if labels is None
            else {one: int((labels == one).sum()) for one in sorted(labels.astype(int).unique().tolist())}
        )
    sizes = run_sizes(store, found.run_id)
    if sizes is None:
        return None
    for edit in scorer.edits:
        sizes = _renumbered(sizes, edit) if isinstance(edit, Renumbered) else sizes
    return sizes


def run_sizes(store: Store, run_id: str) -> dict[int, int] | None:
    """The customers that a run gives each of its segments, and none (-1); None where its files are gone."""
    try:
        table = segments_table(store, run_id)
    except (MlflowException, OSError):
        return None
    if table is None:
        return None
    return {int(segment): int(size) for segment, size in zip(table["segment"], table["customers"], strict=True)}


def version_segments(store: Store, found: Version, scorer: Scorer) -> pd.DataFrame | None:
    """The same as a table like that of a run's segments: segment, name, customers, share."""
    sizes = version_sizes(store, found, scorer)
    if not sizes:
        return None
    segments = sorted(sizes)
    table = pd.DataFrame({"segment": segments, "name": [scorer.names.get(one, UNASSIGNED) for one in segments]})
    table["customers"] = [sizes[segment] for segment in segments]
    return table.assign(share=table["customers"] / max(int(table["customers"].sum()), 1))


def _renumbered(sizes: dict[int, int], edit: Renumbered) -> dict[int, int]:
    found: dict[int, int] = {}
    for segment, size in sizes.items():
        number = edit.numbers.get(segment, segment)
        found[number] = found.get(number, 0) + size
    return dict(sorted(found.items()))
