"""The experiment's description in the MLflow UI: the latest sweeps, what each says, and where to look."""

from segkit.tracking.descriptions import links_markdown
from segkit.tracking.names import ANSWER, NOTE, SWEEP
from segkit.tracking.read import LAST_STARTED
from segkit.tracking.registry.versions import model_names
from segkit.tracking.store import Store
from segkit.tracking.views import all_sweeps_link, model_link, sweep_links

_OURS = "Customer segmentations, swept by segkit."
_MOST = 5


def describe_experiment(store: Store) -> None:
    """Write it anew, unless people have written one of their own."""
    there = store.client.get_experiment(store.experiment_id).tags.get(NOTE, "")
    if not there or there.startswith(_OURS):
        store.client.set_experiment_tag(store.experiment_id, NOTE, _description(store))


def _description(store: Store) -> str:
    query = f"tags.`{SWEEP}` != '' AND tags.`{ANSWER}` != ''"
    latest = store.client.search_runs([store.experiment_id], query, order_by=[LAST_STARTED], max_results=_MOST)
    sweeps = [_sweep(store, run.info.run_id, run.info.run_name, run.data.tags[ANSWER]) for run in latest]
    models = {f"model {name}": model_link(name, "") for name in model_names(store)}
    beyond = links_markdown({"all sweeps": all_sweeps_link(store, ""), **models})
    return "\n\n".join([_OURS, *sweeps, beyond])


def _sweep(store: Store, parent: str, name: str, answer: str) -> str:
    return f"**{name}**: {answer}.\n{links_markdown(sweep_links(store, parent, ''))}"
