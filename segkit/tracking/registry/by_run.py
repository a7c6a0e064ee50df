"""The versions that a run was registered as, under whatever model's name."""

from segkit.tracking.pages import found_by
from segkit.tracking.registry.tags import AT
from segkit.tracking.registry.versions import Version, version
from segkit.tracking.store import Store


def newest_of_run(store: Store, run_id: str) -> Version | None:
    """The version made last of those that come from a run, edited ones among them; None where there is none."""
    asked = f"run_id = '{run_id.replace(chr(39), '')}'"
    found = list(found_by(store.client.search_model_versions, filter_string=asked))
    newest = max(found, key=lambda one: (dict(one.tags or {}).get(AT, ""), int(one.version)), default=None)
    return None if newest is None else version(store, newest.name, int(newest.version))
