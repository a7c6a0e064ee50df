"""Numbers of segments that no version of a model has used: a number never comes to mean other people."""

from segkit.tracking.registry.tags import HIGHEST, SEGMENTS
from segkit.tracking.registry.versions import Version, is_registered, version_scorer, versions
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value


def free_number(store: Store, name: str) -> int:
    """The first number that no segment of any version of a model ever had."""
    if not is_registered(store, name):
        return 0
    told = int(store.client.get_registered_model(name).tags.get(HIGHEST, "-1"))
    used = (number for found in versions(store, name) for number in _numbers(store, found))
    return max([told, *used]) + 1


def _numbers(store: Store, found: Version) -> list[int]:
    if SEGMENTS in found.tags:
        return [int(number) for number in tag_value(found.tags, SEGMENTS, {})]
    return list(version_scorer(store, found).names)  # of before numbers lasted
