"""The measures of a pipeline's runs against k."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segkit.records import FINISHED, RunRecord, latest_of_each

# What every run of an algorithm that takes k logs, as far as it is defined.
MEASURES = (
    *("inertia", "silhouette", "silhouette_macro", "davies_bouldin", "calinski_harabasz", "bic"),
    "stability_quick",
)
# Between two k there is nothing to choose.
FEWEST_KS = 3


def pipelines_over_k(runs: Sequence[RunRecord]) -> dict[str, list[RunRecord]]:
    """The finished runs of each pipeline that was run at three k at least, in the order of their k."""
    finished = [run for run in latest_of_each(runs) if run.status == FINISHED and run.k is not None]
    found: dict[str, list[RunRecord]] = {}
    for run in sorted(finished, key=lambda run: (run.k or 0, run.fingerprint)):
        found.setdefault(run.pipeline, []).append(run)
    return {name: alike for name, alike in found.items() if len({run.k for run in alike}) >= FEWEST_KS}


def curve_of(runs: Sequence[RunRecord]) -> pd.DataFrame:
    """One row per k with the measures of the runs, those that differ in their seed alone averaged."""
    rows = [{"k": run.k, **{name: run.metrics.get(name, np.nan) for name in MEASURES}} for run in runs]
    return pd.DataFrame(rows, columns=["k", *MEASURES]).groupby("k").mean()
