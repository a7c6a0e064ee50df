"""Addresses in the MLflow UI that open what answers the question."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from segkit.tracking.runs import PARENT
from segkit.tracking.store import Store

DEFAULT_ADDRESS = "http://127.0.0.1:5000"
# MLflow's parallel coordinates plot stays readable up to about this many runs.
MOST_COMPARED = 30


def sweep_links(
    store: Store, parent: str, metric: str, best: Sequence[str], address: str = DEFAULT_ADDRESS
) -> dict[str, str]:
    """What each link shows, and the link; `best` are run ids, best first."""
    base = f"{address.rstrip('/')}/?workflowType=machine_learning#"
    runs = f"{base}/experiments/{store.experiment_id}/runs"
    children, order = _encoded(f'tags.`{PARENT}` = "{parent}"'), _encoded(f"metrics.`{metric}`")
    ranked = f"{runs}?searchFilter={children}&orderByKey={order}&orderByAsc=false"
    ids, experiments = _encoded(_compact(best[:MOST_COMPARED])), _encoded(_compact([store.experiment_id]))
    links = {"runs, ranked": ranked, "charts": f"{ranked}&compareRunsMode=CHART"}
    if len(best) > 1:
        links[f"best {min(len(best), MOST_COMPARED)} compared"] = (
            f"{base}/compare-runs?runs={ids}&experiments={experiments}"
        )
    return links | {"the sweep": f"{runs}/{parent}"}


def run_link(store: Store, run_id: str, address: str = DEFAULT_ADDRESS) -> str:
    """The page of one run."""
    return f"{address.rstrip('/')}/?workflowType=machine_learning#/experiments/{store.experiment_id}/runs/{run_id}"


def _compact(values: Sequence[str]) -> str:
    return json.dumps(list(values), separators=(",", ":"))


def _encoded(text: str) -> str:
    return quote(text, safe="")
