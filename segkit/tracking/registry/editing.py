"""Human edits in the registry: each makes a version of its own, which knows what it was made of, by whom and when."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mlflow.exceptions import MlflowException

from segkit.identity.editing import Derived, Standing
from segkit.identity.origins import numbers_in
from segkit.tracking.registry.edited_labels import labels_after
from segkit.tracking.registry.numbers import free_number
from segkit.tracking.registry.register import crown, mend_history, point, register_version, registry_lock
from segkit.tracking.registry.sizes import version_sizes
from segkit.tracking.registry.tags import (
    AT,
    BY,
    COLUMNS,
    COMPARED,
    EDIT,
    EVIDENCE_OF,
    FILES,
    LOCKED,
    MOVED,
    NAMES,
    PARENT_VERSION,
    ROLLED_BACK,
    SEGMENTS,
    SIZES,
    WARNING,
)
from segkit.tracking.registry.versions import (
    CHAMPION,
    WHY,
    Version,
    champions,
    find_version,
    version,
    version_names,
    version_scorer,
)
from segkit.tracking.store import Store
from segkit.tracking.tag_values import tag_value

# What a version says of itself alone, whatever it was made of: as an edit, and as one that was promoted.
_OWN = (
    *(EDIT, AT, BY, PARENT_VERSION, LOCKED, SIZES, WHY, NAMES, SEGMENTS),
    *(COLUMNS, COMPARED, MOVED, WARNING, FILES, ROLLED_BACK),
)
# A segmentation as it stands, and what finds the first number that no segment has had -> what is derived of it.
Change = Callable[[Standing, Callable[[], int]], Derived | None]


@dataclass(frozen=True)
class Signed:
    """Who makes an edit, and when (ISO, with the zone)."""

    who: str
    when: str


@dataclass(frozen=True)
class Edited:
    """The version that was edited, as it stood and what was derived of it (None: nothing changes), and the new version.

    `moved` are the aliases that went from the one to the other.
    """

    old: Version
    before: Standing
    signed: Signed
    derived: Derived | None = None
    new: Version | None = None
    moved: tuple[str, ...] = ()


def edit_version(store: Store, model: str | None, change: Change, signed: Signed) -> Edited:
    """Make the version that `change` derives of the one that is named (see `find_version`), and give it its aliases."""
    name = find_version(store, model).model
    with registry_lock(store, name):
        mend_history(store, name)
        old = find_version(store, model)  # whoever had the lock before may have made another the champion
        before = standing(store, old)
        derived = change(before, lambda: _free_number(store, old, before))
        if derived is None:
            return Edited(old, before, signed)
        now = derived.now
        tags = _tags(store, old, before, derived, signed)
        new = register_version(
            store, old.model, old.run_id, now.scorer, now.called, tags, labels=labels_after(store, old, derived.edit)
        )
        _move(store, old, new)
    return Edited(old, before, signed, derived, version(store, new.model, new.version), old.aliases)


def standing(store: Store, found: Version) -> Standing:
    """A registered version as it stands."""
    scorer = version_scorer(store, found)
    called = version_names(store, found, scorer)
    return Standing(f"{found.model}/{found.version}", scorer, called, found.locked, version_sizes(store, found, scorer))


def edits_of(store: Store, found: Version) -> list[str]:
    """What people changed until it became this version, the first change first; as far as its ancestors are there."""
    told: list[str] = []
    while EDIT in found.tags:
        said, tags = tag_value(found.tags, EDIT, {}), found.tags
        told.insert(0, f"{said.get('says', '?')}, by {tags.get(BY, '?')} on {tags.get(AT, '')[:10]}")
        try:
            found = version(store, found.model, int(tags[PARENT_VERSION]))
        except MlflowException:  # it was deleted
            break
    return told


def _free_number(store: Store, found: Version, before: Standing) -> int:
    """The first number that no segment of any version has ever had."""
    return max([free_number(store, found.model) - 1, *numbers_in(before.scorer)]) + 1


def _tags(store: Store, old: Version, before: Standing, derived: Derived, signed: Signed) -> dict[str, str]:
    edit = {**derived.edit, "says": derived.says, "customers": derived.customers(before)}
    sizes = derived.now.sizes
    return {
        **_evidence(store, old, derived),
        WHY: f"{derived.says}, of version {old.version}, by {signed.who}",
        PARENT_VERSION: str(old.version),
        EDIT: json.dumps(edit, ensure_ascii=False),
        BY: signed.who,
        AT: signed.when,
        **({LOCKED: json.dumps(derived.now.locked)} if derived.now.locked else {}),
        **({SIZES: json.dumps(sizes)} if sizes is not None else {}),
    }


def _evidence(store: Store, old: Version, derived: Derived) -> dict[str, str]:
    """What is known of the version before and still holds: where segments hold others now, no figure of them does, and
    the verdict is that of the version before, which is said.
    """
    known = {name: value for name, value in old.tags.items() if name not in _OWN}
    if derived.same:
        return known
    figures = {f"segkit.{name}" for name in _figures(store, old.run_id)}
    return {EVIDENCE_OF: str(old.version), **{name: value for name, value in known.items() if name not in figures}}


def _figures(store: Store, run_id: str) -> Mapping[str, Any]:
    try:
        return dict(store.client.get_run(run_id).data.metrics)
    except MlflowException:  # it was deleted
        return {}


def _move(store: Store, old: Version, new: Version) -> None:
    for alias in old.aliases:
        if alias == CHAMPION:
            crown(store, new.model, [*champions(store, new.model), new.version])
        else:
            point(store, new.model, alias, new.version)
