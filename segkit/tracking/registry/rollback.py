"""Rolling back: an earlier champion gets its alias again."""

import json
from dataclasses import dataclass

from segkit.errors import UserError, WorkFailed
from segkit.identity.promoted import Told
from segkit.tracking.registry.heirs import Heir, Tables, known_heir, no_table
from segkit.tracking.registry.register import crown, mend_history, registry_lock
from segkit.tracking.registry.tags import ROLLED_BACK, now, who
from segkit.tracking.registry.told import told, warning_of
from segkit.tracking.registry.versions import CHAMPION, Version, champion, champions, version, version_scorer
from segkit.tracking.store import Store


@dataclass(frozen=True, eq=False)
class Return:
    """Version `new` comes back in the place of `old`, as `heir` (None: nobody can move, or who does is not known)."""

    old: Version
    new: Version
    heir: Heir | None
    warning: str


def plan_return(store: Store, name: str, steps: int = 1, tables: Tables = no_table, most_moved: float = 0.2) -> Return:
    """What `roll_back` would do with the same arguments; it refuses what this refuses, and this writes nothing."""
    held, old = champions(store, name), champion(store, name)
    _check_steps(name, steps, held, old)
    new = version(store, name, held[-1 - steps])
    assert old is not None
    version_scorer(store, new)  # raises unless it can score
    heir = _following(store, new, old, tables) if new.version != old.version else None
    return Return(old, new, heir, warning_of(heir, most_moved))


def roll_back(
    store: Store,
    name: str,
    steps: int = 1,
    tables: Tables = no_table,
    most_moved: float = 0.2,
    by: str = "",
    given_up: int | None = None,
) -> Told:
    """Give the alias back to the champion so many steps before.

    `by` is who does it ("" is the user). Where `given_up` is named, it must still be the champion that is given up.
    """
    with registry_lock(store, name):
        mend_history(store, name)
        found, held = plan_return(store, name, steps, tables, most_moved), champions(store, name)
        old, new = found.old, found.new
        if given_up not in (None, old.version):
            raise UserError(f"version {given_up} is no longer the champion of {name}", f"version {old.version} is")
        crown(store, name, held[:-steps])
        _mark(store, name, held[-steps:], new.version, by or who())
        reason = f"rolled back from version {old.version}" + (f" by {steps} steps" if steps > 1 else "")
        return told(store, CHAMPION, version(store, name, new.version), old, reason, found.heir, old, found.warning)


def _mark(store: Store, name: str, given_up: list[int], to: int, by: str) -> None:
    """Say with the versions that are champion no more when that was, who did it, and which one came back."""
    said = json.dumps({"at": now(), "by": by, "to": to}, ensure_ascii=False)
    for number in set(given_up):
        store.client.set_model_version_tag(name, str(number), ROLLED_BACK, said)


def _following(store: Store, new: Version, old: Version, tables: Tables) -> Heir | None:
    """Who moves; None where the files of the version before are gone, which may be why it is given up."""
    try:
        return known_heir(store, new, old, tables)
    except WorkFailed:
        return None


def _check_steps(name: str, steps: int, held: list[int], now: Version | None) -> None:
    if steps < 1:
        raise UserError(f"steps={steps} is no number of steps back", "steps=1 is the champion before")
    if now is None:
        raise WorkFailed(f"{name} has no champion now; `segkit promote` makes one")
    if len(held) < 2:
        raise WorkFailed(f"{name} has no earlier champion to go back to")
    if steps > len(held) - 1:
        many = f"{len(held) - 1} earlier champion{'s' if len(held) > 2 else ''}"
        raise UserError(f"steps={steps}, but {name} has {many} to go back to", f"use up to steps={len(held) - 1}")
