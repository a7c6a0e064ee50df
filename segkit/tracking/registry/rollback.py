"""Rolling back: an earlier champion gets its alias again."""

from segkit.errors import UserError, WorkFailed
from segkit.identity.promoted import Told
from segkit.tracking.registry.heirs import Heir, Tables, known_heir, no_table
from segkit.tracking.registry.register import crown, mend_history, registry_lock
from segkit.tracking.registry.told import told, warning_of
from segkit.tracking.registry.versions import CHAMPION, Version, champion, champions, version, version_scorer
from segkit.tracking.store import Store


def roll_back(store: Store, name: str, steps: int = 1, tables: Tables = no_table, most_moved: float = 0.2) -> Told:
    """Give the alias back to the champion so many steps before."""
    with registry_lock(store, name):
        mend_history(store, name)
        held, old = champions(store, name), champion(store, name)
        _check_steps(name, steps, held, old)
        new = version(store, name, held[-1 - steps])
        assert old is not None
        version_scorer(store, new)  # raises unless it can score
        heir = _following(store, new, old, tables) if new.version != old.version else None
        crown(store, name, held[:-steps])
        reason = f"rolled back from version {old.version}" + (f" by {steps} steps" if steps > 1 else "")
        warning = warning_of(heir, most_moved)
        return told(store, CHAMPION, version(store, name, new.version), old, reason, heir, old, warning)


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
