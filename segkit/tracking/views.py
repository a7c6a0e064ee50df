"""Views of a sweep in the MLflow UI, kept with the experiment, and the addresses that open them.

Columns, order and charts cannot be named in an address, but a shared view can; MLflow keeps it as an experiment tag.
"""

import json
from typing import Any
from urllib.parse import quote

from segkit.errors import UserError
from segkit.records import STEPS
from segkit.tracking.names import PARENT, RANK
from segkit.tracking.read import find_sweep
from segkit.tracking.registry.versions import model_names
from segkit.tracking.store import Store

DEFAULT_ADDRESS = "http://127.0.0.1:5000"
# MLflow's parallel coordinates plot stays readable up to about this many runs.
MOST_COMPARED = 30

_TAG = "mlflow.sharedViewState."
_COLUMNS = ("segments", "smallest_share")


def save_views(store: Store, parent: str, metric: str) -> None:
    """Keep the views of a sweep: its runs ranked, their charts, and the best of them compared."""
    children = f'tags.`{PARENT}` = "{parent}"'
    bars = dict.fromkeys((metric, "assign_agreement", "smallest_share"))
    charts = [_parallel(metric), *map(_bars, bars)]
    best = f"{children} AND metrics.`{RANK}` <= {MOST_COMPARED}"
    for name, view in {
        "runs": _view(children, metric),
        "charts": _view(children, metric) | _charts(charts),
        "best": _view(best, metric) | _charts([_parallel(metric)]),
    }.items():
        store.client.set_experiment_tag(store.experiment_id, f"{_TAG}{name}-{parent}", json.dumps(view))


def sweep_links(store: Store, parent: str, address: str = DEFAULT_ADDRESS) -> dict[str, str]:
    """What each link shows, and the link."""
    view = f"{_runs_page(store, address)}?workflowType=machine_learning&viewStateShareKey"
    return {
        "runs, ranked": f"{view}=runs-{parent}",
        "charts": f"{view}=charts-{parent}&compareRunsMode=CHART",
        f"best {MOST_COMPARED}": f"{view}=best-{parent}&compareRunsMode=CHART",
        "the sweep": run_link(store, parent, address),
    }


def latest_sweep_links(store: Store, address: str) -> str:
    """The links of the latest sweep as text; "" while there is none."""
    try:
        sweep = find_sweep(store)
    except UserError:
        return ""
    links = sweep_links(store, sweep.parent, address).items()
    return "\n".join(["", sweep.name, *(f"  {title:<13} {link}" for title, link in links)])


def model_links(store: Store, address: str) -> str:
    """The page of each registered model, where its champion and segments are told, as text; "" while there is none."""
    names = model_names(store)
    width = max(map(len, names), default=0)
    return "\n".join(f"  model {name:<{width}}  {address.rstrip('/')}/#/models/{quote(name)}" for name in names)


def run_link(store: Store, run_id: str, address: str = DEFAULT_ADDRESS) -> str:
    """The page of one run."""
    return f"{_runs_page(store, address)}/{run_id}?workflowType=machine_learning"


def _runs_page(store: Store, address: str) -> str:
    return f"{address.rstrip('/')}/#/experiments/{store.experiment_id}/runs"


def _view(query: str, metric: str) -> dict[str, Any]:
    columns = [f"params.`{name}`" for name in (*STEPS, "k")]
    columns += [f"metrics.`{name}`" for name in dict.fromkeys((RANK, metric, *_COLUMNS))] + ["tags.`segkit.guards`"]
    return {
        "searchFilter": query,
        "orderByKey": f"metrics.`{RANK}`",
        "orderByAsc": True,
        "startTime": "ALL",
        "lifecycleFilter": "Active",
        "datasetsFilter": [],
        "modelVersionFilter": "All Runs",
        "selectedColumns": columns,
        "runsHiddenMode": "SHOW_ALL",
    }


def _charts(charts: list[dict[str, Any]]) -> dict[str, Any]:
    section = {"uuid": "answer", "name": "Which is best, and why", "display": True, "isReordered": False, "columns": 1}
    return {"compareRunCharts": charts, "compareRunSections": [section | {"deleted": False, "isGenerated": False}]}


def _parallel(metric: str) -> dict[str, Any]:
    # The number of segments instead of k: algorithms without k would be left out.
    chosen = {"selectedParams": list(STEPS), "selectedMetrics": ["segments", metric], "showAllRuns": False}
    return _chart("parallel", "PARALLEL") | chosen


def _bars(metric: str) -> dict[str, Any]:
    return _chart(f"bars-{metric}", "BAR") | {"metricKey": metric, "useSharedColors": True}


def _chart(name: str, kind: str) -> dict[str, Any]:
    place = {"metricSectionId": "answer", "deleted": False, "isGenerated": False, "runsCountToCompare": 100}
    return {"uuid": name, "type": kind} | place
