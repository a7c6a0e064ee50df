"""Views of sweeps in the MLflow UI, kept with the experiment under names, and the addresses that open them.

Columns, order and charts cannot be named in an address, but a saved view can; MLflow keeps it as an experiment tag.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from segkit.errors import UserError
from segkit.output import LOCAL_UI
from segkit.records import STEPS
from segkit.tracking.charts import bars, charts, curves, parallel, saved_view, scatter, table
from segkit.tracking.names import ANSWER, BEST, DATA, GUARDS, PARENT, RANK, SWEEP
from segkit.tracking.read import find_sweep
from segkit.tracking.registry.versions import model_names
from segkit.tracking.store import Store

# MLflow's parallel coordinates plot stays readable up to about this many runs.
MOST_COMPARED = 30

_TAG = "mlflow.sharedViewState."
_MODE = "workflowType=machine_learning"
_COLUMNS = ("stability", "segments", "smallest_share")
# What is drawn against k on a sweep's own run, as `METRIC/PIPELINE`.
AGAINST_K = ("silhouette_macro", "inertia")


def save_views(store: Store, parent: str, name: str, metric: str, pipelines: Sequence[str]) -> None:
    """Keep the views of a sweep: its runs ranked, their charts, the best of them compared, and scores against k.

    `pipelines` are the names behind AGAINST_K of the parent's metrics, the best first.
    """
    views = {"runs": ("runs, ranked", _runs(parent, metric)), "charts": ("charts", _charts(parent, metric))}
    views["best"] = (f"best {MOST_COMPARED}", _best(parent, metric))
    if pipelines:
        views["k"] = ("score against k", _against_k(parent, pipelines))
    for key, (title, view) in views.items():
        _save(store, f"{key}-{parent}", f"{name}: {title}", view)
    _save(store, "sweeps", "all sweeps, and what each says", _sweeps())


def sweep_links(store: Store, parent: str, address: str | None = None) -> dict[str, str]:
    """What each link shows, and the link: where the store's UI is unless an address is given, "" within the UI."""
    view = f"{_runs_page(store, address)}?{_MODE}&viewStateShareKey"
    return {
        "runs, ranked": f"{view}=runs-{parent}",
        "charts": f"{view}=charts-{parent}&compareRunsMode=CHART",
        "against k": f"{view}=k-{parent}&compareRunsMode=CHART",
        f"best {MOST_COMPARED}": f"{view}=best-{parent}&compareRunsMode=CHART",
        "the sweep": run_link(store, parent, address),
    }


def all_sweeps_link(store: Store, address: str | None = None) -> str:
    """The table of all sweeps with the answer of each."""
    return f"{_runs_page(store, address)}?{_MODE}&viewStateShareKey=sweeps"


def latest_sweep_links(store: Store, address: str) -> str:
    """The links of the latest sweep, and of the table of all, as text; "" while there is none."""
    try:
        sweep = find_sweep(store)
    except UserError:
        return ""
    links = sweep_links(store, sweep.parent, address) | {"all sweeps": all_sweeps_link(store, address)}
    return "\n".join(["", sweep.name, *(f"  {title:<13} {link}" for title, link in links.items())])


def model_links(store: Store, address: str) -> str:
    """The page of each registered model, where its champion and segments are told, as text; "" while there is none."""
    names = model_names(store)
    width = max(map(len, names), default=0)
    return "\n".join(f"  model {name:<{width}}  {model_link(name, address)}" for name in names)


def model_link(name: str, address: str) -> str:
    """The page of a registered model."""
    return f"{_root(address)}#/models/{quote(name)}?{_MODE}"


def run_link(store: Store, run_id: str, address: str | None = None) -> str:
    """The page of one run."""
    return f"{_runs_page(store, address)}/{run_id}?{_MODE}"


def artifact_link(store: Store, run_id: str, path: str, address: str | None = None) -> str:
    """The page that shows one of a run's files."""
    page, mark, query = run_link(store, run_id, address).partition("?")
    return f"{page}/artifacts/{path}{mark}{query}"


def ui_address(store: Store) -> str:
    """Where the store's UI is: at its server, or where `segkit ui` shows it."""
    return store.uri if store.served else LOCAL_UI


def _root(address: str) -> str:
    return f"{address.rstrip('/')}/" if address else ""


def _runs_page(store: Store, address: str | None) -> str:
    return f"{_root(ui_address(store) if address is None else address)}#/experiments/{store.experiment_id}/runs"


def _save(store: Store, key: str, name: str, view: dict[str, Any]) -> None:
    store.client.set_experiment_tag(store.experiment_id, f"{_TAG}{key}", saved_view(name, view))


def _runs(parent: str, metric: str, best: bool = False) -> dict[str, Any]:
    query = f'tags.`{PARENT}` = "{parent}"' + (f" AND metrics.`{RANK}` <= {MOST_COMPARED}" if best else "")
    columns = [f"metrics.`{name}`" for name in dict.fromkeys((RANK, metric, *_COLUMNS))]
    columns += [f"tags.`{GUARDS}`"] + [f"params.`{name}`" for name in STEPS]
    return table(query, columns, f"metrics.`{RANK}`")


def _charts(parent: str, metric: str) -> dict[str, Any]:
    kinds = dict.fromkeys((metric, "stability_quick", "smallest_share"))
    return _runs(parent, metric) | charts(parallel(metric), scatter("segments", metric), *map(bars, kinds))


def _best(parent: str, metric: str) -> dict[str, Any]:
    return _runs(parent, metric, best=True) | charts(parallel(metric), scatter("stability_quick", metric))


def _against_k(parent: str, pipelines: Sequence[str]) -> dict[str, Any]:
    drawn = [curves([f"{metric}/{name}" for name in pipelines]) for metric in AGAINST_K]
    return table(f'attributes.run_id = "{parent}"', [], "attributes.start_time") | charts(*drawn)


def _sweeps() -> dict[str, Any]:
    columns = [f"tags.`{name}`" for name in (DATA, BEST, ANSWER)]
    return table(f"tags.`{SWEEP}` != ''", columns, "attributes.start_time", ascending=False)
